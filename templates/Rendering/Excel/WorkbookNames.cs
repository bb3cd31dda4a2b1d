using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Defined names, print areas and titles: they follow their cells; a copied sheet has those of its sheet again.</summary>
internal sealed class WorkbookNames(XmlTree tree, List<SheetTemplate> sheets, WorkbookLayout layout, FormulaWriter formulas, bool linksAreGone)
{
    public void Write(Utf8Buffer xml, int node)
    {
        var before = xml.Length;
        xml.Write(tree.StartTag(node));
        if (tree.IsEmpty(node))
            return;
        var opened = xml.Length;
        foreach (var name in tree.Children(node).Where(name => tree.Name(name) == N.definedName && !tree.IsEmpty(name)))
            Name(xml, name);
        if (xml.Length == opened)
            xml.Truncate(before);
        else
            xml.Write(tree.EndTag(node));
    }

    private void Name(Utf8Buffer xml, int name)
    {
        var text = tree.Text(name);
        var formula = linksAreGone && Formula.IsExternal(text) ? Formula.Parse("#REF!") : Formula.Parse(text);
        if (tree.IntAttribute(name, "localSheetId"u8) is not (>= 0 and var local) || local >= sheets.Count)
        {
            Write(xml, tree.StartTag(name), formulas.Write(formula, null, null, 0));
            return;
        }

        for (var i = 0; i < layout.Sheets.Count; i++)
        {
            if (layout.Sheets[i].Layout.Sheet == sheets[local])
                Write(xml, XmlText.WithAttribute(tree.StartTag(name), "localSheetId"u8, i.ToString(CultureInfo.InvariantCulture)), formulas.Write(formula, layout.Sheets[i].Layout, null, 0));
        }
    }

    private static void Write(Utf8Buffer xml, ReadOnlySpan<byte> tag, string text)
    {
        xml.Write(tag);
        xml.WriteText(text);
        xml.Write("</definedName>"u8);
    }
}
