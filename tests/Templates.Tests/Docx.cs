using System.IO.Compression;
using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>Builds small templates in memory.</summary>
internal static class Docx
{
    private const string Names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";

    public static byte[] Of(params string[] paragraphs) => OfBody(string.Concat(paragraphs.Select(text => $"<w:p><w:r><w:t xml:space=\"preserve\">{Escape(text)}</w:t></w:r></w:p>")));

    public static byte[] OfBody(string body) => Zip(
        ("[Content_Types].xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
        ("word/document.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {Names}><w:body>{body}</w:body></w:document>"));

    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    public static RenderResult Render(byte[] template, string data, string options = "{}", Func<string, byte[]?>? library = null) =>
        new RenderJob { Name = "memo.docx", Template = template, Data = Encoding.UTF8.GetBytes(data), Options = Encoding.UTF8.GetBytes(options), Library = library }.Run();

    /// <summary>The paragraphs of the finished document; fails with the errors when there are any.</summary>
    public static string[] Lines(RenderResult result)
    {
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        return [.. ReadPackage.Blocks(new ReadPackage(result.Document!).Xml("word/document.xml").DocumentElement!.FirstChild!).Select(block => block.ToString()!)];
    }
}
