using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Reads the tags of a part and decides what each section takes with it (section 2 of the language).</summary>
internal sealed class WordPlan
{
    private readonly XmlTree _tree;
    private readonly TagParser _parser;
    private readonly ProblemList _problems;
    private readonly WordPlaces _places;

    public WordPlan(XmlTree tree, string part, TagParser parser, ProblemList problems)
    {
        _tree = tree;
        _places = new WordPlaces(tree, part);
        _parser = parser;
        _problems = problems;
        Hot = new bool[tree.Count];
        ReadParagraphs();
        Sections = SectionPairing.Pair(Paragraphs.Values.Where(paragraph => !IsFallback(paragraph.Node)).SelectMany(paragraph => paragraph.Tags), problems);
        foreach (var (tag, section) in SectionPairing.Pair(Paragraphs.Values.Where(paragraph => IsFallback(paragraph.Node)).SelectMany(paragraph => paragraph.Tags), new ProblemList()))
            Sections[tag] = section;
        new SectionPlacement(tree, Paragraphs, Rows, problems).Place(Sections);
        PlaceReaches();
    }

    /// <summary>Paragraphs that hold tags, by node, in the order of the document.</summary>
    public Dictionary<int, ParagraphInfo> Paragraphs { get; } = [];

    public Dictionary<int, RowPlan> Rows { get; } = [];

    /// <summary><c>table if</c> and the like, by table.</summary>
    public Dictionary<int, List<Tag>> Tables { get; } = [];

    /// <summary><c>col for</c> and <c>col if</c>, by table: the cell they stand in and the tag.</summary>
    public Dictionary<int, List<(int Cell, Tag Tag)>> Columns { get; } = [];

    public Dictionary<Tag, Section> Sections { get; }

    /// <summary>Nodes that hold something to be filled somewhere within; all others are copied as they are.</summary>
    public bool[] Hot { get; }

    public TagPlace PlaceOf(int node, string? text) => _places.Of(node, text);

    public TagPlace PlaceWithin(int node, string? text, string? what = null) => _places.Within(node, text, what);

    public IEnumerable<Tag> Tags => Paragraphs.Values.SelectMany(paragraph => paragraph.Tags);

    public bool HasLoops => Tags.Any(tag => tag.Kind == TagKind.For);

    /// <summary>The text of a paragraph as tags are read from it.</summary>
    public bool TryTextOf(int paragraph, out string text)
    {
        if (Paragraphs.TryGetValue(paragraph, out var info))
        {
            text = info.Text;
            return true;
        }

        (text, _) = ParagraphReader.Read(_tree, paragraph);
        return text.Contains("{{", StringComparison.Ordinal);
    }

    public void Heat(int node)
    {
        while (node != XmlTree.None && !Hot[node])
        {
            Hot[node] = true;
            node = _tree.Parent(node);
        }
    }

    private void ReadParagraphs()
    {
        for (var node = 0; node < _tree.Count; node++)
        {
            if (_tree.Name(node) == N.w_p && _tree[node].Kind == XmlKind.Element && _tree.Span(node).Contains((byte)'{'))
                ReadParagraph(node);
        }
    }

    private void ReadParagraph(int node)
    {
        var (words, atoms) = ParagraphReader.Read(_tree, node);
        var spans = TagReader.Find(words);
        if (spans.Count == 0)
            return;
        var place = _places.Of(node, words);
        var tags = _parser.Parse(words, spans, place);
        Heat(node);
        var container = _places.Container(node);
        var row = _tree.Ancestor(node, static name => name is N.w_tr or N.w_txbxContent);
        if (row != XmlTree.None && _tree.Name(row) != N.w_tr)
            row = XmlTree.None;
        Paragraphs[node] = new ParagraphInfo
        {
            Node = node,
            Container = container,
            Row = row,
            Table = row == XmlTree.None ? XmlTree.None : _tree.Ancestor(row, static name => name == N.w_tbl),
            Text = words,
            Atoms = atoms,
            Tags = tags,
            Section = _tree.Child(node, N.w_pPr) is var properties and not XmlTree.None ? _tree.Child(properties, N.w_sectPr) : XmlTree.None,
        };
    }

    private void PlaceReaches()
    {
        foreach (var paragraph in Paragraphs.Values)
        {
            foreach (var tag in paragraph.Tags)
            {
                switch (tag.Reach)
                {
                    case TagReach.Row when paragraph.Row == XmlTree.None:
                    case TagReach.Column when paragraph.Row == XmlTree.None:
                    case TagReach.Table when paragraph.Row == XmlTree.None:
                        _problems.Add(tag.Place.Problem("T004", tag.Source, $"{tag.Source} rules a {tag.Reach.ToString().ToLowerInvariant()} of a table, but it does not stand in a table. Move it into a cell, or use #para or #for … /for."));
                        break;
                    case TagReach.Row:
                        RowPlan.Of(Rows, paragraph.Row).Around.Add(tag);
                        break;
                    case TagReach.Table:
                        (Tables.TryGetValue(paragraph.Table, out var tables) ? tables : Tables[paragraph.Table] = []).Add(tag);
                        break;
                    case TagReach.Column:
                        (Columns.TryGetValue(paragraph.Table, out var columns) ? columns : Columns[paragraph.Table] = []).Add((_tree.Ancestor(paragraph.Node, static name => name == N.w_tc), tag));
                        break;
                    case TagReach.Sheet:
                        _problems.Add(tag.Place.Problem("T011", tag.Source, "#sheet is for Excel workbooks. In Word use #for … /for."));
                        break;
                    default:
                        break;
                }
            }
        }
    }

    /// <summary>The old form of a drawing says the same as the new one; its sections are paired, and reported, by themselves.</summary>
    private bool IsFallback(int node) => _tree.Ancestor(node, static name => name == N.mc_Fallback) != XmlTree.None;
}
