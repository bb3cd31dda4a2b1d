using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A text of a cell with the formats of its parts, when it has any.</summary>
internal sealed record CellText(string Text, List<(int Start, byte[] Properties)>? Rich)
{
    public static CellText Read(XmlTree tree, int node)
    {
        var text = "";
        List<(int, byte[])>? rich = null;
        foreach (var child in tree.Children(node))
        {
            if (tree.Name(child) == N.t)
            {
                text += Plain(tree.Text(child));
            }
            else if (tree.Name(child) == N.r)
            {
                var properties = tree.Child(child, N.rPr);
                (rich ??= []).Add((text.Length, properties == XmlTree.None ? [] : tree.Span(properties).ToArray()));
                text += tree.Child(child, N.t) is var t and not XmlTree.None ? Plain(tree.Text(t)) : "";
            }
        }

        return new CellText(text, rich);

        static string Plain(string piece) => piece.Contains('_', StringComparison.Ordinal) ? Unescape(piece) : piece;
    }

    /// <summary>All texts of the workbook by their number.</summary>
    /// <param name="package">The workbook.</param>
    /// <param name="part">The part that holds them.</param>
    /// <param name="emptied">The part without the texts that hold tags, for no cell shows those any more; null when none does.</param>
    public static List<CellText> ReadAll(OfficePackage package, string part, out byte[]? emptied)
    {
        emptied = null;
        if (package.Tree(part) is not { } tree)
            return [];
        var texts = new List<CellText>();
        var tagged = new HashSet<int>();
        foreach (var node in tree.Children(tree.Root).Where(node => tree.Name(node) == N.si))
        {
            texts.Add(Read(tree, node));
            if (texts[^1].Text.Contains("{{", StringComparison.Ordinal))
                tagged.UnionWith(tree.Descendants(node, N.t));
        }

        if (tagged.Count > 0)
            emptied = XmlRewrite.Texts(tree, node => tagged.Contains(node) ? "" : null);
        return texts;
    }

    /// <summary>Text that looks like a character Excel writes as <c>_x000D_</c> is kept from being read as one.</summary>
    public static string Escape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
            return text;
        var escaped = new System.Text.StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsCode(text, i))
                escaped.Append("_x005F");
            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Excel writes some characters as <c>_x000D_</c>.</summary>
    private static string Unescape(string text)
    {
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsCode(text, i))
            {
                plain.Append(text[i]);
                continue;
            }

            plain.Append((char)Convert.ToInt32(text.Substring(i + 2, 4), 16));
            i += 6;
        }

        return plain.ToString();
    }

    private static bool IsCode(string text, int at) => at + 6 < text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
        && char.IsAsciiHexDigit(text[at + 2]) && char.IsAsciiHexDigit(text[at + 3]) && char.IsAsciiHexDigit(text[at + 4]) && char.IsAsciiHexDigit(text[at + 5]);
}
