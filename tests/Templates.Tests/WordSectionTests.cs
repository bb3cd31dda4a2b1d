using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>What sections take with them, in every shape Word gives a paragraph.</summary>
public sealed class WordSectionTests
{
    private const string Data = """{"a":true,"b":false,"xs":["p","q"],"none":[],"n":null,"gs":[{"n":"A","xs":[1,2]},{"n":"B","xs":[]}],"name":"Ana"}""";
    private const string Break = "<w:sectPr><w:type w:val=\"nextPage\"/></w:sectPr>";

    private static string Link(string text) => $"<w:hyperlink w:anchor=\"x\">{Run(text)}</w:hyperlink>";

    private static string Smart(string inner) => $"<w:smartTag w:uri=\"u\" w:element=\"e\">{inner}</w:smartTag>";

    private static string WithBreak(string text) => $"<w:p><w:pPr>{Break}</w:pPr>{Run(text)}</w:p>";

    [Theory]
    [InlineData("true", "before link after")]
    [InlineData("false", "before  after")]
    public void A_section_may_begin_in_a_link_and_end_outside_of_it(string a, string printed) =>
        Show(P("before ", Link("{{#if a}}link"), Run("{{/if}} after")), $$"""{"a":{{a}}}""").ShouldBe(printed);

    [Fact]
    public void A_loop_that_reaches_out_of_containers_repeats_what_is_between() =>
        Show(P(Smart(Run("{{#for x in xs}}") + Link("<{{x}}")), Run(">{{/for}}")), Data).ShouldBe("<p><q>");

    [Fact]
    public void A_section_over_paragraphs_may_begin_in_a_link() =>
        Show(P("one ", Link("two{{#if b}} three")) + P("four{{/if}} five"), Data).ShouldBe("one two five");

    [Fact]
    public void A_section_may_cross_an_unbound_control() =>
        Show(P("<w:sdt><w:sdtPr><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>" + Run("{{#if b}}in") + "</w:sdtContent></w:sdt>", Run("{{/if}}out")), Data).ShouldBe("out");

    [Theory]
    [InlineData("{{#if a}}", "{{/if}}", "P||end")]
    [InlineData("{{#if b}}", "{{/if}}", "|end")]
    [InlineData("{{#for x in xs}}", "{{/for}}", "P|P||end")]
    public void A_section_break_in_the_paragraph_of_a_closing_tag_survives(string open, string close, string printed)
    {
        var body = P(open) + P("P") + WithBreak(close) + P("end");

        Show(body, Data).ShouldBe(printed);
        Found(Open(Docx.OfBody(body), Data), "<w:(sectPr)>").Count.ShouldBe(1);
    }

    [Fact]
    public void A_section_break_in_the_paragraph_of_an_opening_tag_survives()
    {
        var body = P("start") + WithBreak("{{#if b}}") + P("P") + P("{{/if}}") + P("end");

        Show(body, Data).ShouldBe("start||end");
        Found(Open(Docx.OfBody(body), Data), "<w:(sectPr)>").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{{#para if b}}x", "|end")]
    [InlineData("{{#para for x in xs}}{{x}}", "p|q||end")]
    [InlineData("{{n | dropline}}", "|end")]
    [InlineData("{{#if b}}x{{/if}}", "|end")]
    [InlineData("{{'a\\nb' | lines}}", "a|b||end")]
    public void A_section_break_survives_whatever_becomes_of_its_paragraph(string tag, string printed)
    {
        Show(WithBreak(tag) + P("end"), Data).ShouldBe(printed);
        Found(Open(Docx.OfBody(WithBreak(tag) + P("end")), Data), "<w:(sectPr)>").Count.ShouldBe(1);
    }

    [Fact]
    public void A_value_named_before_a_section_is_known_in_its_condition()
    {
        Show(P("{{#let m = 2}}{{#if m > 1}}") + P("{{m}}") + P("{{/if}}"), Data).ShouldBe("2");
        Show(P("{{#let m = 2}}{{#if m > 1}}big") + P("{{m}}{{/if}}") + P("end"), Data).ShouldBe("big|2|end");
        Show(P("{{#for x in xs}}") + P("{{x}}{{/for}}{{#let m = 3}}") + P("{{m}}"), Data).ShouldBe("p|q|3");
    }

    [Fact]
    public void A_named_value_ends_with_its_section() =>
        Docx.Render(Docx.Of("{{#if a}}", "{{#let m = 2}}{{m}}", "{{/if}}", "{{m}}"), Data).Errors.ShouldHaveSingleItem().Name.ShouldBe("m");

    [Fact]
    public void Closing_one_section_and_opening_the_next_in_one_row_works()
    {
        var table = Table(2, Row("{{#if none}}{{#for x in xs}}", ""), Row("{{x}}", "loop"), Row("{{/for}}", "{{:else}}"), Row("none", "here"), Row("{{/if}}", ""));

        Show(table + P("end"), Data).ShouldBe("[none,here]|end");
        Show(table.Replace("none}}", "a}}", StringComparison.Ordinal) + P("end"), Data).ShouldBe("[p,loop / q,loop]|end");
    }

    [Fact]
    public void A_section_over_two_cells_takes_the_row() =>
        Show(Table(2, Row("{{#for x in xs}}{{x}}", "y{{/for}}"), Row("{{#if b}}gone", "too{{/if}}"), Row("k", "l")) + P(""), Data).ShouldBe("[p,y / q,y / k,l]|");

    [Fact]
    public void Between_and_empty_work_over_rows()
    {
        var table = Table(1, Row("{{#for g in gs}}"), Row("{{g.n}}"), Row("{{#for x in g.xs}}"), Row("{{x}}"), Row("{{:empty}}"), Row("nobody"), Row("{{/for}}"), Row("{{:between}}"), Row("--"), Row("{{/for}}"));

        Show(table + P(""), Data).ShouldBe("[A / 1 / 2 / -- / B / nobody]|");
    }

    [Fact]
    public void A_comment_on_a_section_tag_goes_with_its_paragraph()
    {
        var tag = "<w:p><w:commentRangeStart w:id=\"0\"/>" + Run("{{#if a}}") + "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";

        Show(tag + P("x") + P("{{/if}}"), Data).ShouldBe("x");
    }

    [Fact]
    public void A_comment_in_a_loop_stays_on_the_first_copy()
    {
        var body = P("{{#for x in xs}}") + "<w:p><w:commentRangeStart w:id=\"0\"/>" + Run("{{x}}") + "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>" + P("{{/for}}");

        var result = Docx.Render(Docx.OfBody(body), Data);

        Docx.Lines(result).ShouldBe(["p", "q"]);
        Found(new ReadPackage(result.Document!), "<w:(comment\\w+) ").ShouldBe(["commentRangeStart", "commentRangeEnd", "commentReference"]);
    }

    [Fact]
    public void A_bookmark_around_a_loop_stays_one_and_one_within_is_copied()
    {
        var body = "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"all\"/>" + Run("{{#for x in xs}}") + "</w:p><w:p><w:bookmarkStart w:id=\"2\" w:name=\"one\"/>" + Run("{{x}}") + "<w:bookmarkEnd w:id=\"2\"/></w:p><w:p>" + Run("{{/for}}") + "<w:bookmarkEnd w:id=\"1\"/></w:p>";

        var document = Open(Docx.OfBody(body), Data);

        Found(document, "w:name=\"(\\w+)\"").ShouldBe(["all", "one", "one_2"]);
        Found(document, "bookmarkEnd w:id=\"(\\d+)\"").Order().ShouldBe(Found(document, "bookmarkStart w:id=\"(\\d+)\"").Order());
    }

    [Fact]
    public void Names_of_copied_bookmarks_are_no_longer_than_Word_takes()
    {
        var name = new string('b', 40);
        var body = P("{{#for x in xs}}") + $"<w:p><w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/>{Run("{{x}}")}<w:bookmarkEnd w:id=\"1\"/></w:p>" + P("{{/for}}");

        Found(Open(Docx.OfBody(body), Data), "w:name=\"(\\w+)\"").ShouldBe([name, name[..38] + "_2"]);
    }

    [Theory]
    [InlineData("{{#for x\nin xs}}{{x}}{{/for}}", "pq")]
    [InlineData("{{#FOR x IN xs}}{{x}}{{/For}}", "pq")]
    [InlineData("{{#for x in xs}}{{loop.number}}/{{loop.count}}{{:Between}}, {{/}}", "1/2, 2/2")]
    [InlineData("{{#if b}}1{{:Else If a}}2{{:else}}3{{/if}}", "2")]
    [InlineData("{{#let t = '}}'}}{{t}}", "}}")]
    public void Section_words_are_read_as_people_type_them(string text, string printed) =>
        Show(P(string.Join("<w:r><w:br/></w:r>", text.Split('\n').Select(line => Run(line)))), Data).ShouldBe(printed);

    [Fact]
    public void Fields_named_like_section_words_can_be_printed() =>
        Show(P("{{if}} {{for}} {{end}} {{row}} {{let}}"), """{"if":1,"for":2,"end":3,"row":4,"let":5}""").ShouldBe("1 2 3 4 5");

    [Fact]
    public void A_bound_control_beside_section_tags_is_no_section_tag()
    {
        var control = "<w:sdt><w:sdtPr><w:tag w:val=\"name\"/><w:id w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent>" + Run("x") + "</w:sdtContent></w:sdt>";

        Show(P("{{#if a}}", control) + P("more") + P("{{/if}}"), Data).ShouldBe("Ana|more");
    }

    [Fact]
    public void A_picture_before_an_opening_tag_stays_outside()
    {
        const string Picture = "<w:r><w:pict/></w:r>";

        Found(Open(Docx.OfBody(P(Picture, "{{#if b}}") + P("x") + P("{{/if}}")), Data), "<w:(pict)").Count.ShouldBe(1);
    }

    [Fact]
    public void A_list_of_objects_is_no_text() => Docx.Render(Docx.Of("{{gs}}"), Data).Errors.ShouldHaveSingleItem().Code.ShouldBe("T008");

    [Fact]
    public void Columns_keep_the_share_of_the_table_they_had()
    {
        var cells = "<w:tc><w:tcPr><w:tcW w:w=\"2500\" w:type=\"pct\"/></w:tcPr>" + P("k") + "</w:tc><w:tc><w:tcPr><w:tcW w:w=\"2500\" w:type=\"pct\"/></w:tcPr>" + P("{{#col for x in xs}}{{x}}") + "</w:tc>";

        Found(Open(Docx.OfBody(Table(2, $"<w:tr>{cells}</w:tr>") + P("")), Data), "tcW w:w=\"(\\d+)\"").ShouldBe(["1668", "1668", "1668"]);
        Show(Table(1, Row("{{#col for x in none}}{{x}}")) + P("end"), Data).ShouldBe("end");
    }
}
