using System.Globalization;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>CSV of RFC 4180 with a header; what people typed cannot become a formula of the spreadsheet that opens it.</summary>
internal static class Csv
{
    public static void Write(TextWriter output, IReadOnlyList<JsonObject> rows, IReadOnlyList<string> fields)
    {
        WriteLine(output, fields);
        foreach (var row in rows)
            WriteLine(output, fields.Select(f => Disarm(PlainText.Of(row[f]))));
    }

    private static void WriteLine(TextWriter output, IEnumerable<string> cells)
    {
        output.Write(string.Join(',', cells.Select(Quote)));
        output.Write("\r\n");
    }

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Disarm(string cell) =>
        cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "'" + cell : cell;
}
