using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The ranges pivot tables read from; they read anew when the workbook is opened.</summary>
internal static class PivotSources
{
    public static void Move(OfficePackage template, WorkbookLayout layout, RenderedPackage package)
    {
        if (!layout.AnyMoved)
            return;
        foreach (var entry in template.Zip.Entries)
        {
            if (!entry.Name.Contains("/pivotCacheDefinition", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || template.Part(entry.Name) is not { } bytes)
                continue;
            var tree = XmlScan.Read(bytes, entry.Name);
            var moved = XmlRewrite.Rewrite(tree, node =>
            {
                if (node == tree.Root)
                    return XmlText.WithAttribute(tree.StartTag(node), "refreshOnLoad"u8, "1");
                if (tree.Name(node) != N.worksheetSource || tree.Attribute(node, "sheet"u8) is not { } name || layout.Find(name, null) is not { } source)
                    return null;
                var tag = XmlText.WithAttribute(tree.StartTag(node), "sheet"u8, source.Name);
                return tree.Attribute(node, "ref"u8) is { } area ? XmlText.WithAttribute(tag, "ref"u8, FormulaWriter.Area(source, area)) : tag;
            }, _ => null);
            if (moved is not null)
                package.Set(entry.Name, moved);
        }
    }
}
