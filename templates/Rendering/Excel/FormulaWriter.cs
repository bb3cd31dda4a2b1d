using System.Globalization;
using System.Text;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes formulas as if the user had copied the template's rows and columns (section 3 of the language).</summary>
internal sealed class FormulaWriter(WorkbookLayout workbook)
{
    /// <param name="formula">The formula of the template.</param>
    /// <param name="home">Sheet the formula stands on in the template, or null in defined names.</param>
    /// <param name="row">Row it is written into, or null outside of rows.</param>
    /// <param name="column">1-based column it is written into, 0 outside of columns.</param>
    public string Write(Formula formula, SheetLayout? home, LaidRow? row, int column)
    {
        if (!formula.HasReferences)
            return formula.Source;
        var text = new StringBuilder();
        foreach (var token in formula.Tokens)
        {
            if (!token.IsReference)
            {
                text.Append(token.Text);
                continue;
            }

            var target = token.Sheet is null ? home : workbook.Find(token.Sheet, home);
            if (target is null)
                text.Append(token.Sheet is not null && workbook.IsGone(token.Sheet) ? "#REF!" : token.Text);
            else
                Reference(text, token, target, target == home ? row : null, target == home ? column : 0);
        }

        return text.ToString();
    }

    /// <summary>A range without sheet, for example of a table: everything that came of it.</summary>
    public static string Area(SheetLayout layout, ReadOnlySpan<char> reference)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(reference);
        if (c1 == 0 || r1 == 0 || c2 == 0 || r2 == 0)
            return reference.ToString();
        var from = CellRef.Address(layout.RangeStartColumn(c1), layout.RangeStart(r1));
        var to = CellRef.Address(layout.RangeEndColumn(c2), layout.RangeEnd(r2));
        return from == to && !reference.Contains(':') ? from : from + ":" + to;
    }

    private static void Reference(StringBuilder text, FormulaToken token, SheetLayout target, LaidRow? row, int column)
    {
        if (token.Sheet is not null)
            text.Append(SheetNames.Quote(target.Name)).Append('!');
        var (r1, r2) = (Row(target, token.From, row, token.IsRange, atEnd: false), Row(target, token.To, row, token.IsRange, atEnd: token.IsRange || token.Grows));
        var (c1, c2) = (Column(target, token.From, column, token.IsRange, atEnd: false), Column(target, token.To, column, token.IsRange, atEnd: token.IsRange || token.Grows));
        var isGone = (token.From.Row > 0 && (r1 <= 0 || r2 <= 0 || (token.IsRange && r1 > r2 && token.From.Row <= token.To.Row)))
            || (token.From.Column > 0 && (c1 <= 0 || c2 <= 0));
        if (isGone)
        {
            text.Append("#REF!");
            return;
        }

        End(text, token.From, c1, r1);
        if (token.IsRange || c1 != c2 || r1 != r2)
        {
            text.Append(':');
            End(text, token.To, c2, r2);
        }
    }

    private static void End(StringBuilder text, RefEnd end, int column, int row)
    {
        if (end.Column > 0)
            text.Append(end.ColumnIsFixed ? "$" : "").Append(CellRef.Column(column));
        if (end.Row > 0)
            text.Append(end.RowIsFixed ? "$" : "").Append(CultureInfo.InvariantCulture, $"{row}");
    }

    private static int Row(SheetLayout layout, RefEnd end, LaidRow? laid, bool isRange, bool atEnd)
    {
        var wanted = end.Row;
        if (wanted == 0)
            return 0;
        if (laid is not { Turn: { } turn } row)
            return Outside(layout, wanted, isRange, atEnd);
        if (end.RowIsFixed)
            return turn.Holds(wanted) || Holds(turn.Outer, wanted) ? layout.FirstRow(wanted) : Outside(layout, wanted, isRange, atEnd);
        for (var around = turn; around is not null; around = around.Outer)
        {
            if (!around.Holds(wanted))
                continue;
            var (first, last) = wanted == row.Row.Index && around == turn ? (row.Number, row.Number) : layout.Within(around, wanted);
            if (first == 0)
                return 0;
            if (around == turn)
                return atEnd ? last : first;
            return first + row.Number - layout.Within(around, row.Row.Index).First;
        }

        return Outside(layout, wanted, isRange, atEnd) + row.Number - layout.FirstRow(row.Row.Index);
    }

    private static bool Holds(Turn? turn, int row)
    {
        for (; turn is not null; turn = turn.Outer)
        {
            if (turn.Holds(row))
                return true;
        }

        return false;
    }

    private static int Outside(SheetLayout layout, int row, bool isRange, bool end)
    {
        if (isRange)
            return end ? layout.RangeEnd(row) : layout.RangeStart(row);
        return end ? layout.LastRow(row) : layout.FirstRow(row);
    }

    private static int Column(SheetLayout layout, RefEnd end, int column, bool isRange, bool atEnd)
    {
        var wanted = end.Column;
        if (wanted == 0)
            return 0;
        var first = isRange ? atEnd ? layout.RangeEndColumn(wanted) : layout.RangeStartColumn(wanted) : atEnd ? layout.LastColumn(wanted) : layout.FirstColumn(wanted);
        if (column == 0 || column > layout.Columns.Count || layout.Columns[column - 1] is not { Tag: not null } own)
            return first;
        if (end.ColumnIsFixed)
            return wanted == own.Template ? layout.FirstColumn(wanted) : first;
        if (wanted == own.Template)
            return column;
        return first + column - layout.FirstColumn(own.Template);
    }

}
