using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>One turn of a loop over rows: which rows of the template it copies and which rows came of it.</summary>
internal sealed class Turn(Turn? outer, RowBlock block)
{
    private Dictionary<int, (int First, int Last)>? _rows;

    public Turn? Outer => outer;

    public RowBlock Block => block;

    /// <summary>Range in the list of rows.</summary>
    public int Start { get; set; }

    public int End { get; set; } = int.MaxValue;

    public bool Holds(int templateRow) => templateRow >= block.FirstRow && templateRow <= block.LastRow;

    /// <summary>First and last row that came of a template row; (0, 0) when none.</summary>
    public (int First, int Last) Of(int templateRow, IReadOnlyList<LaidRow> rows)
    {
        if (_rows is null)
        {
            _rows = [];
            for (var i = Start; i < Math.Min(End, rows.Count); i++)
            {
                Add(rows[i].Row.Index, rows[i].Number);
                for (var row = rows[i].StandsFor?.FirstRow ?? 0; row > 0 && row <= rows[i].StandsFor!.LastRow; row++)
                    Add(row, rows[i].Number);
            }
        }

        return _rows.GetValueOrDefault(templateRow);

        void Add(int row, int number) => _rows[row] = _rows.TryGetValue(row, out var place) ? (place.First, number) : (number, number);
    }
}

/// <summary>A row that will be written.</summary>
/// <param name="Row">The row of the template.</param>
/// <param name="Number">1-based row of the finished sheet.</param>
/// <param name="Scope">Names it sees.</param>
/// <param name="Turn">The innermost turn of a loop it belongs to.</param>
/// <param name="IsBlank">Whether it is left of an empty list.</param>
/// <param name="StandsFor">The block of an empty list whose rows references find here.</param>
internal readonly record struct LaidRow(RowTemplate Row, int Number, TemplateScope.Entry[] Scope, Turn? Turn, bool IsBlank, RowBlock? StandsFor);

/// <summary>A column that will be written: which of the template and, in a loop, which item.</summary>
internal readonly record struct LaidColumn(int Template, Tag? Tag, Value Item, LoopCounter? Loop);
