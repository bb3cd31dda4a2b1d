using System.Text;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>Writes tables as RFC 4180 text; what a spreadsheet would take for a formula is written as text.</summary>
internal static class Csv
{
    public static string Write(IEnumerable<IEnumerable<string>> rows)
    {
        // The mark tells spreadsheets that it is UTF-8.
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
