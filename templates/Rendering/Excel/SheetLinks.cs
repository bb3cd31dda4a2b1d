using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Word;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Links of cells: those of the template go with their cells, those that values are come to them.</summary>
internal sealed class SheetLinks(Utf8Buffer to, LaidSheet sheet, SheetAreas areas, Evaluator values, FormulaWriter formulas, RenderedPackage package, CellContent content)
{
    private static readonly string[] Words = ["location", "display", "tooltip"];

    private readonly SheetLayout _layout = sheet.Layout;
    private readonly XmlTree _tree = sheet.Layout.Sheet.Tree;

    /// <summary>Links of a sheet whose template has none.</summary>
    public void WriteNew()
    {
        if (content.Links.Count == 0)
            return;
        to.Write("<hyperlinks>"u8);
        Made();
        to.Write("</hyperlinks>"u8);
    }

    public bool Write(int node)
    {
        var before = to.Length;
        to.Write("<hyperlinks>"u8);
        var opened = to.Length;
        foreach (var link in _tree.Children(node))
            Link(link);
        Made();
        if (to.Length == opened)
        {
            to.Truncate(before);
            return false;
        }

        to.Write("</hyperlinks>"u8);
        return true;
    }

    private void Made()
    {
        foreach (var (cell, address) in content.Links)
        {
            to.Write("<hyperlink xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ref=\""u8);
            to.WriteText(cell);
            to.Write("\" r:id=\""u8);
            to.WriteText(package.RelationsOf(sheet.Part).Add("hyperlink", address, isExternal: true));
            to.Write("\"/>"u8);
        }
    }

    private void Link(int link)
    {
        var area = _tree.Attribute(link, "ref"u8) ?? "";
        var id = _tree.Attribute(link, "r:id"u8);
        AddressTemplate? address = null;
        var hasTags = (id is not null && _layout.Sheet.Addresses.TryGetValue(id, out address)) || Words.Any(word => _layout.Sheet.AttributeTexts.ContainsKey((link, word)));
        if (!hasTags)
        {
            foreach (var (left, top, right, bottom) in areas.Copies(area))
                Write(link, Moved(XmlText.WithAttribute(Placed(link, id), "ref"u8, SheetAreas.Written(left, top, right, bottom, area.Contains(':', StringComparison.Ordinal)))));
            return;
        }

        var (column, row, _, _) = CellRef.ParseArea(area);
        if (address is not null)
            package.RelationsOf(sheet.Part).Remove(id!);
        foreach (var copy in AnchoredCell.Of(_layout, column, row))
        {
            copy.Enter(sheet, values);
            Write(link, Filled(link, copy, address));
            values.Scope.Release(0);
        }
    }

    /// <summary>Some programs write a place in the workbook as an address: <c>#Costs!A1</c>. It is written as the place it is, so that it can follow its cell.</summary>
    private ReadOnlySpan<byte> Placed(int link, string? id)
    {
        if (id is null || package.Template.RelationsOf(_layout.Sheet.Part).FirstOrDefault(relation => relation.Id == id) is not { IsExternal: true } relation || !relation.Target.StartsWith('#'))
            return _tree.StartTag(link);
        return XmlText.WithAttribute(XmlText.WithoutAttribute(_tree.StartTag(link), "r:id"u8), "location"u8, Uri.UnescapeDataString(relation.Target[1..]));
    }

    private void Write(int link, ReadOnlySpan<byte> tag)
    {
        to.Write(tag);
        if (!_tree.IsEmpty(link))
            to.Write(_tree.EndTag(link));
    }

    /// <summary>A link whose address or words hold tags.</summary>
    private byte[] Filled(int link, AnchoredCell copy, AddressTemplate? address)
    {
        var tag = XmlText.WithAttribute(_tree.StartTag(link), "ref"u8, CellRef.Address(copy.Column, copy.Row));
        if (address is not null)
            tag = XmlText.WithAttribute(tag, "r:id"u8, package.RelationsOf(sheet.Part).Add("hyperlink", address.FillSafely(values), isExternal: true));
        foreach (var word in Words)
        {
            if (_layout.Sheet.AttributeTexts.TryGetValue((link, word), out var text))
                tag = XmlText.WithAttribute(tag, System.Text.Encoding.UTF8.GetBytes(word), InlineText.Fill(text.Text, text.Tags, values));
        }

        return tag;
    }

    /// <summary>A place in the workbook follows its cell.</summary>
    private byte[] Moved(byte[] link)
    {
        var (start, length) = XmlText.FindAttribute(link, "location"u8);
        return start < 0 ? link : XmlText.WithAttribute(link, "location"u8, formulas.Write(Formula.Parse(XmlText.Decode(link.AsSpan(start, length))), _layout, null, 0));
    }
}
