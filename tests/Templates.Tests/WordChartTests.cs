using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Charts: titles are read, and copies have parts of their own.</summary>
public sealed class WordChartTests
{
    private const string Data = """{"title":"Days","gs":[{"n":"Camera"},{"n":"Sound"}],"b":false}""";

    private const string Drawing = "<w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"3000000\" cy=\"2000000\"/><wp:docPr id=\"1\" name=\"Chart 1\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId1\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";

    public static byte[] Template(string body, string title)
    {
        var chart = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>" + title[..3] + "</a:t></a:r><a:r><a:t>" + title[3..] + "</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:pieChart><c:ser><c:idx val=\"0\"/><c:order val=\"0\"/></c:ser></c:pieChart></c:plotArea></c:chart><c:externalData r:id=\"rId1\"/></c:chartSpace>";
        return Repacked.With(With(Docx.OfBody(body.Replace("CHART", Drawing, StringComparison.Ordinal)), ("rId1", "chart", "charts/chart1.xml", chart), ("", "package", "embeddings/book.xlsx", "PK")), null,
            ("word/charts/_rels/chart1.xml.rels", Repacked.Relations(("rId1", "package", "../embeddings/book.xlsx", false))));
    }

    private static List<string> Titles(ReadPackage document) => [.. document.Names.Where(name => name.StartsWith("word/charts/chart", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => string.Concat(Found(document, "<a:t>([^<]*)</a:t>", name)))];

    [Fact]
    public void The_title_of_a_chart_is_filled() =>
        Titles(Open(Template("<w:p>CHART</w:p>", "{{title}} {{gs.length}}"), Data)).ShouldBe(["Days 2"]);

    [Theory]
    [InlineData("{{#for g in gs}}", "{{/for}}", "")]
    [InlineData("", "", "{{#para for g in gs}}")]
    public void A_chart_in_a_loop_has_a_title_a_part_and_a_workbook_for_each_copy(string open, string close, string inside)
    {
        var body = (open.Length > 0 ? P(open) : "") + $"<w:p>{(inside.Length > 0 ? Run(inside) : "")}CHART</w:p>" + (close.Length > 0 ? P(close) : "");

        var document = Open(Template(body, "Of {{g.n}}"), Data);

        Titles(document).ShouldBe(["Of Camera", "Of Sound"]);
        Found(document, "<c:chart [^>]*r:id=\"(\\w+)\"").Distinct().Count().ShouldBe(2);
        document.Names.Count(name => name.StartsWith("word/embeddings/", StringComparison.Ordinal)).ShouldBe(2);
        document.Names.Count(name => name.StartsWith("word/charts/_rels/", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void A_chart_in_repeated_rows_is_copied_though_it_holds_no_tag() =>
        Titles(Open(Template(Table(2, "<w:tr>" + Cell("{{#row for g in gs}}{{g.n}}") + "<w:tc><w:tcPr/><w:p>CHART</w:p></w:tc></w:tr>") + P(""), "Plain title"), Data)).ShouldBe(["Plain title", "Plain title"]);

    [Fact]
    public void A_chart_that_is_not_printed_leaves_nothing()
    {
        var document = Open(Template(P("x") + P("{{#if b}}") + "<w:p>CHART</w:p>" + P("{{/if}}"), "Of {{title}}"), Data);

        document.Names.ShouldNotContain(name => name.Contains("chart", StringComparison.Ordinal) || name.Contains("embeddings", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_of_an_included_document_comes_along() =>
        Titles(Open(Docx.Of("{{#include \"a.docx\"}}", "{{#include \"a.docx\" with { title: \"Other\" }}}"), Data, library: _ => Template("<w:p>CHART</w:p>", "{{title}}!"))).ShouldBe(["Days!", "Other!"]);
}
