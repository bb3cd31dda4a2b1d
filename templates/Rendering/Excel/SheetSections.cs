using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Excel;

/// <summary>What the sections of a sheet do with its rows and columns.</summary>
internal sealed class SheetSections
{
    private readonly IReadOnlyList<RowTemplate> _rows;
    private readonly ProblemList _problems;
    private readonly Dictionary<Tag, (RowTemplate Row, CellTemplate Cell)> _owners = [];
    private readonly Dictionary<Tag, Section> _sections;

    public SheetSections(IReadOnlyList<RowTemplate> rows, ProblemList problems)
    {
        _rows = rows;
        _problems = problems;
        foreach (var row in rows)
        {
            foreach (var cell in row.Cells)
            {
                foreach (var tag in cell.Tags)
                    _owners[tag] = (row, cell);
            }
        }

        _sections = SectionPairing.Pair(_owners.Keys, problems);
        foreach (var section in _sections.Values.Distinct())
            Lift(section);
        foreach (var (tag, (row, cell)) in _owners)
            Place(tag, row, cell);
        foreach (var row in rows)
        {
            Hoist(row);
            row.Vanishes = Vanishes(row);
            if (!row.Vanishes)
                Overlaps(row);
            foreach (var cell in row.Cells)
                cell.Whole = WholeOf(cell);
        }

        Items = new RowNesting(rows, _sections, Lifted, _owners).Items;
    }

    /// <summary>Rows as sections nest them.</summary>
    public List<RowItem> Items { get; }

    /// <summary>Tags that rule rows and print nothing in their cell.</summary>
    public HashSet<Tag> Lifted { get; } = [];

    public SortedDictionary<int, Tag> ColumnTags { get; } = [];

    /// <summary><c>sheet for</c> and <c>sheet if</c>.</summary>
    public List<Tag> SheetTags { get; } = [];

    private static IEnumerable<Tag> Parts(Section section) => [section.Open, .. section.Branches, section.Close!];

    /// <summary>A section that begins and ends in different cells rules rows.</summary>
    private void Lift(Section section)
    {
        if (section.Close is null || Parts(section).All(part => _owners[part].Cell == _owners[section.Open].Cell))
            return;
        Lifted.UnionWith(Parts(section));
        if (section.Branches.Count > 0 && Parts(section).All(part => _owners[part].Row == _owners[section.Open].Row))
        {
            _problems.Add(section.Open.Place.Problem("T004", section.Open.Source,
                $"This {section.Open.Word} runs over several cells of one row and has {section.Branches[0].Word} inside. Write it whole in one cell, or give each part rows of its own."));
        }
    }

    private void Place(Tag tag, RowTemplate row, CellTemplate cell)
    {
        switch (tag.Reach)
        {
            case TagReach.Row:
                row.Around.Add(tag);
                break;
            case TagReach.Column:
                if (!ColumnTags.TryAdd(cell.Column, tag))
                    _problems.Add(tag.Place.Problem("T011", tag.Source, $"Column {CellRef.Column(cell.Column)} is ruled by {ColumnTags[cell.Column].Source} already."));
                break;
            case TagReach.Sheet:
                SheetTags.Add(tag);
                break;
            case TagReach.Table or TagReach.Paragraph:
                _problems.Add(tag.Place.Problem("T011", tag.Source, "In Excel there are #row, #col and #sheet; #para and #table are for Word."));
                break;
            default:
                if (tag.Kind == TagKind.Include)
                    _problems.Add(tag.Place.Problem("T011", tag.Source, "In Excel there is no #include; it is for Word. Copy the rows into this workbook, or make a document of their own of them."));
                break;
        }
    }

    /// <summary>Named values and breaks hold for the whole row; those inside of a section of one cell, or of a repeated column, stay in their cell.</summary>
    private void Hoist(RowTemplate row)
    {
        foreach (var cell in row.Cells)
        {
            var depth = 0;
            foreach (var tag in cell.Tags)
            {
                if (tag.OpensSection && !Lifted.Contains(tag))
                    depth++;
                else if (tag.Kind == TagKind.Close && !Lifted.Contains(tag))
                    depth--;
                else if (tag.Kind == TagKind.Let && depth == 0 && !ColumnTags.ContainsKey(cell.Column))
                    row.Lets.Add(tag);
                else if (tag.Kind is TagKind.PageBreak or TagKind.ColumnBreak)
                    row.Breaks.Add((tag, cell.Column));
                if (tag.Kind is TagKind.PageBreak or TagKind.ColumnBreak && depth > 0)
                    _problems.Add(tag.Place.Problem("T011", tag.Source, "A break cannot stand inside a section of one cell. Write {{#pagebreak if condition}}."));
            }
        }
    }

    /// <summary>A row goes when only tags stand in it that print nothing.</summary>
    private bool Vanishes(RowTemplate row)
    {
        if (row.Around.Count > 0 || row.Cells.TrueForAll(cell => cell.Tags.Count == 0))
            return false;
        foreach (var cell in row.Cells)
        {
            if (cell.Kind == CellKind.Formula || (cell.Kind == CellKind.Plain && !cell.IsBlank) || (cell.Kind == CellKind.Filled && !IsSilent(cell)))
                return false;
        }

        var lifted = row.Cells.SelectMany(cell => cell.Tags).Where(Lifted.Contains).Select(tag => _sections[tag]).ToList();
        return lifted.Count == 0 || lifted.Exists(section => IsTall(section));
    }

    private bool IsTall(Section section) => Parts(section).Any(part => _owners[part].Row != _owners[section.Open].Row);

    private bool IsSilent(CellTemplate cell)
    {
        var at = 0;
        foreach (var tag in cell.Tags)
        {
            var prints = !tag.IsStructural || (tag.Reach == TagReach.Between && (tag.OpensSection || tag.IsBranch || tag.Kind == TagKind.Close) && !Lifted.Contains(tag));
            if (prints || !cell.Text.AsSpan(at, tag.Start - at).IsWhiteSpace())
                return false;
            at = tag.End;
        }

        return cell.Text.AsSpan(at).IsWhiteSpace();
    }

    /// <summary>A row with words in it can belong to two sections only when one lies in the other.</summary>
    private void Overlaps(RowTemplate row)
    {
        var tags = row.Cells.SelectMany(cell => cell.Tags).Where(Lifted.Contains).ToList();
        var ends = tags.Find(tag => tag.Kind == TagKind.Close && _owners[_sections[tag].Open].Row != row);
        var begins = tags.Find(tag => tag.OpensSection && _owners[_sections[tag].Close!].Row != row);
        if (ends is null || begins is null)
            return;
        _problems.Add(begins.Place.Problem("T004", begins.Source,
            $"Row {row.Index} ends {_sections[ends].Open.Source} and begins {begins.Source}: its words would belong to both. Put {ends.Source} into a row of its own."));
    }

    private Tag? WholeOf(CellTemplate cell)
    {
        Tag? whole = null;
        var at = 0;
        foreach (var tag in cell.Tags)
        {
            if (!cell.Text.AsSpan(at, tag.Start - at).IsWhiteSpace())
                return null;
            at = tag.End;
            var isSilent = tag.Reach != TagReach.Between || Lifted.Contains(tag) || tag.Kind is TagKind.Let or TagKind.Comment or TagKind.PageBreak or TagKind.ColumnBreak;
            if (isSilent)
                continue;
            if (tag.Kind != TagKind.Value || whole is not null)
                return null;
            whole = tag;
        }

        return cell.Text.AsSpan(at).IsWhiteSpace() ? whole : null;
    }
}
