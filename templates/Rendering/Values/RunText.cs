using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Values;

/// <summary>A paragraph of a drawing or the text of a comment: runs of different formats over which tags may be cut.</summary>
internal sealed class RunText
{
    private const string Something = "\uFFFC";

    private readonly XmlTree _tree;
    private readonly int _node;
    private readonly string _text;
    private readonly List<(int Node, int Text, int Start)> _pieces;

    private RunText(XmlTree tree, int node, string text, List<(int Node, int Text, int Start)> pieces, List<Tag> tags)
    {
        _tree = tree;
        _node = node;
        _text = text;
        _pieces = pieces;
        Tags = tags;
    }

    public List<Tag> Tags { get; }

    /// <summary>Null when the text holds no tag.</summary>
    public static RunText? Read(XmlTree tree, int node, TagParser parser, TagPlace place)
    {
        if (tree.Span(node).IndexOf((byte)'{') < 0)
            return null;
        var pieces = new List<(int, int, int)>();
        var text = "";
        foreach (var child in tree.Children(node))
        {
            var words = tree.Name(child) switch
            {
                N.t or N.a_t => child,
                N.r => tree.Child(child, N.t),
                N.a_r => tree.Child(child, N.a_t),
                _ => XmlTree.None,
            };
            if (words != XmlTree.None)
            {
                pieces.Add((child, words, text.Length));
                text += tree.Text(words);
            }
            else if (pieces.Count > 0 && tree.Name(child) != N.a_endParaRPr)
            {
                pieces.Add((child, XmlTree.None, text.Length));
                text += tree.Name(child) == N.a_br ? "\n" : Something;
            }
        }

        var spans = TagReader.Find(text);
        return spans.Count == 0 ? null : new RunText(tree, node, text, pieces, parser.Parse(text, spans, place with { Text = text }));
    }

    /// <summary>All texts of a part by the node that holds their runs.</summary>
    public static Dictionary<int, RunText> ReadAll(XmlTree tree, Func<int, bool> isHolder, TagParser parser, Func<int, TagPlace> place)
    {
        var texts = new Dictionary<int, RunText>();
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind == XmlKind.Element && isHolder(node) && Read(tree, node, parser, place(node)) is { } text)
                texts[node] = text;
        }

        return texts;
    }

    /// <summary>The element with its values.</summary>
    public void Write(Utf8Buffer to, Evaluator values)
    {
        var (first, last) = (_pieces[0].Node, _pieces[^1].Node);
        to.Write(_tree.Bytes.AsSpan(_tree[_node].Start, _tree[first].Start - _tree[_node].Start));
        foreach (var (part, text) in FormattedText.Fill(_text, [.. _pieces.Select(piece => piece.Start)], Tags, values))
        {
            var (node, words, _) = _pieces[part];
            if (words == XmlTree.None)
            {
                to.Write(_tree.Span(node));
                continue;
            }

            to.Write(_tree.Bytes.AsSpan(_tree[node].Start, _tree[words].Start - _tree[node].Start));
            to.Write(_tree.Name(words) == N.t ? "<t xml:space=\"preserve\">"u8 : "<a:t>"u8);
            to.WriteText(text.ToString());
            to.Write(_tree.Name(words) == N.t ? "</t>"u8 : "</a:t>"u8);
            to.Write(_tree.Bytes.AsSpan(_tree[words].End, _tree[node].End - _tree[words].End));
        }

        to.Write(_tree.Bytes.AsSpan(_tree[last].End, _tree[_node].End - _tree[last].End));
    }
}
