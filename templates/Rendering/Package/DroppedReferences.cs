using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

/// <summary>Takes out of a part what pointed to a reference that was dropped, so that the document opens without repair.</summary>
internal static class DroppedReferences
{
    private static readonly string[] Names = ["r:id", "r:embed", "r:link", "r:pict", "r:href"];

    /// <summary>Elements that are nothing without their reference.</summary>
    private static readonly string[] Elements =
    [
        "<w:headerReference", "<w:footerReference", "<w:altChunk", "<w:subDoc", "<w:attachedTemplate", "<drawing", "<legacyDrawing", "<picture", "<tablePart ", "<oleObject", "<control ", "<hyperlink ", "<w:control", "<w:saveThroughXslt",
    ];

    public static byte[] Cleaned(XmlTree tree, HashSet<string> ids)
    {
        var cleaned = new Utf8Buffer(tree.Bytes.Length);
        var at = 0;
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind != XmlKind.Element || tree[node].Start < at)
                continue;
            var tag = tree.StartTag(node).ToArray();
            var gone = Array.FindAll(Names, name => tree.Attribute(node, System.Text.Encoding.UTF8.GetBytes(name)) is { } id && !ids.Contains(id));
            if (gone.Length == 0)
                continue;
            cleaned.Write(tree.Bytes.AsSpan(at, tree[node].Start - at));
            if (Array.Exists(Elements, element => tag.AsSpan().StartsWith(System.Text.Encoding.UTF8.GetBytes(element))))
            {
                at = tree[node].End;
                continue;
            }

            foreach (var name in gone)
                tag = XmlText.WithoutAttribute(tag, System.Text.Encoding.UTF8.GetBytes(name));
            cleaned.Write(tag);
            at = tree[node].ContentStart;
        }

        cleaned.Write(tree.Bytes.AsSpan(at));
        return cleaned.TakeBytes();
    }
}
