using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The comments of a sheet: each goes with its cell into every copy.</summary>
internal sealed class SheetComments : SheetPart
{
    private readonly XmlTree _tree;
    private readonly Dictionary<int, RunText> _texts;

    public SheetComments(XmlTree tree, string part, string sheet, TagParser parser)
    {
        _tree = tree;
        _texts = RunText.ReadAll(tree, node => tree.Name(node) == N.text, parser, node => new TagPlace
        {
            Part = part,
            Sheet = sheet,
            Cell = tree.Attribute(tree.Parent(node), "ref"u8),
            Words = $"sheet “{sheet}”, comment at {tree.Attribute(tree.Parent(node), "ref"u8)}",
        });
    }

    public override IEnumerable<Tag> Tags => _texts.Values.SelectMany(text => text.Tags);

    public override byte[]? Write(SheetPartRender render)
    {
        if (_tree.Descendant(_tree.Root, N.commentList) is not (var list and not XmlTree.None))
            return null;
        var to = new Utf8Buffer(_tree.Bytes.Length + 256);
        to.Write(_tree.Bytes.AsSpan(0, _tree[list].ContentStart));
        foreach (var comment in _tree.Children(list))
        {
            var (column, row) = CellRef.Parse(_tree.Attribute(comment, "ref"u8) ?? "");
            var isFirst = true;
            foreach (var copy in AnchoredCell.Of(render.Sheet.Layout, column, row))
            {
                copy.Enter(render.Sheet, render.Values);
                var tag = XmlText.WithAttribute(_tree.StartTag(comment), "ref"u8, CellRef.Address(copy.Column, copy.Row));
                to.Write(isFirst ? tag : XmlText.WithoutAttribute(tag, "xr:uid"u8));
                isFirst = false;
                foreach (var child in _tree.Children(comment))
                {
                    if (_texts.TryGetValue(child, out var text))
                        text.Write(to, render.Values);
                    else
                        to.Write(_tree.Span(child));
                }

                to.Write(_tree.EndTag(comment));
                render.Values.Scope.Release(0);
            }
        }

        to.Write(_tree.Bytes.AsSpan(_tree[list].ContentEnd));
        return to.TakeBytes();
    }
}

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
            if (data == XmlTree.None || Number(data, N.x_Row) is not { } row || Number(data, N.x_Column) is not { } column)
                continue;
            to.Write(tree.Bytes.AsSpan(at, tree[shape].Start - at));
            at = tree[shape].End;
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
