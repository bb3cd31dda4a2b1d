using System.Globalization;

namespace ProductionOffice.Templates.Excel;

/// <summary>Columns as letters and addresses as text.</summary>
internal static class CellRef
{
    public const int MostRows = 1_048_576;
    public const int MostColumns = 16_384;

    public static string Column(int number)
    {
        var letters = "";
        for (; number > 0; number = (number - 1) / 26)
            letters = (char)('A' + (number - 1) % 26) + letters;
        return letters;
    }

    public static string Address(int column, int row) => Column(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>B7</c> or <c>$B$7</c>; (0, 0) when it is no address.</summary>
    public static (int Column, int Row) Parse(ReadOnlySpan<char> text)
    {
        var column = 0;
        var at = 0;
        if (at < text.Length && text[at] == '$')
            at++;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
            column = Math.Min(column * 26 + char.ToUpperInvariant(text[at++]) - 'A' + 1, MostColumns + 1);
        if (at < text.Length && text[at] == '$')
            at++;
        return int.TryParse(text[at..], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (column, row) : (column, 0);
    }

    public static (int Column1, int Row1, int Column2, int Row2) ParseArea(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        var (c1, r1) = Parse(colon < 0 ? text : text[..colon]);
        var (c2, r2) = colon < 0 ? (c1, r1) : Parse(text[(colon + 1)..]);
        return (c1, r1, c2, r2);
    }
}
