namespace ProductionOffice.Templates.Excel;

/// <summary>One end of a reference; 0 where the reference names only rows or only columns.</summary>
internal readonly record struct RefEnd(int Column, bool ColumnIsFixed, int Row, bool RowIsFixed)
{
    public bool IsOnSheet => Column is >= 0 and <= CellRef.MostColumns && Row is >= 0 and <= CellRef.MostRows && Column + Row > 0;

    /// <summary>The same end some cells further, unless it is fixed; an end before the sheet has a negative place.</summary>
    public RefEnd Shifted(int right, int down) => this with { Column = Further(Column, ColumnIsFixed, right), Row = Further(Row, RowIsFixed, down) };

    public void AppendTo(System.Text.StringBuilder text)
    {
        if (Column > 0)
            text.Append(ColumnIsFixed ? "$" : "").Append(CellRef.Column(Column));
        if (Row > 0)
            text.Append(RowIsFixed ? "$" : "").Append(System.Globalization.CultureInfo.InvariantCulture, $"{Row}");
    }

    private static int Further(int place, bool isFixed, int by) => place == 0 || isFixed ? place : place + by > 0 ? place + by : -1;
}

/// <summary>A piece of a formula: text as it is, a reference, or a name.</summary>
/// <param name="Text">As it is written; of a name of a sheet only the name.</param>
/// <param name="Sheet">Sheet it says before the exclamation mark.</param>
/// <param name="From">First cell; empty when it is no reference.</param>
/// <param name="To">Last cell of a range, else the first again.</param>
/// <param name="IsRange">Whether it says two cells.</param>
/// <param name="Grows">A single cell inside a function that takes ranges.</param>
/// <param name="IsOperand">Whether it grows inside of a calculation, which then has to be done row by row.</param>
/// <param name="LastSheet">Last sheet of a reference through several sheets.</param>
/// <param name="IsName">A name: of a table, of the workbook or of a sheet.</param>
internal sealed record FormulaToken(
    string Text, string? Sheet = null, RefEnd From = default, RefEnd To = default, bool IsRange = false, bool Grows = false, bool IsOperand = false, string? LastSheet = null, bool IsName = false)
{
    public bool IsReference => From.Column > 0 || From.Row > 0;
}
