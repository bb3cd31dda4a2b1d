namespace ProductionOffice.Templates.Tests;

/// <summary>What a template says of its data without any.</summary>
public sealed class TemplateCheckFieldTests
{
    [Theory]
    [InlineData("{{rate | money}}", "rate money")]
    [InlineData("{{rate | or: 0 | money}}", "rate money?")]
    [InlineData("{{start | adddays: 7 | date}}", "start date")]
    [InlineData("{{start | until: deal.end}}", "start date, deal.end date")]
    [InlineData("{{#if isDistant}}x{{/if}}", "isDistant truth")]
    [InlineData("{{#if name}}{{name}}{{/if}}", "name text")]
    [InlineData("{{#if days > 5}}x{{/if}}", "days number")]
    [InlineData("{{#if start > \"2027-01-01\"}}x{{/if}}", "start date")]
    [InlineData("{{rate * hours | money}}", "rate number, hours number")]
    [InlineData("{{#if crew.length > 5}}x{{/if}}", "crew list")]
    [InlineData("{{#for c in crew}}{{c.name}}{{/for}}", "crew list, crew[].name text")]
    [InlineData("{{#for c in crew | where: x => x.days > 5 | sort: \"name\"}}{{c.role}}{{/for}}", "crew list, crew[].days number, crew[].name text, crew[].role text")]
    [InlineData("{{#for g in crew | groupBy: \"dept.name\"}}{{g.key}}{{#for c in g.items}}{{c.rate | money}}{{/for}}{{g.items | sum: \"rate\"}}{{/for}}", "crew list, crew[].dept.name text, crew[].rate money")]
    [InlineData("{{#for c in crew.filter(c => c.days > 2)}}{{c.name}}{{/for}}", "crew[].days number, crew list, crew[].name text")]
    [InlineData("{{#for c in crew ?? []}}{{c.name}}{{/for}}", "crew list?, crew[].name text")]
    [InlineData("{{#let d = deal}}{{d.rate | money}}", "deal text, deal.rate money")]
    [InlineData("{{#let main = crew | first}}{{main.name}}", "crew list, crew[].name text")]
    [InlineData("{{crew | sum: \"days\" | number}}", "crew list, crew[].days number")]
    [InlineData("{{crew | list: \"name\"}}", "crew list, crew[].name text")]
    [InlineData("{{photo | image: width=\"3cm\"}}", "photo picture")]
    [InlineData("{{person.isDistantHire | yesno}}", "person.isDistantHire truth")]
    [InlineData("{{rateType | checkbox: \"weekly\"}}", "rateType text")]
    [InlineData("{{rate | money: deal.currency}}", "rate money, deal.currency text")]
    [InlineData("{{? deal.kit | money}}", "deal.kit money?")]
    [InlineData("{{deal?.kit}}", "deal.kit text?")]
    [InlineData("{{#if deal?.kit}}{{deal.kit | money}}{{/if}}", "deal.kit money?")]
    [InlineData("{{#if deal?.kit}}x{{/if}}{{deal.kit | money}}", "deal.kit money")]
    [InlineData("{{up | signature: \"UPM\"}}", "up text, up.name text?, up.date date?, up.image picture?")]
    [InlineData("{{#for c in crew}}{{loop.number}}{{#for d in c.days}}{{d}}{{loop.parent.number}}{{/for}}{{/for}}", "crew list, crew[].days list, crew[].days[] text")]
    [InlineData("{{#pagebreak if isLong}}", "isLong truth")]
    public void Fields_have_the_kind_of_their_use(string text, string fields) => Show(Docx.Of(text)).ShouldBe(fields);

    [Fact]
    public void A_row_loop_rules_every_cell_of_its_row_and_no_other()
    {
        var word = Docx.OfBody(WordTables.Table(WordTables.Row("{{c.name}}", "{{#row for c in crew}}{{c.rate | money}}"), WordTables.Row("{{c.total}}", "")) + "<w:p/>");
        var excel = Xlsx.Of(("A2", "{{c.name}}"), ("B2", "{{#row for c in crew}}{{c.rate | money}}"), ("A3", "{{c.total}}"));

        Show(word).ShouldBe("crew[].name text, crew list, crew[].rate money, c.total text");
        Show(excel, "crew.xlsx").ShouldBe("crew[].name text, crew list, crew[].rate money, c.total text");
    }

    [Fact]
    public void A_row_that_is_kept_only_when_there_is_something_makes_it_optional() =>
        Show(Docx.OfBody(WordTables.Table(WordTables.Row("{{#row if deal?.kit}}Kit", "{{deal.kit | money}}")) + "<w:p/>")).ShouldBe("deal.kit money?");

    [Fact]
    public void Merge_fields_and_content_controls_are_fields_too()
    {
        const string control = "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"deal.start\"/><w:id w:val=\"1\"/><w:date/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p>";
        const string section = "<w:sdt><w:sdtPr><w:tag w:val=\"crew\"/><w:id w:val=\"2\"/><w15:repeatingSection xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/></w:sdtPr><w:sdtContent><w:sdt><w:sdtPr><w:id w:val=\"3\"/><w15:repeatingSectionItem xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{{item.name}}</w:t></w:r></w:p></w:sdtContent></w:sdt></w:sdtContent></w:sdt>";
        const string merge = "<w:p><w:fldSimple w:instr=\" MERGEFIELD City \"><w:r><w:t>x</w:t></w:r></w:fldSimple><w:fldSimple w:instr=\" MERGEFIELD Due \\@ &quot;d MMM&quot; \"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>";

        Show(Docx.OfBody(control + merge)).ShouldBe("deal.start date?, City text, Due date");
        Show(Docx.OfBody(section)).ShouldStartWith("crew list?");
    }

    [Fact]
    public void Included_templates_bring_their_fields()
    {
        var library = new Dictionary<string, byte[]> { ["rider.docx"] = Docx.Of("{{minor.name}} {{guardian}}") };

        var fields = Template.Compile(Docx.Of("{{title}}", "{{#include \"rider.docx\"}}", "{{#for c in cast}}{{#include \"rider.docx\" with c}}{{/for}}"), "memo.docx").FindFields(name => library.GetValueOrDefault(name));

        fields.Select(field => field.Path).ShouldBe(["title", "minor.name", "guardian", "cast", "cast[]", "cast[].minor.name", "cast[].guardian"]);
        fields[1].Places.ShouldBe(["rider.docx, paragraph 1"]);
    }

    private static string Show(byte[] template, string name = "memo.docx") =>
        string.Join(", ", Template.Compile(template, name).Fields.Select(field => $"{field.Path} {field.Kind.ToString().ToLowerInvariant()}{(field.Optional ? "?" : "")}"));
}

/// <summary>Markup of Word tables.</summary>
internal static class WordTables
{
    public static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells.Select(text => $"<w:tc><w:tcPr/><w:p><w:r><w:t xml:space=\"preserve\">{Docx.Escape(text)}</w:t></w:r></w:p></w:tc>"))}</w:tr>";

    public static string Table(params string[] rows) => $"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"1000\"/></w:tblGrid>{string.Concat(rows)}</w:tbl>";
}
