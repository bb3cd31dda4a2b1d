using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Excel;

/// <summary>Nests the rows of a sheet as its sections say.</summary>
internal sealed class RowNesting
{
    private readonly Stack<(RowBlock Block, List<RowItem> Outer)> _open = new();
    private readonly Dictionary<Tag, Section> _sections;
    private readonly HashSet<Tag> _lifted;
    private readonly Dictionary<Tag, (RowTemplate Row, CellTemplate Cell)> _owners;
    private List<RowItem> _items;

    public RowNesting(IReadOnlyList<RowTemplate> rows, Dictionary<Tag, Section> sections, HashSet<Tag> lifted, Dictionary<Tag, (RowTemplate Row, CellTemplate Cell)> owners)
    {
        (_sections, _lifted, _owners) = (sections, lifted, owners);
        _items = Items;
        var last = 0;
        foreach (var row in rows)
        {
            if (row.Index - last > 1)
                _items.Add(new RowGap(row.Index - last - 1));
            last = row.Index;
            var tags = row.Cells.SelectMany(cell => cell.Tags).Where(lifted.Contains).ToList();
            if (row.Vanishes)
                OfTagsOnly(row);
            else
                WithWords(row, tags);
            foreach (var (block, _) in _open)
                block.LastRow = row.Index;
        }

        while (_open.Count > 0)
            Close(last);
    }

    public List<RowItem> Items { get; } = [];

    /// <summary>The tags of a row that goes count in the order they stand.</summary>
    private void OfTagsOnly(RowTemplate row)
    {
        var isLaid = false;
        foreach (var tag in row.Cells.SelectMany(cell => cell.Tags))
        {
            if (_lifted.Contains(tag))
            {
                if (tag.Kind == TagKind.Close)
                    Close(row.Index);
                else
                    Open(tag, row.Index);
            }
            else if (!isLaid && tag.Kind is TagKind.Let or TagKind.PageBreak or TagKind.ColumnBreak)
            {
                _items.Add(new RowLeaf(row));
                isLaid = true;
            }
        }
    }

    /// <summary>Sections of several rows lie around what rules the row, that around sections of its cells.</summary>
    private void WithWords(RowTemplate row, List<Tag> tags)
    {
        foreach (var tag in tags.Where(tag => tag.Kind != TagKind.Close && !IsOfOneRow(tag)))
            Open(tag, row.Index);
        foreach (var tag in row.Around)
            Open(tag, row.Index);
        foreach (var tag in tags.Where(tag => tag.OpensSection && IsOfOneRow(tag)))
            Open(tag, row.Index);
        _items.Add(new RowLeaf(row));
        for (var i = row.Around.Count + tags.Count(tag => tag.Kind == TagKind.Close); i > 0 && _open.Count > 0; i--)
            Close(row.Index);
    }

    private bool IsOfOneRow(Tag tag) => _owners[_sections[tag].Open].Row == _owners[_sections[tag].Close!].Row;

    private void Open(Tag tag, int row)
    {
        var inner = new List<RowItem>();
        if (!tag.IsBranch)
        {
            var block = new RowBlock(tag, [(tag, inner)]) { FirstRow = row, LastRow = row };
            _open.Push((block, _items));
        }
        else if (_open.TryPeek(out var top))
        {
            top.Block.Branches.Add((tag, inner));
        }

        _items = inner;
    }

    private void Close(int row)
    {
        if (!_open.TryPop(out var top))
            return;
        top.Block.LastRow = row;
        top.Outer.Add(top.Block);
        _items = top.Outer;
    }
}
