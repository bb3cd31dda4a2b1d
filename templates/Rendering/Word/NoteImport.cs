using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Adds the notes of included templates to those of the document.</summary>
internal static class NoteImport
{
    /// <summary>What the root of a new part declares.</summary>
    public static byte[] EmptyRoot { get; } = [.. "<notes "u8, .. System.Text.Encoding.UTF8.GetBytes(Names), .. "/>"u8];

    private const string Names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    public static void Finish(WordRender render, RenderedPackage package)
    {
        foreach (var isFootnote in new[] { true, false })
        {
            var added = render.ImportedNotes.Where(note => note.IsFootnote == isFootnote).SelectMany(note => note.Xml).ToArray();
            if (added.Length == 0)
                continue;
            var kind = isFootnote ? "footnotes" : "endnotes";
            var part = render.Template.PartNamed(kind);
            var host = package.Made(part) ?? render.Template.Package.Part(part) ?? New(kind, part, render, package);
            var tree = XmlScan.Read(host, part);
            var end = tree[tree.Root].ContentEnd;
            package.Set(part, [.. tree.Bytes.AsSpan(0, end), .. added, .. tree.Bytes.AsSpan(end)]);
        }
    }

    /// <summary>A part for a document that had no notes: only the lines between text and notes.</summary>
    private static byte[] New(string kind, string part, WordRender render, RenderedPackage package)
    {
        var note = kind[..^1];
        package.ContentTypes.Set(part, $"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
        package.RelationsOf(render.Template.Package.MainPart).Add(kind, RelationshipSet.Relative(render.Template.Folder + "x", part), isExternal: false);
        return System.Text.Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{kind} {Names}><w:{note} w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:{note}><w:{note} w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{note}></w:{kind}>");
    }
}
