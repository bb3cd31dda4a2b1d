using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Builds the tree of nodes: neighbouring bytes become one literal, section tags open and close branches.</summary>
internal sealed class NodeBuilder
{
    private readonly Stack<Frame> _frames = new();
    private List<WordNode> _nodes = [];
    private readonly Utf8Buffer _bytes = new(1024);

    /// <summary>How many loops are open here.</summary>
    public int Loops { get; set; }

    /// <summary>How many of them restart numbered lists per item.</summary>
    public int Restarts { get; private set; }

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Text(ReadOnlySpan<char> text) => _bytes.WriteText(text);

    public void Add(WordNode node)
    {
        Flush();
        _nodes.Add(node);
    }

    /// <summary>Applies a tag that prints nothing itself: opens, parts or closes a section, names a value.</summary>
    public void Apply(Tag tag)
    {
        switch (tag.Kind)
        {
            case TagKind.If or TagKind.For:
                Open(tag);
                break;
            case TagKind.Else or TagKind.ElseIf or TagKind.Between or TagKind.Empty:
                Flush();
                _frames.Peek().Branches.Add((tag, _nodes = []));
                break;
            case TagKind.Close:
                Close();
                break;
            case TagKind.Let:
                Add(new LetNode(tag));
                break;
            default:
                break;
        }
    }

    public void Open(Tag tag)
    {
        Flush();
        var frame = new Frame(tag, _nodes);
        _frames.Push(frame);
        if (tag.Kind == TagKind.For)
            Loops++;
        if (tag.Restart)
            Restarts++;
        frame.Branches.Add((tag, _nodes = []));
    }

    /// <summary>Begins a node that stands around what follows, until <see cref="EndWrap"/>.</summary>
    public void BeginWrap()
    {
        Flush();
        _frames.Push(new Frame(null, _nodes));
        _nodes = [];
    }

    public void EndWrap(Func<WordNode, WordNode> around)
    {
        Flush();
        var inner = Sequence.Of(_nodes);
        _nodes = _frames.Pop().Outer;
        _nodes.Add(around(inner));
    }

    /// <summary>A bookmark that begins in the innermost loop: each turn makes a copy of its own.</summary>
    public void OwnBookmark(int slot) => _frames.FirstOrDefault(frame => frame.Tag?.Kind == TagKind.For)?.Bookmarks.Add(slot);

    /// <summary>A vertical merge that begins here: each turn of every loop around it has its own.</summary>
    public void OwnMerge(int slot)
    {
        foreach (var frame in _frames.Where(frame => frame.Tag?.Kind == TagKind.For))
            frame.Merges.Add(slot);
    }

    public void Close()
    {
        Flush();
        var frame = _frames.Pop();
        if (frame.Tag!.Kind == TagKind.For)
            Loops--;
        if (frame.Tag.Restart)
            Restarts--;
        _nodes = frame.Outer;
        _nodes.Add(frame.Tag.Kind == TagKind.For ? For(frame) : If(frame));
    }

    public WordNode Finish()
    {
        Flush();
        if (_frames.Count > 0)
            throw new InvalidOperationException("A section was not closed.");
        _bytes.Release();
        return Sequence.Of(_nodes);
    }

    private static IfNode If(Frame frame) => new([.. frame.Branches.Select(branch =>
        ((Tag?)(branch.Tag.Kind == TagKind.Else ? null : branch.Tag), Sequence.Of(branch.Nodes)))]);

    private static ForNode For(Frame frame)
    {
        WordNode? Part(TagKind kind) => frame.Branches.Skip(1).Where(branch => branch.Tag.Kind == kind).Select(branch => Sequence.Of(branch.Nodes)).FirstOrDefault();
        return new ForNode(frame.Tag!, Sequence.Of(frame.Branches[0].Nodes), Part(TagKind.Between), Part(TagKind.Empty), [.. frame.Bookmarks], [.. frame.Merges]);
    }

    private void Flush()
    {
        if (_bytes.Length == 0)
            return;
        _nodes.Add(new Literal(_bytes.Written.ToArray()));
        _bytes.Truncate(0);
    }

    private sealed class Frame(Tag? tag, List<WordNode> outer)
    {
        public Tag? Tag { get; } = tag;

        public List<WordNode> Outer { get; } = outer;

        public List<(Tag Tag, List<WordNode> Nodes)> Branches { get; } = [];

        public List<int> Bookmarks { get; } = [];

        public List<int> Merges { get; } = [];
    }
}
