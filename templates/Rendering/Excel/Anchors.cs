using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>Where something tied to a cell of the template comes to stand: once for every copy of the cell.</summary>
/// <param name="Row">1-based row.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Laid">The row of the loop it stands in, or null outside of loops.</param>
internal readonly record struct AnchoredCell(int Row, int Column, LaidRow? Laid)
{
    public static IEnumerable<AnchoredCell> Of(SheetLayout layout, int column, int row)
    {
        foreach (var (number, laid) in Rows(layout, row))
        {
            foreach (var copy in layout.CopiesOfColumn(column))
            {
                if (copy > 0)
                    yield return new AnchoredCell(number, copy, laid);
            }
        }
    }

    /// <summary>Puts the names of the copy into the scope.</summary>
    public void Enter(LaidSheet sheet, Evaluator values)
    {
        values.Scope.Restore(Laid?.Scope ?? sheet.Scope);
        sheet.Layout.EnterColumn(values, Column);
    }

    private static IEnumerable<(int Number, LaidRow? Laid)> Rows(SheetLayout layout, int row)
    {
        var copies = layout.CopiesOfRow(row);
        if (layout.IsStoodFor(row))
            yield break;
        if (copies.Count == 0)
        {
            var moved = layout.FirstRow(row);
            if (moved > 0)
                yield return (moved, null);
            yield break;
        }

        foreach (var copy in copies)
        {
            // The blank row an empty list leaves has no item to fill anything with.
            if (!layout.Rows[copy].IsBlank)
                yield return (layout.Rows[copy].Number, layout.Rows[copy]);
        }
    }
}
