using System.Globalization;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A table: it grows with its rows and columns; that of a copied sheet has a name of its own.</summary>
internal sealed class SheetTable(XmlTree tree) : SheetPart
{
    public TableArea Area { get; } = TableArea.Read(tree);

    public override IEnumerable<Tag> Tags => [];

    public override byte[]? Write(SheetPartRender render)
    {
        var layout = render.Sheet.Layout;
        var areas = new SheetAreas(layout);
        var to = new Utf8Buffer(tree.Bytes.Length + 256);
        to.Write(tree.Bytes.AsSpan(0, tree[tree.Root].Start));
        Node(tree.Root);
        to.Write(tree.Bytes.AsSpan(tree[tree.Root].End));
        return to.TakeBytes();

        void Node(int node)
        {
            if (tree[node].Kind != XmlKind.Element)
            {
                to.Write(tree.Span(node));
                return;
            }

            if (tree.Name(node) == N.tableColumns && render.Headers.Rules(Area))
            {
                Columns(to, node, render);
                return;
            }

            to.Write(Tag(node, areas, render));
            if (tree.IsEmpty(node))
                return;
            if (tree.Name(node) is N.calculatedColumnFormula or N.totalsRowFormula)
            {
                to.WriteText(render.Formulas.Write(Formula.Parse(tree.Text(node)), layout, layout.FirstCopy(Area.FirstData), 0));
            }
            else
            {
                for (var child = tree.First(node); child != XmlTree.None; child = tree.Next(child))
                    Node(child);
            }

            to.Write(tree.EndTag(node));
        }
    }

    private ReadOnlySpan<byte> Tag(int node, SheetAreas areas, SheetPartRender render)
    {
        var tag = tree.StartTag(node);
        if (tree.Attribute(node, "ref"u8) is { } area)
            tag = XmlText.WithAttribute(tag, "ref"u8, areas.One(area) ?? area);
        if (tree.Name(node) == N.tableColumn && tree.Attribute(node, "totalsRowLabel"u8)?.Contains("{{", StringComparison.Ordinal) == true)
            tag = XmlText.WithoutAttribute(tag, "totalsRowLabel"u8);
        if (tree.Name(node) != N.table || render.Sheet.Layout.Tables?.GetValueOrDefault(Area.Name) is not { } name)
            return tag;
        var number = new string([.. render.Part[(render.Part.LastIndexOf('/') + 1)..].Where(char.IsAsciiDigit)]);
        tag = XmlText.WithAttribute(XmlText.WithoutAttribute(tag, "xr:uid"u8), "id"u8, "1" + number.PadLeft(4, '0'));
        return XmlText.WithAttribute(XmlText.WithAttribute(tag, "name"u8, name), "displayName"u8, name);
    }

    /// <summary>A column of the table for every column it has in the finished sheet, under the name its header has there.</summary>
    private void Columns(Utf8Buffer to, int node, SheetPartRender render)
    {
        var layout = render.Sheet.Layout;
        var columns = tree.Children(node).ToList();
        var (first, last) = (layout.RangeStartColumn(Area.Left), layout.RangeEndColumn(Area.Right));
        var next = columns.Max(column => tree.IntAttribute(column, "id"u8) ?? 0);
        var used = new HashSet<int>();
        to.Write(XmlText.WithAttribute(tree.StartTag(node), "count"u8, (last - first + 1).ToString(CultureInfo.InvariantCulture)));
        for (var column = first; column <= last; column++)
        {
            var source = columns[Math.Clamp((column <= layout.Columns.Count ? layout.Columns[column - 1].Template : column) - Area.Left, 0, columns.Count - 1)];
            ReadOnlySpan<byte> tag = tree.StartTag(source);
            if (render.Headers.Written(Area, column) is { } name)
                tag = XmlText.WithAttribute(tag, "name"u8, name);
            if (tree.Attribute(source, "totalsRowLabel"u8)?.Contains("{{", StringComparison.Ordinal) == true)
                tag = XmlText.WithoutAttribute(tag, "totalsRowLabel"u8);
            if (!used.Add(source))
                tag = XmlText.WithAttribute(XmlText.WithoutAttribute(tag, "xr3:uid"u8), "id"u8, (++next).ToString(CultureInfo.InvariantCulture));
            to.Write(tag);
            if (tree.IsEmpty(source))
                continue;
            foreach (var child in tree.Children(source))
            {
                var isFormula = tree.Name(child) is N.calculatedColumnFormula or N.totalsRowFormula && !tree.IsEmpty(child);
                if (!isFormula)
                {
                    to.Write(tree.Span(child));
                    continue;
                }

                to.Write(tree.StartTag(child));
                to.WriteText(render.Formulas.Write(Formula.Parse(tree.Text(child)), layout, layout.FirstCopy(Area.FirstData), column));
                to.Write(tree.EndTag(child));
            }

            to.Write(tree.EndTag(source));
        }

        to.Write(tree.EndTag(node));
    }
}

/// <summary>Where a pivot table lies.</summary>
internal sealed class SheetPivot(XmlTree tree) : SheetPart
{
    public override IEnumerable<Tag> Tags => [];

    public override byte[]? Write(SheetPartRender render) => XmlRewrite.Rewrite(
        tree, node => tree.Attribute(node, "ref"u8) is { } area ? XmlText.WithAttribute(tree.StartTag(node), "ref"u8, FormulaWriter.Area(render.Sheet.Layout, area)) : null, _ => null);
}
