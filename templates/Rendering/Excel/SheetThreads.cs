using System.Text;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Conversations at cells (Excel 365): each goes with its cell, copies have ids of their own.</summary>
internal sealed class SheetThreads : SheetPart
{
    private readonly XmlTree _tree;
    private readonly Dictionary<int, (string Text, List<Tag> Tags)> _texts = [];

    public SheetThreads(XmlTree tree, string part, string sheet, TagParser parser)
    {
        _tree = tree;
        foreach (var text in tree.Descendants(tree.Root, N.text))
        {
            var words = tree.Text(text);
            var cell = tree.Attribute(tree.Parent(text), "ref"u8);
            if (TagReader.Find(words) is { Count: > 0 } spans)
                _texts[text] = (words, parser.Parse(words, spans, new TagPlace { Part = part, Sheet = sheet, Cell = cell, Words = $"sheet “{sheet}”, comment at {cell}", Text = words }));
        }
    }

    public override IEnumerable<Tag> Tags => _texts.Values.SelectMany(text => text.Tags);

    public override byte[]? Write(SheetPartRender render)
    {
        var root = _tree.Root;
        if (_tree.IsEmpty(root))
            return null;
        var to = new Utf8Buffer(_tree.Bytes.Length + 256);
        to.Write(_tree.Bytes.AsSpan(0, _tree[root].ContentStart));
        foreach (var comment in _tree.Children(root))
        {
            var (column, row) = CellRef.Parse(_tree.Attribute(comment, "ref"u8) ?? "");
            var isFirst = !render.Sheet.IsCopy;
            foreach (var copy in AnchoredCell.Of(render.Sheet.Layout, column, row))
            {
                copy.Enter(render.Sheet, render.Values);
                Comment(to, comment, copy, isFirst ? null : render.Sheet.Layout.Name, render.Values);
                render.Values.Scope.Release(0);
                isFirst = false;
            }
        }

        to.Write(_tree.Bytes.AsSpan(_tree[root].ContentEnd));
        return to.TakeBytes();
    }

    private void Comment(Utf8Buffer to, int comment, AnchoredCell copy, string? sheet, Evaluator values)
    {
        var tag = XmlText.WithAttribute(_tree.StartTag(comment), "ref"u8, CellRef.Address(copy.Column, copy.Row));
        foreach (var name in sheet is null ? [] : new[] { "id", "parentId" })
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            if (_tree.Attribute(comment, bytes) is { } id)
                tag = XmlText.WithAttribute(tag, bytes, ThreadIds.Of(id, sheet!, copy.Column, copy.Row));
        }

        to.Write(tag);
        foreach (var child in _tree.Children(comment))
        {
            if (!_texts.TryGetValue(child, out var text))
            {
                to.Write(_tree.Span(child));
                continue;
            }

            to.Write(_tree.StartTag(child));
            to.WriteText(InlineText.Fill(text.Text, text.Tags, values));
            to.Write(_tree.EndTag(child));
        }

        if (!_tree.IsEmpty(comment))
            to.Write(_tree.EndTag(comment));
    }
}
