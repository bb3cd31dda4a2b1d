using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The old drawing that holds the boxes of comments: each goes with its cell.</summary>
internal sealed class SheetShapes(XmlTree tree) : SheetPart
{
    public override IEnumerable<Tag> Tags => [];

    public override byte[]? Write(SheetPartRender render)
    {
        var layout = render.Sheet.Layout;
        var to = new Utf8Buffer(tree.Bytes.Length + 256);
        var at = 0;
        var next = 4096;
        foreach (var shape in tree.Children(tree.Root).Where(node => tree.Name(node) == N.v_shape))
        {
            var data = tree.Descendant(shape, N.x_ClientData);
            if (data == XmlTree.None)
                continue;
            to.Write(tree.Bytes.AsSpan(at, tree[shape].Start - at));
            at = tree[shape].End;
            if (Number(data, N.x_Row) is not { } row || Number(data, N.x_Column) is not { } column)
            {
                Control(to, shape, data, layout);
                continue;
            }

            var isFirst = true;
            foreach (var copy in AnchoredCell.Of(layout, column + 1, row + 1))
            {
                Shape(to, shape, data, copy.Row - 1 - row, copy.Column - 1 - column, isFirst ? 0 : ++next);
                isFirst = false;
            }
        }

        to.Write(tree.Bytes.AsSpan(at));
        return to.TakeBytes();
    }

    /// <summary>A box to tick or another control: it moves with the cell below its corner.</summary>
    private void Control(Utf8Buffer to, int shape, int data, SheetLayout layout)
    {
        var anchor = tree.Child(data, N.x_Anchor);
        var places = anchor == XmlTree.None ? [] : tree.Text(anchor).Split(',', StringSplitOptions.TrimEntries);
        if (places.Length != 8 || !int.TryParse(places[0], System.Globalization.CultureInfo.InvariantCulture, out var column) || !int.TryParse(places[2], System.Globalization.CultureInfo.InvariantCulture, out var row))
            to.Write(tree.Span(shape));
        else
            Shape(to, shape, data, layout.RangeStart(row + 1) - 1 - row, layout.RangeStartColumn(column + 1) - 1 - column, id: 0);
    }

    private int? Number(int data, N name) => tree.Child(data, name) is var node and not XmlTree.None
        && int.TryParse(tree.Text(node), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Shape(Utf8Buffer to, int shape, int data, int down, int right, int id)
    {
        to.Write(id == 0 ? tree.StartTag(shape) : XmlText.WithAttribute(tree.StartTag(shape), "id"u8, "_x0000_s" + id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var at = tree[shape].ContentStart;
        foreach (var node in tree.Children(data))
        {
            var text = tree.Name(node) switch
            {
                N.x_Row => Shift(tree.Text(node), down),
                N.x_Column => Shift(tree.Text(node), right),
                N.x_Anchor => Anchor(tree.Text(node), down, right),
                _ => null,
            };
            if (text is null || tree.IsEmpty(node))
                continue;
            to.Write(tree.Bytes.AsSpan(at, tree[node].ContentStart - at));
            to.WriteText(text);
            at = tree[node].ContentEnd;
        }

        to.Write(tree.Bytes.AsSpan(at, tree[shape].End - at));
    }

    /// <summary>Left column, offset, top row, offset, right column, offset, bottom row, offset.</summary>
    private static string Anchor(string anchor, int down, int right)
    {
        var parts = anchor.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 8)
            return anchor;
        foreach (var (place, by) in new[] { (0, right), (2, down), (4, right), (6, down) })
            parts[place] = Shift(parts[place], by);
        return string.Join(", ", parts);
    }

    private static string Shift(string text, int by) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? Math.Max(0, number + by).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : text;
}
