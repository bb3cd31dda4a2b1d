using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace ProductionOffice.Templates.Tests;

/// <summary>Fills a small template and holds the document to what every document must hold to.</summary>
internal static class WordProbe
{
    public const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    public static string Run(string text, string format = "") => $"<w:r>{(format.Length == 0 ? "" : $"<w:rPr>{format}</w:rPr>")}<w:t xml:space=\"preserve\">{Docx.Escape(text)}</w:t></w:r>";

    public static string P(params string[] runs) => $"<w:p>{string.Concat(runs.Select(run => run.StartsWith('<') ? run : Run(run)))}</w:p>";

    public static string Cell(params string[] runs) => $"<w:tc><w:tcPr><w:tcW w:w=\"1000\" w:type=\"dxa\"/></w:tcPr>{P(runs)}</w:tc>";

    public static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells.Select(cell => cell.StartsWith("<w:tc", StringComparison.Ordinal) ? cell : Cell(cell)))}</w:tr>";

    public static string Table(int columns, params string[] rows) =>
        $"<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>{string.Concat(Enumerable.Repeat("<w:gridCol w:w=\"1000\"/>", columns))}</w:tblGrid>{string.Concat(rows)}</w:tbl>";

    /// <summary>The template with further parts of the main part, each with its relationship and content type.</summary>
    public static byte[] With(byte[] template, params (string Id, string Kind, string Name, string Text)[] parts) => Repacked.With(template,
        (name, text) => name == "[Content_Types].xml" ? text.Replace("</Types>", string.Concat(parts.Select(part => TypeOf(part.Kind) is { } type ? $"<Override PartName=\"/word/{part.Name}\" ContentType=\"{type}\"/>" : "")) + "</Types>", StringComparison.Ordinal) : text,
        [("word/_rels/document.xml.rels", Repacked.Relations([.. parts.Where(part => part.Id.Length > 0).Select(part => (part.Id, part.Kind, part.Kind == "hyperlink" ? part.Text : part.Name, part.Kind == "hyperlink"))])),
         .. parts.Where(part => part.Kind != "hyperlink").Select(part => ("word/" + part.Name, part.Text))]);

    private static string? TypeOf(string kind) => kind switch
    {
        "hyperlink" or "" => null,
        "image" => "image/svg+xml",
        "chart" => "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        "package" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => $"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml",
    };

    public static ReadPackage Open(byte[] template, string data, string options = "{}", Func<string, byte[]?>? library = null)
    {
        var result = Docx.Render(template, data, options, library);
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        var document = new ReadPackage(result.Document!);
        Invariants.Hold(document);
        HoldSchema(template, result.Document!);
        Docx.Render(template, data, options, library).Document.ShouldBe(result.Document);
        return document;
    }

    public static List<object> Blocks(string body, string data, string options = "{}") =>
        ReadPackage.Blocks(Open(Docx.OfBody(body), data, options).Xml("word/document.xml").DocumentElement!.FirstChild!);

    /// <summary>The blocks as one line: paragraphs parted by <c>|</c>, rows by <c>/</c>, cells by commas.</summary>
    public static string Show(string body, string data, string options = "{}") => Show(Blocks(body, data, options));

    public static string Show(IEnumerable<object> blocks) => string.Join('|', blocks.Select(block => block is string text ? text
        : "[" + string.Join(" / ", ((List<List<object>>)block).Select(row => string.Join(",", row.Select(cell => cell is string only ? only : Show((List<object>)cell))))) + "]"));

    public static List<string> Found(ReadPackage document, string pattern, string part = "word/document.xml") => [.. Regex.Matches(document.Markup(part), pattern).Select(match => match.Groups[1].Value)];

    /// <summary>No kind of schema error that the template does not have itself.</summary>
    public static void HoldSchema(byte[] template, byte[] document)
    {
        var known = Errors(template).Select(error => error.Kind).ToHashSet();
        Errors(document).Where(error => !known.Contains(error.Kind)).Select(error => error.Text).ShouldBeEmpty();
    }

    private static List<(string Kind, string Text)> Errors(byte[] file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(error => ($"{error.Id} {error.Description}", $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"))];
    }
}
