using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>Which rows and columns a sheet will have; made before anything is written, so that formulas know where things went.</summary>
internal sealed partial class SheetLayout
{
    private readonly Dictionary<int, (int First, int Last)> _rowOf = [];
    private readonly Dictionary<int, List<int>> _copies = [];
    private readonly int[] _templateRows;
    private readonly int[] _through;
    private readonly (int First, int Last)[] _columnOf;
    private readonly List<LaidRow> _rows = [];
    private readonly List<LaidColumn> _columns = [];
    private readonly Evaluator _values;
    private int _next = 1;
    private TemplateScope.Entry[]? _snapshot;
    private Tag? _lastLoop;
    private bool _isGuarded;

    public SheetLayout(SheetTemplate sheet, string name, Evaluator values)
    {
        Sheet = sheet;
        ColumnsMoved = sheet.ColumnTags.Count > 0;
        Name = name;
        _values = values;
        _templateRows = [.. sheet.Rows.Select(row => row.Index)];
        _through = new int[_templateRows.Length];
        LayColumns(sheet);
        _columnOf = new (int, int)[sheet.LastColumn + 1];
        for (var i = 0; i < _columns.Count; i++)
        {
            ref var place = ref _columnOf[_columns[i].Template];
            place = (place.First == 0 ? i + 1 : place.First, i + 1);
        }

        Walk(sheet.Items, null);
        var through = 0;
        for (var i = 0; i < _templateRows.Length; i++)
        {
            if (_rowOf.TryGetValue(_templateRows[i], out var place))
                through = Math.Max(through, place.Last);
            else if (i == 0)
                through = Math.Max(0, _templateRows[i] - 1);
            _through[i] = through;
        }
    }

    public SheetTemplate Sheet { get; }

    /// <summary>Name in the finished workbook.</summary>
    public string Name { get; }

    /// <summary>New names of the tables of a copied sheet, or null.</summary>
    public IReadOnlyDictionary<string, string>? Tables { get; init; }

    /// <summary>Rows before which a new page begins.</summary>
    public SortedSet<int> PageBreaks { get; } = [];

    /// <summary>Columns before which a new page begins.</summary>
    public SortedSet<int> ColumnBreaks { get; } = [];

    public IReadOnlyList<LaidRow> Rows => _rows;

    public IReadOnlyList<LaidColumn> Columns => _columns;

    public bool ColumnsMoved { get; }

    /// <summary>Whether every row and column is where the template has it.</summary>
    public bool IsUnmoved => !ColumnsMoved && _rows.Count == Sheet.Rows.Count && _rows.TrueForAll(row => row.Number == row.Row.Index && row.Turn is null);

    public IReadOnlyList<int> CopiesOfRow(int templateRow)
    {
        if (_copies.Count == 0)
        {
            for (var i = 0; i < _rows.Count; i++)
                (_copies.TryGetValue(_rows[i].Row.Index, out var list) ? list : _copies[_rows[i].Row.Index] = []).Add(i);
        }

        return _copies.GetValueOrDefault(templateRow) ?? [];
    }

    public IEnumerable<int> CopiesOfColumn(int templateColumn)
    {
        if (templateColumn > Sheet.LastColumn)
            return [FirstColumn(templateColumn)];
        return Enumerable.Range(1, _columns.Count).Where(column => _columns[column - 1].Template == templateColumn);
    }

    /// <summary>Puts the names of a looped column into the scope.</summary>
    public void EnterColumn(Evaluator values, int column)
    {
        if (column > _columns.Count || _columns[column - 1] is not { Tag: { } tag, Loop: { } loop } laid)
            return;
        values.Scope.PushLoop(new LoopCounter(loop.Count, values.Scope.FindLoop()).At(loop.Index));
        values.Scope.Push(tag.Name!, laid.Item);
        if (tag.IndexName is not null)
            values.Scope.Push(tag.IndexName, Value.From(loop.Index));
    }

    /// <summary>First row that came of a template row; 0 when it was removed.</summary>
    public int FirstRow(int row) => _rowOf.TryGetValue(row, out var place) ? place.First : Moved(row, removed: 0);

    public int LastRow(int row) => _rowOf.TryGetValue(row, out var place) ? place.Last : Moved(row, removed: 0);

    /// <summary>Where a range begins that began in this row: removed rows close up.</summary>
    public int RangeStart(int row) => FirstRow(row) is var first and > 0 ? first : Moved(row, removed: 1);

    public int RangeEnd(int row)
    {
        if (row >= CellRef.MostRows)
            return CellRef.MostRows;
        return Math.Min(CellRef.MostRows, LastRow(row) is var last and > 0 ? last : Moved(row, removed: -1));
    }

    public int FirstColumn(int column) => column <= Sheet.LastColumn ? _columnOf[column].First : column + _columns.Count - Sheet.LastColumn;

    public int LastColumn(int column) => column <= Sheet.LastColumn ? _columnOf[column].Last : column + _columns.Count - Sheet.LastColumn;

    public int RangeStartColumn(int column)
    {
        while (column <= Sheet.LastColumn && FirstColumn(column) == 0)
            column++;
        return FirstColumn(column);
    }

    public int RangeEndColumn(int column)
    {
        while (column > 0 && LastColumn(column) == 0)
            column--;
        return column >= CellRef.MostColumns ? CellRef.MostColumns : column == 0 ? 0 : Math.Min(CellRef.MostColumns, LastColumn(column));
    }

    /// <summary>First and last row that came of a template row within a turn; (0, 0) when none.</summary>
    public (int First, int Last) Within(Turn turn, int templateRow) => turn.Of(templateRow, _rows);

    /// <summary>The last row of the turn that came of the row or of one above it; 0 when none did.</summary>
    public int LastWithin(Turn turn, int row)
    {
        for (var unwritten = 0; row >= turn.Block.FirstRow; row--)
        {
            if (Within(turn, row).Last is var last and > 0)
                return last + unwritten;
            unwritten = Sheet.Mentions(row) ? 0 : unwritten + 1;
        }

        return 0;
    }

    /// <summary>The turns of a loop of which rows came, each with its first row.</summary>
    public IEnumerable<(Turn Turn, LaidRow First)> TurnsOf(RowBlock block)
    {
        Turn? last = null;
        foreach (var row in _rows)
        {
            var turn = row.Turn;
            while (turn is not null && !ReferenceEquals(turn.Block, block))
                turn = turn.Outer;
            if (turn is not null && turn != last)
                yield return (last = turn, row);
        }
    }

    /// <summary>The first row that came of a template row, or null when it has none.</summary>
    public LaidRow? FirstCopy(int templateRow) => CopiesOfRow(templateRow) is [var first, ..] ? _rows[first] : null;

    private int Moved(int row, int removed)
    {
        var at = Array.BinarySearch(_templateRows, row);
        if (at >= 0)
            return removed == 0 ? 0 : removed > 0 ? _through[at] + 1 : _through[at];
        at = ~at - 1;
        return at < 0 ? row : _through[at] + row - _templateRows[at];
    }

    private void LayColumns(SheetTemplate sheet)
    {
        for (var column = 1; column <= sheet.LastColumn; column++)
        {
            if (!sheet.ColumnTags.TryGetValue(column, out var tag))
            {
                _columns.Add(new LaidColumn(column, null, default, null));
                continue;
            }

            if (tag.Kind == TagKind.If)
            {
                if (_values.IsTrue(tag))
                    _columns.Add(new LaidColumn(column, null, default, null));
                continue;
            }

            var list = _values.List(tag);
            var loop = new LoopCounter(list?.Count ?? 0, null);
            for (var i = 0; list is not null && i < list.Count && _values.Turn(tag); i++)
                _columns.Add(new LaidColumn(column, tag, list[i], loop.At(i)));
            if (list is null or { Count: 0 } && !tag.Drop)
                _columns.Add(new LaidColumn(column, tag, Value.Undefined, null));
        }

        if (_columns.Count > CellRef.MostColumns)
            TooLarge(sheet.ColumnTags.Values.First(), $"more than {CellRef.MostColumns:N0} columns");
    }
}
