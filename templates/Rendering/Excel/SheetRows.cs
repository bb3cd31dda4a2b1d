using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes the rows of a sheet as they were laid.</summary>
internal sealed class SheetRows(Utf8Buffer to, SheetLayout layout, Evaluator values, CellWriter cells)
{
    public void Write()
    {
        to.Write("<sheetData>"u8);
        TemplateScope.Entry[]? scope = null;
        foreach (var row in layout.Rows)
        {
            if (!ReferenceEquals(scope, row.Scope))
                values.Scope.Restore(scope = row.Scope);
            to.Write("<row r=\""u8);
            to.Write(row.Number);
            to.Write("\""u8);
            to.Write(row.Row.Attributes);
            if (row.Row.Cells.Count == 0)
            {
                to.Write("/>"u8);
                continue;
            }

            to.Write(">"u8);
            if (layout.ColumnsMoved)
            {
                Columns(row);
            }
            else
            {
                foreach (var cell in row.Row.Cells)
                    cells.Write(layout, cell, row, cell.Column);
            }

            to.Write("</row>"u8);
        }

        to.Write("</sheetData>"u8);
        values.Scope.Release(0);
    }

    private void Columns(LaidRow row)
    {
        var byColumn = row.Row.Cells.ToDictionary(cell => cell.Column);
        for (var column = 1; column <= layout.Columns.Count; column++)
        {
            if (!byColumn.TryGetValue(layout.Columns[column - 1].Template, out var cell))
                continue;
            var depth = values.Scope.Depth;
            layout.EnterColumn(values, column);
            cells.Write(layout, cell, row, column);
            values.Scope.Release(depth);
        }
    }
}
