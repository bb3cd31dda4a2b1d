using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>Laying the rows: what sections make of them with the data.</summary>
internal sealed partial class SheetLayout
{
    private void Walk(List<RowItem> items, Turn? turn)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case RowGap gap:
                    _next += gap.Count;
                    break;
                case RowLeaf leaf:
                    Lay(leaf.Row, turn);
                    break;
                case RowBlock { Tag.Kind: TagKind.If } block:
                    LayIf(block, turn);
                    break;
                case RowBlock block:
                    LayFor(block, turn);
                    break;
                default:
                    break;
            }
        }
    }

    private void Lay(RowTemplate row, Turn? turn, bool blank = false, RowBlock? standsFor = null)
    {
        foreach (var let in blank ? [] : row.Lets)
        {
            _values.Scope.Push(let.Name!, _values.Evaluate(let));
            _snapshot = null;
        }

        foreach (var (tag, column) in blank ? [] : row.Breaks)
            Break(tag, column);
        if (row.Vanishes)
            return;

        if (row.DropsRow && !blank && row.Cells.Exists(cell => cell.DropsRow && cell.Tags.Exists(tag => tag.Kind == TagKind.Value && _values.Evaluate(tag) is { Kind: ValueKind.Host } value && value.AsHost() is DropContent { Row: true })))
            return;
        if (_next > CellRef.MostRows)
        {
            if (_lastLoop is not null)
                TooLarge(_lastLoop, $"more than {CellRef.MostRows:N0} rows");
            return;
        }

        _rows.Add(new LaidRow(row, _next, _snapshot ??= _values.Scope.Copy(), turn, blank, standsFor));
        Found(row.Index, _next);
        for (var other = standsFor?.FirstRow ?? 0; other > 0 && other <= standsFor!.LastRow; other++)
        {
            if (other != row.Index && Sheet.Mentions(other))
                Found(other, _next);
        }

        _next++;
    }

    private void Found(int templateRow, int number) => _rowOf[templateRow] = _rowOf.TryGetValue(templateRow, out var place) ? (place.First, number) : (number, number);

    /// <summary>Whether nothing came of the row but the row left of its empty list.</summary>
    public bool IsStoodFor(int templateRow) => CopiesOfRow(templateRow).Count == 0 && _rowOf.ContainsKey(templateRow);

    /// <summary>A break before this row, or before the column of its tag; the first row and column need none.</summary>
    private void Break(Tag tag, int column)
    {
        if (tag.Expression is not null && !_values.IsTrue(tag))
            return;
        if (tag.Kind == TagKind.ColumnBreak)
            ColumnBreaks.Add(FirstColumn(column));
        else if (_next > 1)
            PageBreaks.Add(_next);
    }

    /// <summary>A table must keep a row under its header, or Excel takes the workbook for damaged. The outermost block that may take all of them sees to it.</summary>
    private bool Guard(RowBlock block)
    {
        if (_isGuarded || !IsAllOfATable(block))
            return false;
        return _isGuarded = true;
    }

    private bool IsAllOfATable(RowBlock block) => Sheet.Tables.Exists(table => block.FirstRow <= table.FirstData && block.LastRow >= table.LastData && block.FirstRow > table.Top);

    private void LayIf(RowBlock block, Turn? turn)
    {
        var before = _rows.Count;
        var guards = Guard(block);
        LayBranch(block, turn);
        _isGuarded &= !guards;
        if (_rows.Count == before && guards && FirstLeaf(block.Branches[0].Items) is { } first)
            Lay(first, turn, blank: true, block);
    }

    private void LayBranch(RowBlock block, Turn? turn)
    {
        foreach (var (tag, items) in block.Branches)
        {
            if (tag.Kind != TagKind.Else && !_values.IsTrue(tag))
                continue;
            var depth = _values.Scope.Depth;
            Walk(items, turn);
            Release(depth);
            return;
        }
    }

    private void LayFor(RowBlock block, Turn? outer)
    {
        var tag = block.Tag;
        var list = _values.List(tag);
        var body = block.Branches[0].Items;
        var between = block.Branches.Find(branch => branch.Tag.Kind == TagKind.Between).Items;
        var scope = _values.Scope;
        var depth = scope.Depth;
        var guards = Guard(block);
        if (list is null || list.Count == 0)
        {
            if (block.Branches.Find(branch => branch.Tag.Kind == TagKind.Empty).Items is { } empty)
                LayEmpty(block, empty, outer);
            else if ((!tag.Drop || guards) && FirstLeaf(body) is { } first)
                Lay(first, outer, blank: true, block);
            _isGuarded &= !guards;
            Release(depth);
            return;
        }

        var counter = new LoopCounter(list.Count, scope.FindLoop());
        var before = _rows.Count;
        _lastLoop = tag;
        for (var i = 0; i < list.Count && _values.Turn(tag); i++)
        {
            if (_next > CellRef.MostRows)
            {
                TooLarge(tag, $"more than {CellRef.MostRows:N0} rows");
                break;
            }

            scope.PushLoop(counter.At(i));
            scope.Push(tag.Name!, list[i]);
            if (tag.IndexName is not null)
                scope.Push(tag.IndexName, Value.From(i));
            _snapshot = null;
            var turn = new Turn(outer, block) { Start = _rows.Count };
            if (i > 0 && between is not null)
                Walk(between, turn);
            Walk(body, turn);
            turn.End = _rows.Count;
            Release(depth);
        }

        _isGuarded &= !guards;
        if (_rows.Count == before && guards && FirstLeaf(body) is { } kept)
            Lay(kept, outer, blank: true, block);
    }

    /// <summary>What is printed when there is no item; references to the rows of items find its first row.</summary>
    private void LayEmpty(RowBlock block, List<RowItem> items, Turn? outer)
    {
        var before = _rows.Count;
        Walk(items, outer);
        if (_rows.Count == before)
            return;
        var first = _rows[before];
        _rows[before] = first with { StandsFor = block };
        for (var row = block.FirstRow; row <= block.LastRow; row++)
        {
            if (Sheet.Mentions(row) && !_rowOf.ContainsKey(row))
                Found(row, first.Number);
        }
    }

    private void Release(int depth)
    {
        _values.Scope.Release(depth);
        _snapshot = null;
    }

    private void TooLarge(Tag tag, string what) =>
        _values.Problems.Add(tag.Place.Problem("T012", tag.Source, $"The sheet would have {what}, which Excel does not allow. Filter the list, or split the workbook."));

    private static RowTemplate? FirstLeaf(List<RowItem> items)
    {
        foreach (var item in items)
        {
            if (item is RowLeaf { Row.Vanishes: false } leaf)
                return leaf.Row;
            if (item is RowBlock block && block.Branches.Select(branch => FirstLeaf(branch.Items)).FirstOrDefault(row => row is not null) is { } inner)
                return inner;
        }

        return null;
    }
}
