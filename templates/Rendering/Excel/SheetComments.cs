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
        var authors = new List<string>();
        foreach (var comment in _tree.Children(list))
        {
            var (column, row) = CellRef.Parse(_tree.Attribute(comment, "ref"u8) ?? "");
            var isFirst = !render.Sheet.IsCopy;
            foreach (var copy in AnchoredCell.Of(render.Sheet.Layout, column, row))
            {
                copy.Enter(render.Sheet, render.Values);
                var tag = XmlText.WithAttribute(_tree.StartTag(comment), "ref"u8, CellRef.Address(copy.Column, copy.Row));
                to.Write(isFirst ? tag : Copied(tag, comment, copy, render.Sheet.Layout.Name, authors));
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

        return Around(to.TakeBytes(), list, authors);
    }

    /// <summary>A copy of a conversation is tied to its own copy by the name of its author.</summary>
    private byte[] Copied(byte[] tag, int comment, AnchoredCell copy, string sheet, List<string> authors)
    {
        tag = XmlText.WithoutAttribute(tag, "xr:uid"u8);
        var known = _tree.Child(_tree.Root, N.authors) is var node and not XmlTree.None ? _tree.Children(node).ToList() : [];
        if (_tree.IntAttribute(comment, "authorId"u8) is not { } author || author >= known.Count || _tree.Text(known[author]) is not { } name || !name.StartsWith("tc=", StringComparison.Ordinal))
            return tag;
        var id = ThreadIds.Of(name[3..], sheet, copy.Column, copy.Row);
        authors.Add("tc=" + id);
        tag = XmlText.WithAttribute(tag, "xr:uid"u8, id);
        return XmlText.WithAttribute(tag, "authorId"u8, (known.Count + authors.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private byte[] Around(byte[] comments, int list, List<string> authors)
    {
        var to = new Utf8Buffer(_tree.Bytes.Length + comments.Length);
        var at = 0;
        if (authors.Count > 0 && _tree.Child(_tree.Root, N.authors) is var node and not XmlTree.None)
        {
            at = _tree[node].ContentEnd;
            to.Write(_tree.Bytes.AsSpan(0, at));
            foreach (var author in authors)
                to.WriteMarkup($"<author>{author}</author>");
        }

        to.Write(_tree.Bytes.AsSpan(at, _tree[list].ContentStart - at));
        to.Write(comments);
        to.Write(_tree.Bytes.AsSpan(_tree[list].ContentEnd));
        return to.TakeBytes();
    }
}
