using System.Text;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Reads the tags of a part and decides what each section takes with it (section 2 of the language).</summary>
internal sealed class WordPlan
{
    private readonly XmlTree _tree;
    private readonly string _part;
    private readonly TagParser _parser;
    private readonly ProblemList _problems;
    private readonly Dictionary<int, (int Table, int Row, int Cell)> _cells = [];
    private readonly Dictionary<int, int> _paragraphNumbers = [];
    private readonly Dictionary<int, string> _storyWords = [];
    private readonly Dictionary<int, int> _notes = [];

    public WordPlan(XmlTree tree, string part, TagParser parser, ProblemList problems)
    {
        _tree = tree;
        _part = part;
        _parser = parser;
        _problems = problems;
        Hot = new bool[tree.Count];
        ReadParagraphs();
        Sections = SectionPairing.Pair(Paragraphs.Values.Where(paragraph => !IsFallback(paragraph.Node)).SelectMany(paragraph => paragraph.Tags), problems);
        foreach (var (tag, section) in SectionPairing.Pair(Paragraphs.Values.Where(paragraph => IsFallback(paragraph.Node)).SelectMany(paragraph => paragraph.Tags), new ProblemList()))
            Sections[tag] = section;
        PlaceSections();
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

        var words = new StringBuilder();
        Collect(paragraph, XmlTree.None, [], words);
        text = words.ToString();
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

    /// <summary>The place of something that belongs to a paragraph but is no text of it.</summary>
    public TagPlace PlaceWithin(int node, string? text, string? what = null)
    {
        var paragraph = Ancestor(node, static name => name is N.w_p or N.w_body or N.w_tc);
        var place = PlaceOf(paragraph != XmlTree.None && _tree.Name(paragraph) == N.w_p ? paragraph : node, text);
        return place with { Words = what is null ? place.Words : $"{place.Words}, {what}", Order = node };
    }

    public TagPlace PlaceOf(int node, string? text)
    {
        var cell = Ancestor(node, static name => name is N.w_tc or N.w_txbxContent);
        var words = StoryWords(node);
        var place = new TagPlace { Part = _part, Text = text, Order = node };
        if (cell != XmlTree.None && _tree.Name(cell) == N.w_tc)
        {
            var (table, row, column) = CellNumbers(cell);
            var within = ParagraphNumber(node, cell);
            return place with
            {
                Words = Join(words, $"table {table}, row {row}, cell {column}" + (within > 1 ? $", paragraph {within}" : "")),
                Table = table,
                Row = row,
                Cell = column.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }

        return place with { Words = Join(words, $"paragraph {ParagraphNumber(node, Container(node))}") };
    }

    private static string Join(string story, string place) => story.Length == 0 ? place : story + ", " + place;

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
        var atoms = new List<Atom>();
        var text = new StringBuilder();
        Collect(node, XmlTree.None, atoms, text);
        var words = text.ToString();
        var spans = TagReader.Find(words);
        if (spans.Count == 0)
            return;
        var place = PlaceOf(node, words);
        var tags = _parser.Parse(words, spans, place);
        Heat(node);
        var container = Container(node);
        var row = Ancestor(node, static name => name is N.w_tr or N.w_txbxContent);
        if (row != XmlTree.None && _tree.Name(row) != N.w_tr)
            row = XmlTree.None;
        Paragraphs[node] = new ParagraphInfo
        {
            Node = node,
            Container = container,
            Row = row,
            Table = row == XmlTree.None ? XmlTree.None : Ancestor(row, static name => name == N.w_tbl),
            Text = words,
            Atoms = atoms,
            Tags = tags,
        };
    }

    private void Collect(int parent, int run, List<Atom> atoms, StringBuilder text)
    {
        for (var node = _tree.First(parent); node != XmlTree.None; node = _tree.Next(node))
        {
            if (_tree[node].Kind != XmlKind.Element)
                continue;
            switch (_tree.Name(node))
            {
                case N.w_pPr or N.w_rPr or N.w_proofErr or N.w_lastRenderedPageBreak or N.w_sdtPr or N.w_sdtEndPr:
                    break;
                case N.w_r:
                    Collect(node, node, atoms, text);
                    break;
                case N.w_t when run != XmlTree.None:
                    AddText(node, run, _tree.Text(node), atoms, text);
                    break;
                case N.w_tab when run != XmlTree.None:
                    AddText(node, run, "\t", atoms, text);
                    break;
                case N.w_br or N.w_cr when run != XmlTree.None && _tree.Attribute(node, "w:type"u8) is null or "textWrapping":
                    AddText(node, run, "\n", atoms, text);
                    break;
                case N.w_noBreakHyphen when run != XmlTree.None:
                    AddText(node, run, "-", atoms, text);
                    break;
                case N.w_softHyphen when run != XmlTree.None:
                    AddText(node, run, "\u00AD", atoms, text);
                    break;
                default:
                    if (run != XmlTree.None)
                    {
                        atoms.Add(new Atom(AtomKind.InRun, node, run, text.Length, 0));
                    }
                    else if (IsContainer(_tree.Name(node)) && !IsBoundControl(node))
                    {
                        atoms.Add(new Atom(AtomKind.ContainerStart, node, run, text.Length, 0));
                        Collect(node, run, atoms, text);
                        atoms.Add(new Atom(AtomKind.ContainerEnd, node, run, text.Length, 0));
                    }
                    else
                    {
                        atoms.Add(new Atom(AtomKind.Between, node, run, text.Length, 0));
                    }

                    break;
            }
        }
    }

    private static void AddText(int node, int run, string part, List<Atom> atoms, StringBuilder text)
    {
        atoms.Add(new Atom(AtomKind.Text, node, run, text.Length, part.Length));
        text.Append(part);
    }

    /// <summary>A control with a Tag of its own is filled as a whole, unless tags stand in its text.</summary>
    private bool IsBoundControl(int node) => _tree.Name(node) == N.w_sdt && _tree.Child(node, N.w_sdtPr) is var properties and not XmlTree.None
        && _tree.Child(properties, N.w_tag) != XmlTree.None && !_tree.Text(node).Contains("{{", StringComparison.Ordinal);

    private static bool IsContainer(N name) => name is N.w_hyperlink or N.w_smartTag or N.w_customXml or N.w_fldSimple or N.w_sdt or N.w_sdtContent or N.w_dir or N.w_bdo or N.w_ins or N.w_moveTo;

    private void PlaceSections()
    {
        var owner = new Dictionary<Tag, ParagraphInfo>();
        foreach (var paragraph in Paragraphs.Values)
        {
            foreach (var tag in paragraph.Tags)
                owner[tag] = paragraph;
        }

        foreach (var section in Sections.Values.Distinct())
        {
            if (section.Close is null)
                continue;
            List<Tag> parts = [section.Open, .. section.Branches, section.Close];
            var homes = parts.ConvertAll(part => owner[part]);
            if (homes.TrueForAll(home => home == homes[0]))
                continue;
            if (homes.TrueForAll(home => home.Container == homes[0].Container))
                PlaceBlocks(parts, homes);
            else if (homes[0].Table != XmlTree.None && homes.TrueForAll(home => home.Table == homes[0].Table && CellIsDirect(home)))
                PlaceRows(parts, homes);
            else
                _problems.Add(section.Open.Place.Problem("T004", section.Open.Source, $"This {section.Open.Word} begins here but is closed in another cell or table ({homes[^1].Tags[0].Place.Words}). Open and close it in the same cell, in the same row or in rows of the same table."));
        }

        foreach (var paragraph in Paragraphs.Values)
            Settle(paragraph);
    }

    /// <summary>Sections over several paragraphs: the tags are lifted out where nothing else stands beside them.</summary>
    private static void PlaceBlocks(List<Tag> parts, List<ParagraphInfo> homes)
    {
        var clean = true;
        var bare = false;
        for (var i = 0; i < parts.Count; i++)
        {
            clean &= IsFree(homes[i], parts[i], before: true) || IsFree(homes[i], parts[i], before: false);
            bare |= homes[i].IsTagsOnly();
        }

        for (var i = 0; i < parts.Count; i++)
        {
            var (part, home) = (parts[i], homes[i]);
            var before = IsFree(home, part, before: true);
            if ((clean || bare) && (before || IsFree(home, part, before: false)))
                (before ? home.Before : home.After).Add(part);
            else
                home.Cuts[part] = clean || bare;
        }
    }

    private void PlaceRows(List<Tag> parts, List<ParagraphInfo> homes)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var plan = RowPlanOf(homes[i].Row);
            (i == parts.Count - 1 ? plan.After : plan.Before).Add(parts[i]);
            homes[i].Lifted.Add(parts[i]);
        }

        foreach (var row in homes.Select(home => home.Row).Distinct())
        {
            var plan = RowPlanOf(row);
            plan.Vanishes |= homes.Select(home => home.Row).Distinct().Count() > 1 && RowIsTagsOnly(row);
        }
    }

    private bool RowIsTagsOnly(int row)
    {
        foreach (var paragraph in _tree.Descendants(row, N.w_p))
        {
            if (Paragraphs.TryGetValue(paragraph, out var info))
            {
                if (!info.IsTagsOnly())
                    return false;
            }
            else if (_tree.Text(paragraph).Length > 0 || _tree.Has(paragraph, N.w_drawing) || _tree.Has(paragraph, N.w_pict))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether only spaces and structural tags stand on that side of the tag.</summary>
    private static bool IsFree(ParagraphInfo home, Tag tag, bool before)
    {
        var (from, to) = before ? (0, tag.Start) : (tag.End, home.Text.Length);
        var at = from;
        foreach (var other in home.Tags)
        {
            if (other.Start < from || other.End > to)
                continue;
            if (!other.IsStructural || other.Kind is TagKind.PageBreak or TagKind.ColumnBreak || !home.Text.AsSpan(at, other.Start - at).IsWhiteSpace())
                return false;
            at = other.End;
        }

        return home.Text.AsSpan(at, to - at).IsWhiteSpace()
            && !home.Atoms.Exists(atom => atom.Kind == AtomKind.InRun && (before ? atom.Start < tag.Start : atom.Start > tag.End - 1));
    }

    /// <summary>Decides what remains of the paragraph itself.</summary>
    private void Settle(ParagraphInfo paragraph)
    {
        foreach (var tag in paragraph.Before.Concat(paragraph.After))
            paragraph.Lifted.Add(tag);
        paragraph.Before.Sort((a, b) => a.Start.CompareTo(b.Start));
        paragraph.After.Sort((a, b) => a.Start.CompareTo(b.Start));
        var keepsSection = _tree.Child(paragraph.Node, N.w_pPr) is var properties and not XmlTree.None && _tree.Child(properties, N.w_sectPr) != XmlTree.None;
        if (keepsSection)
            return;
        if (paragraph.IsTagsOnly() && paragraph.Tags.TrueForAll(tag => paragraph.Lifted.Contains(tag) || tag.Kind is TagKind.Let or TagKind.Comment))
        {
            paragraph.Vanishes = true;
            return;
        }

        paragraph.Removable = paragraph.Cuts.Count == 0 && OutsideIsEmpty(paragraph);
    }

    /// <summary>Whether outside of inline sections there are only structural tags and spaces.</summary>
    private static bool OutsideIsEmpty(ParagraphInfo paragraph)
    {
        var depth = 0;
        var at = 0;
        var other = paragraph.Atoms.Where(atom => atom.Kind == AtomKind.InRun).Select(atom => atom.Start).ToList();
        foreach (var tag in paragraph.Tags)
        {
            if (depth == 0 && (!paragraph.Text.AsSpan(at, tag.Start - at).IsWhiteSpace() || other.Exists(start => start >= at && start <= tag.Start)))
                return false;
            if (paragraph.Lifted.Contains(tag))
            {
                at = tag.End;
                continue;
            }

            if (tag.OpensSection)
                depth++;
            else if (tag.Kind == TagKind.Close)
                depth--;
            else if (depth == 0 && !tag.IsStructural)
                return false;
            at = tag.End;
        }

        return paragraph.Text.AsSpan(at).IsWhiteSpace() && !other.Exists(start => start >= at);
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
                        RowPlanOf(paragraph.Row).Around.Add(tag);
                        break;
                    case TagReach.Table:
                        (Tables.TryGetValue(paragraph.Table, out var tables) ? tables : Tables[paragraph.Table] = []).Add(tag);
                        break;
                    case TagReach.Column:
                        (Columns.TryGetValue(paragraph.Table, out var columns) ? columns : Columns[paragraph.Table] = []).Add((Ancestor(paragraph.Node, static name => name == N.w_tc), tag));
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

    private RowPlan RowPlanOf(int row) => Rows.TryGetValue(row, out var plan) ? plan : Rows[row] = new RowPlan();

    /// <summary>The old form of a drawing says the same as the new one; its sections are paired, and reported, by themselves.</summary>
    private bool IsFallback(int node) => Ancestor(node, static name => name == N.mc_Fallback) != XmlTree.None;

    private bool CellIsDirect(ParagraphInfo home) => home.Row != XmlTree.None && _tree.Name(home.Container) == N.w_tc;

    private int Container(int node) => Ancestor(node, static name => name is N.w_body or N.w_tc or N.w_txbxContent or N.w_hdr or N.w_ftr or N.w_footnote or N.w_endnote or N.w_sdtContent or N.w_customXml);

    private int Ancestor(int node, Func<N, bool> wanted)
    {
        for (node = _tree.Parent(node); node != XmlTree.None; node = _tree.Parent(node))
        {
            if (wanted(_tree.Name(node)))
                return node;
        }

        return XmlTree.None;
    }

    private string StoryWords(int node)
    {
        var box = Ancestor(node, static name => name == N.w_txbxContent);
        var story = Path.GetFileName(_part);
        var words = story.StartsWith("header", StringComparison.OrdinalIgnoreCase) ? "page header"
            : story.StartsWith("footer", StringComparison.OrdinalIgnoreCase) ? "page footer"
            : story.StartsWith("footnotes", StringComparison.OrdinalIgnoreCase) ? "footnote" + NoteNumber(node)
            : story.StartsWith("endnotes", StringComparison.OrdinalIgnoreCase) ? "endnote" + NoteNumber(node) : "";
        if (box == XmlTree.None)
            return words;
        if (!_storyWords.TryGetValue(box, out var boxWords))
        {
            var number = 0;
            foreach (var other in _tree.Descendants(_tree.Root, N.w_txbxContent))
            {
                var isFallback = Ancestor(other, static name => name == N.mc_Fallback) != XmlTree.None;
                number += isFallback ? 0 : 1;
                _storyWords[other] = $"text box {Math.Max(1, number)}";
            }

            boxWords = _storyWords[box];
        }

        return Join(words, boxWords);
    }

    /// <summary>The note's number with a space before it, counted as Word counts: separators are no notes.</summary>
    private string NoteNumber(int node)
    {
        if (_notes.Count == 0)
        {
            foreach (var note in _tree.Children(_tree.Root).Where(note => _tree.Name(note) is N.w_footnote or N.w_endnote && _tree.Attribute(note, "w:type"u8) is null or "normal"))
                _notes[note] = _notes.Count + 1;
        }

        var own = Ancestor(node, static name => name is N.w_footnote or N.w_endnote);
        return _notes.TryGetValue(own, out var number) ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" {number}") : "";
    }

    private int ParagraphNumber(int node, int container)
    {
        if (_paragraphNumbers.TryGetValue(node, out var known))
            return known;
        var number = 0;
        if (container != XmlTree.None)
        {
            foreach (var child in _tree.Children(container))
            {
                if (_tree.Name(child) == N.w_p)
                    _paragraphNumbers[child] = ++number;
            }
        }

        return _paragraphNumbers.GetValueOrDefault(node, Math.Max(1, number));
    }

    private (int Table, int Row, int Cell) CellNumbers(int cell)
    {
        if (_cells.Count == 0)
        {
            var table = 0;
            foreach (var node in _tree.Descendants(_tree.Root, N.w_tbl))
            {
                table++;
                var row = 0;
                foreach (var tr in _tree.Children(node).Where(child => _tree.Name(child) == N.w_tr))
                {
                    row++;
                    var column = 0;
                    foreach (var tc in _tree.Children(tr).Where(child => _tree.Name(child) == N.w_tc))
                        _cells[tc] = (table, row, ++column);
                }
            }
        }

        return _cells.GetValueOrDefault(cell, (1, 1, 1));
    }
}
