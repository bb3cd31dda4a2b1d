using System.Text;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes formulas as if the user had copied the template's rows and columns (section 3 of the language).</summary>
internal sealed class FormulaWriter(WorkbookLayout workbook)
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether the last formula calculates with ranges that were single cells in the template.</summary>
    public bool NeedsArray { get; private set; }

    /// <param name="formula">The formula of the template.</param>
    /// <param name="home">Sheet the formula stands on in the template, or null in defined names.</param>
    /// <param name="row">Row it is written into, or null outside of rows.</param>
    /// <param name="column">1-based column it is written into, 0 outside of columns.</param>
    /// <param name="within">The repetition whose rows are meant, or null: those of all.</param>
    public string Write(Formula formula, SheetLayout? home, LaidRow? row, int column, Turn? within = null)
    {
        NeedsArray = false;
        var tokens = formula.Tokens;
        if (!Formula.HasReferences(tokens))
            return formula.Source;
        var text = _text.Clear();
        foreach (var token in tokens)
        {
            if (token.IsName && token.Sheet is null)
            {
                text.Append(home?.Tables?.GetValueOrDefault(token.Text) ?? token.Text);
                continue;
            }

            if (!token.IsReference && token.Sheet is null)
            {
                text.Append(token.Text);
                continue;
            }

            var target = token.Sheet is null ? home : workbook.Find(token.Sheet, home);
            if (target is null)
                text.Append(token.Sheet is not null && workbook.IsGone(token.Sheet) ? "#REF!" : token.IsName ? SheetNames.Quote(token.Sheet!, token.LastSheet) + "!" + token.Text : token.Text);
            else if (token.IsName)
                Sheet(text, token, target, home).Append(token.Text);
            else
                Reference(text, token, target, home, row, column, within);
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

    private StringBuilder Sheet(StringBuilder text, FormulaToken token, SheetLayout target, SheetLayout? home)
    {
        var last = token.LastSheet is null ? null : workbook.Find(token.LastSheet, home)?.Name ?? token.LastSheet;
        return text.Append(SheetNames.Quote(target.Name, last)).Append('!');
    }

    private void Reference(StringBuilder text, FormulaToken token, SheetLayout target, SheetLayout? home, LaidRow? row, int column, Turn? within)
    {
        var from = End(token, token.From, atEnd: false);
        var to = End(token, token.To, atEnd: token.IsRange || token.Grows);
        var isGone = !from.IsOnSheet || !to.IsOnSheet
            || (token.From.Row > 0 && (from.Row <= 0 || to.Row <= 0 || (from.Row > to.Row && token.From.Row <= token.To.Row)))
            || (token.From.Column > 0 && (from.Column <= 0 || to.Column <= 0 || (from.Column > to.Column && token.From.Column <= token.To.Column)));
        if (isGone)
        {
            text.Append("#REF!");
            return;
        }

        if (token.Sheet is not null)
            Sheet(text, token, target, home);
        from.AppendTo(text);
        NeedsArray |= token.IsOperand && (from.Column != to.Column || from.Row != to.Row);
        if (token.IsRange || from.Column != to.Column || from.Row != to.Row)
            to.AppendTo(text.Append(':'));

        RefEnd End(FormulaToken token, RefEnd end, bool atEnd)
        {
            var (down, right) = target == home
                ? (Row(target, token, end, row, atEnd), Column(target, end, column, token.IsRange, atEnd))
                : (Elsewhere(target, token, end, home, row, atEnd), ElsewhereColumn(target, token, end, home, column, atEnd));
            if (within?.Holds(end.Row) == true && target == home)
                down = atEnd ? home.Within(within, end.Row).Last : home.Within(within, end.Row).First;
            // A range to the end of the sheet has no further place to go.
            if (token.IsRange && atEnd && down > 0)
                down = end.Row == CellRef.MostRows ? end.Row : Math.Min(down, CellRef.MostRows);
            if (token.IsRange && atEnd && right > 0)
                right = end.Column == CellRef.MostColumns ? end.Column : Math.Min(right, CellRef.MostColumns);
            return end with { Row = down, Column = right };
        }
    }

    private static int Row(SheetLayout layout, FormulaToken token, RefEnd end, LaidRow? laid, bool atEnd)
    {
        var wanted = end.Row;
        if (wanted == 0)
            return 0;
        if (laid is not { Turn: { } turn } row)
            return Outside(layout, wanted, token.IsRange, atEnd);
        if (end.RowIsFixed)
        {
            // $D$2:$D$2 in every row means all of them; in D$2:D2 only the other end goes along.
            var coversAll = token is { IsRange: true, From.RowIsFixed: true, To.RowIsFixed: true };
            return Holds(turn, wanted) && !coversAll ? layout.FirstRow(wanted) : Outside(layout, wanted, token.IsRange, atEnd);
        }

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

        return Outside(layout, wanted, token.IsRange, atEnd) + row.Number - layout.FirstRow(row.Row.Index);
    }

    /// <summary>Rows of other sheets: a relative reference in a copied row shifts with the row.</summary>
    private static int Elsewhere(SheetLayout target, FormulaToken token, RefEnd end, SheetLayout? home, LaidRow? laid, bool atEnd)
    {
        if (end.Row == 0)
            return 0;
        var place = Outside(target, end.Row, token.IsRange, atEnd);
        return end.RowIsFixed || place == 0 || home is null || laid is not { Turn: not null } row ? place : place + row.Number - home.FirstRow(row.Row.Index);
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
        var first = OutsideColumn(layout, wanted, isRange, atEnd);
        if (column == 0 || column > layout.Columns.Count || layout.Columns[column - 1] is not { Tag: not null } own)
            return first;
        if (end.ColumnIsFixed)
            return wanted == own.Template && !isRange ? layout.FirstColumn(wanted) : first;
        if (wanted == own.Template)
            return column;
        return first == 0 ? 0 : first + column - layout.FirstColumn(own.Template);
    }

    private static int ElsewhereColumn(SheetLayout target, FormulaToken token, RefEnd end, SheetLayout? home, int column, bool atEnd)
    {
        if (end.Column == 0)
            return 0;
        var place = OutsideColumn(target, end.Column, token.IsRange, atEnd);
        if (end.ColumnIsFixed || place == 0 || home is null || column == 0 || column > home.Columns.Count || home.Columns[column - 1] is not { Tag: not null } own)
            return place;
        return place + column - home.FirstColumn(own.Template);
    }

    private static int OutsideColumn(SheetLayout layout, int column, bool isRange, bool atEnd)
    {
        if (isRange)
            return atEnd ? layout.RangeEndColumn(column) : layout.RangeStartColumn(column);
        return atEnd ? layout.LastColumn(column) : layout.FirstColumn(column);
    }
}
