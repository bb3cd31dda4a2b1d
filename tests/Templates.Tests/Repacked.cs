using System.IO.Compression;

namespace ProductionOffice.Templates.Tests;

/// <summary>Small templates with parts added or changed.</summary>
internal static class Repacked
{
    private const string Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    public static byte[] With(byte[] template, Func<string, string, string>? edit, params (string Name, string Text)[] added)
    {
        using var zip = new ZipArchive(new MemoryStream(template));
        var parts = new List<(string, string)>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            parts.Add((entry.FullName, edit?.Invoke(entry.FullName, text) ?? text));
        }

        return Docx.Zip([.. parts, .. added]);
    }

    public static string Relations(params (string Id, string Kind, string Target, bool External)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(relation => $"<Relationship Id=\"{relation.Id}\" Type=\"{Types}{relation.Kind}\" Target=\"{relation.Target}\"{(relation.External ? " TargetMode=\"External\"" : "")}/>"))
        + "</Relationships>";

    /// <summary>A workbook of one sheet with markup after its rows and parts that belong to it.</summary>
    public static byte[] Sheet((string Address, string Text)[] cells, string after, string relations, params (string Name, string Text)[] parts) =>
        With(Xlsx.Of(cells), (name, text) => name == "xl/worksheets/sheet1.xml"
            ? text.Replace("</worksheet>", after + "</worksheet>", StringComparison.Ordinal).Replace("<worksheet ", $"<worksheet xmlns:r=\"{Types.TrimEnd('/')}\" ", StringComparison.Ordinal)
            : text, [("xl/worksheets/_rels/sheet1.xml.rels", relations), .. parts]);
}
