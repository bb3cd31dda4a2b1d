using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Repeated columns and merged cells of tables.</summary>
public sealed class WordTableTests
{
    private const string Data = """{"yes":true,"no":false,"none":[],"days":[{"d":"Mon","in":6,"out":18},{"d":"Tue","in":7,"out":19}],"units":[{"n":"A","first":true},{"n":"B","first":false}]}""";

    private static string Wide(int span, string text) => $"<w:tc><w:tcPr><w:tcW w:w=\"{span}000\" w:type=\"dxa\"/><w:gridSpan w:val=\"{span}\"/></w:tcPr>{P(text)}</w:tc>";

    private static string Tall(string text, bool isFirst = false) => $"<w:tc><w:tcPr><w:tcW w:w=\"1000\" w:type=\"dxa\"/><w:vMerge{(isFirst ? " w:val=\"restart\"" : "")}/></w:tcPr>{P(text)}</w:tc>";

    /// <summary>First column of every row: <c>+</c> begins a merge, <c>|</c> goes on with it, <c>.</c> is a cell of its own.</summary>
    private static string Merges(string table, string data = Data)
    {
        var rows = Found(Open(Docx.OfBody(table + P("end")), data), "(?s)<w:tr>(.*?)</w:tr>");
        return string.Concat(rows.Select(row => row[..row.IndexOf("</w:tc>", StringComparison.Ordinal)]).Select(cell => cell.Contains("\"restart\"", StringComparison.Ordinal) ? '+' : cell.Contains("<w:vMerge", StringComparison.Ordinal) ? '|' : '.'));
    }

    [Fact]
    public void A_tag_in_a_merged_cell_repeats_all_columns_under_it_together()
    {
        var document = Open(Docx.OfBody(Table(4, Row(Cell("Name"), Wide(2, "{{#col for d in days}}{{d.d}}"), Cell("Note")), Row("", "{{d.in}}", "{{d.out}}", ""), Row(Wide(2, "a"), Wide(2, "b")), Row(Wide(4, "all"))) + P("end")), Data);

        Show(ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!)).ShouldBe("[Name,Mon,Tue,Note / ,6,18,7,19, / a,b / all]|end");
        Found(document, "gridCol w:w=\"(\\d+)\"").ShouldBe(["667", "667", "667", "667", "667", "667"]);
        Found(document, "gridSpan w:val=\"(\\d+)\"").ShouldBe(["2", "2", "3", "3", "6"]);
        Found(document, "tcW w:w=\"(\\d+)\"").Take(4).ShouldBe(["667", "1334", "1334", "667"]);
    }

    [Theory]
    [InlineData("yes", "[a,x / b,1,2]|end")]
    [InlineData("no", "[a / b]|end")]
    public void A_condition_in_a_merged_cell_keeps_or_drops_all_columns_under_it(string condition, string shown) =>
        Show(Table(3, Row(Cell("a"), Wide(2, "{{#col if " + condition + "}}x")), Row("b", "1", "2")) + P("end"), Data).ShouldBe(shown);

    [Fact]
    public void The_same_tag_in_several_cells_of_a_column_is_one() =>
        Show(Table(2, Row("Day", "{{#col for d in days}}{{d.d}}"), Row("In", "{{#col for d in days}}{{d.in}}")) + P("end"), Data).ShouldBe("[Day,Mon,Tue / In,6,7]|end");

    [Fact]
    public void Two_tags_on_one_column_are_an_error_that_names_the_other()
    {
        var error = Docx.Render(Docx.OfBody(Table(2, Row("Day", "{{#col for d in days}}{{d.d}}"), Row("In", "{{#col if yes}}{{d.in}}"))), Data).Errors.ShouldHaveSingleItem();

        error.Code.ShouldBe("T004");
        error.Place.ShouldBe("table 1, row 2, cell 2, column 1");
        error.Message.ShouldContain("{{#col for d in days}} (table 1, row 1, cell 2)");
        error.Message.ShouldContain("where");
    }

    [Theory]
    [InlineData("{{#row if no}}", "+|")]
    [InlineData("{{#row if yes}}", "+||")]
    [InlineData("{{#row for d in none}}", "+|")]
    [InlineData("{{#row for d in days}}", "++||")]
    [InlineData("{{? none.x | droprow}}", "+|")]
    public void A_merge_whose_first_row_goes_begins_in_the_next_one(string tag, string merges) =>
        Merges(Table(2, Row(Tall("first", isFirst: true), Cell(tag)), Row(Tall(""), Cell("2")), Row(Tall(""), Cell("3")))).ShouldBe(merges);

    [Fact]
    public void A_merge_does_not_go_on_into_that_of_the_turn_before() =>
        Merges(Table(2, Row(Cell("{{#for u in units}}"), Cell("")), Row(Tall("{{u.n}}", isFirst: true), Cell("{{#row if u.first}}")), Row(Tall(""), Cell("2")), Row(Tall(""), Cell("3")), Row(Cell("{{/for}}"), Cell("")))).ShouldBe("+||+|");

    [Fact]
    public void The_rows_that_a_merge_goes_on_in_may_go() =>
        Merges(Table(2, Row(Tall("first", isFirst: true), Cell("1")), Row(Tall(""), Cell("{{#row if no}}")), Row(Tall(""), Cell("{{#row for d in days}}{{d.d}}")), Row("x", "y"))).ShouldBe("+||.");
}
