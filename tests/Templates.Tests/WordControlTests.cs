using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Content controls of every kind, bound by their Tag.</summary>
public sealed class WordControlTests
{
    private const string Data = """
        {"name":"Ana","start":"2026-03-14","call":"2026-03-14T06:30","union":"492","weekly":true,"off":false,"n":null,"memo":"# Head\n\nSome **bold**","two":"a\nb",
         "photo":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8AARAAHAgH/hFcD0QAAAABJRU5ErkJggg==",
         "crew":[{"name":"Li","days":2},{"name":"Noor","days":3}],"none":[],"site":"https://example.org"}
        """;

    private static string Control(string properties, string content, int id = 1) => $"<w:sdt><w:sdtPr><w:id w:val=\"{id}\"/>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>";

    private static string Tag(string tag) => $"<w:tag w:val=\"{Docx.Escape(tag).Replace("\"", "&quot;", StringComparison.Ordinal)}\"/>";

    [Fact]
    public void A_bound_control_no_longer_shows_its_prompt_nor_what_Word_stored_elsewhere()
    {
        var body = P(Control(Tag("name") + "<w:dataBinding w:xpath=\"/a\" w:storeItemID=\"{1}\"/><w:showingPlcHdr/><w:text/>", Run("Click here", "<w:rStyle w:val=\"PlaceholderText\"/>")));

        Show(body, Data).ShouldBe("Ana");
        Open(Docx.OfBody(body), Data).Markup("word/document.xml").ShouldSatisfyAllConditions(xml => xml.ShouldNotContain("dataBinding"), xml => xml.ShouldNotContain("showingPlcHdr"), xml => xml.ShouldNotContain("PlaceholderText"));
    }

    [Fact]
    public void Tags_typed_into_a_control_clear_its_prompt_too()
    {
        var body = P(Control("<w:showingPlcHdr/><w:text/>", Run("{{name}}"))) + Control("<w:showingPlcHdr/>", P("Dear {{name}}"), 2);

        Show(body, Data).ShouldBe("Ana|Dear Ana");
        Open(Docx.OfBody(body), Data).Markup("word/document.xml").ShouldNotContain("showingPlcHdr");
        Open(Docx.OfBody(body), Data, """{"unwrapControls":true}""").Markup("word/document.xml").ShouldNotContain("w:sdt");
    }

    [Theory]
    [InlineData("start", "d MMMM yyyy", "14 March 2026", "2026-03-14T00:00:00Z")]
    [InlineData("start", "dddd, MMMM d, yyyy", "Saturday, March 14, 2026", "2026-03-14T00:00:00Z")]
    [InlineData("call", "M/d/yyyy h:mm am/pm", "3/14/2026 6:30 AM", "2026-03-14T06:30:00Z")]
    [InlineData("start | date: \"yyyy\"", "d MMMM", "2026", "2026-03-14T00:00:00Z")]
    [InlineData("name", "d MMMM", "Ana", null)]
    [InlineData("n", "d MMMM", "", null)]
    public void A_date_control_shows_its_own_format_and_stores_the_day(string tag, string format, string printed, string? stored)
    {
        var body = P(Control(Tag(tag) + $"<w:date w:fullDate=\"2000-01-01T00:00:00Z\"><w:dateFormat w:val=\"{format}\"/><w:lid w:val=\"en-US\"/></w:date>", Run("x")));

        Show(body, Data).ShouldBe(printed);
        Found(Open(Docx.OfBody(body), Data), "w:fullDate=\"([^\"]+)\"").ShouldBe(stored is null ? [] : [stored]);
    }

    [Theory]
    [InlineData("492", "Teamsters", "492")]
    [InlineData("Teamsters", "Teamsters", "492")]
    [InlineData("none of them", "none of them", null)]
    public void A_drop_down_is_set_by_value_then_by_display_text(string value, string printed, string? stored)
    {
        var body = P(Control(Tag("u") + "<w:dropDownList><w:listItem w:displayText=\"Choose\" w:value=\"\"/><w:listItem w:displayText=\"Teamsters\" w:value=\"492\"/></w:dropDownList>", Run("x")));
        var data = $$"""{"u":"{{value}}"}""";

        Show(body, data).ShouldBe(printed);
        Found(Open(Docx.OfBody(body), data), "w:lastValue=\"([^\"]+)\"").ShouldBe(stored is null ? [] : [stored]);
    }

    [Theory]
    [InlineData("weekly", "<w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/>", "1", "☒")]
    [InlineData("off", "<w14:checked w14:val=\"1\"/>", "0", "☐")]
    [InlineData("name | checkbox: \"Li\"", "", "0", "☐")]
    [InlineData("name | checkbox: \"Ana\"", "<w14:checkedState w14:val=\"2611\"/>", "1", "☑")]
    public void A_checkbox_has_state_and_sign(string tag, string inside, string state, string sign)
    {
        var body = P(Control(Tag(tag) + $"<w14:checkbox>{inside}</w14:checkbox>", Run("?")));

        Show(body, Data).ShouldBe(sign);
        Found(Open(Docx.OfBody(body), Data), "w14:checked w14:val=\"(\\d)\"").ShouldBe([state]);
    }

    [Fact]
    public void A_checkbox_with_signs_of_a_symbol_font_keeps_that_font()
    {
        var body = P(Control(Tag("weekly") + "<w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"00FE\" w14:font=\"Wingdings\"/></w14:checkbox>", "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r>"));

        Open(Docx.OfBody(body), Data).Markup("word/document.xml").ShouldContain("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>");
    }

    [Fact]
    public void A_block_control_takes_several_paragraphs_and_a_line_control_their_text()
    {
        Show(Control(Tag("memo | markdown"), P("x")), Data).ShouldBe("Head|Some bold");
        Show(Control(Tag("two | lines"), P("x")), Data).ShouldBe("a|b");
        Show(P("[", Control(Tag("two | lines"), Run("x")), "]"), Data).ShouldBe("[a\nb]");
        Show(P("[", Control(Tag("memo | markdown"), Run("x")), "]"), Data).ShouldBe("[Head\nSome bold]");
    }

    [Fact]
    public void A_cell_control_is_filled_and_a_row_control_of_one_value_left_alone()
    {
        var cell = Control(Tag("name"), Cell("x"));
        var row = Control(Tag("name"), Row("left"), 2);

        Found(Open(Docx.OfBody(Table(1, $"<w:tr>{cell}</w:tr>", row) + P("")), Data), ">(Ana|left|x)<").ShouldBe(["Ana", "left"]);
        Docx.Render(Docx.OfBody(Table(1, row) + P("")), Data).Warnings.ShouldHaveSingleItem().Code.ShouldBe("W003");
    }

    private static string Repeating(string tag, string item) => $"<w:sdt><w:sdtPr>{Tag(tag)}<w:id w:val=\"1\"/><w15:repeatingSection xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/></w:sdtPr><w:sdtContent><w:sdt><w:sdtPr><w:id w:val=\"2\"/><w15:repeatingSectionItem xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/></w:sdtPr><w:sdtContent>{item}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>";

    [Fact]
    public void A_repeating_section_looks_at_the_item_first_and_takes_rows_too()
    {
        var name = Control(Tag("name"), Run("x"), 3);

        Show(Repeating("crew", P(name, ": {{days}} of {{start}}")), Data).ShouldBe("Li: 2 of 2026-03-14|Noor: 3 of 2026-03-14");
        Found(Open(Docx.OfBody(Table(1, Repeating("crew", Row(Cell(name)))) + P("")), Data), ">(Li|Noor|x)<").ShouldBe(["Li", "Noor"]);
    }

    [Fact]
    public void An_empty_repeating_section_goes_and_an_unknown_one_stays_with_a_warning()
    {
        Show(P("a") + Repeating("none", P("x")) + P("b"), Data).ShouldBe("a|b");
        Show(P("a") + Repeating("gone", P("x")) + P("b"), Data).ShouldBe("a|x|b");
        Docx.Render(Docx.OfBody(Repeating("gone", P("x"))), Data).Warnings.ShouldHaveSingleItem().Code.ShouldBe("W003");
    }

    [Fact]
    public void Controls_in_copies_have_ids_of_their_own() =>
        Found(Open(Docx.OfBody(P("{{#for c in crew}}") + P(Control(Tag("c.name"), Run("x"))) + P("{{/for}}")), Data), "w:id w:val=\"(\\d+)\"").Distinct().Count().ShouldBe(2);

    [Fact]
    public void A_value_that_is_missing_is_marked_in_a_control_too() =>
        Show(P(Control(Tag("crew.zzz"), Run("x"))), """{"crew":{}}""", """{"missing":"mark"}""").ShouldBe("[crew.zzz?]");

    [Fact]
    public void Fields_of_controls_and_alternative_texts_are_listed()
    {
        var template = Template.Compile(Docx.OfBody(P(Control(Tag("deal.rate | money"), Run("x")))), "memo.docx");

        template.Fields.Select(field => $"{field.Path}:{field.Kind}").ShouldBe(["deal.rate:Money"]);
    }

    [Fact]
    public void Values_Word_keeps_beside_the_document_are_filled()
    {
        var template = Repacked.With(Docx.Of("x"), null, ("word/_rels/document.xml.rels", Repacked.Relations(("rId1", "customXml", "../customXml/item1.xml", false))), ("customXml/item1.xml", "<cover><abstract>For {{name}}</abstract></cover>"));

        Open(template, Data).Markup("customXml/item1.xml").ShouldContain("For Ana");
    }
}
