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
                text += tree.Text(child);
            }
            else if (tree.Name(child) == N.r)
            {
                var properties = tree.Child(child, N.rPr);
                (rich ??= []).Add((text.Length, properties == XmlTree.None ? [] : tree.Span(properties).ToArray()));
                text += tree.Child(child, N.t) is var t and not XmlTree.None ? tree.Text(t) : "";
            }
        }

        return new CellText(text.Contains('_', StringComparison.Ordinal) ? Unescape(text) : text, rich);
    }

    /// <summary>All texts of the workbook by their number.</summary>
    public static List<CellText> ReadAll(OfficePackage package, string part)
    {
        if (package.Part(part) is not { } bytes)
            return [];
        var tree = XmlScan.Read(bytes, part);
        return [.. tree.Children(tree.Root).Where(node => tree.Name(node) == N.si).Select(node => Read(tree, node))];
    }

    /// <summary>Excel writes some characters as <c>_x000D_</c>.</summary>
    private static string Unescape(string text) => text.Replace("_x000D_", "\r", StringComparison.OrdinalIgnoreCase).Replace("_x000A_", "\n", StringComparison.OrdinalIgnoreCase);
}
