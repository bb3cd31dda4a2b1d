using System.Text.Json.Nodes;
using Spectre.Console;

namespace ProductionOffice.Server.Commands;

/// <summary>Rows as a table for people; only ever used on a terminal.</summary>
internal static class TerminalTable
{
    public static void Write(IReadOnlyList<JsonObject> rows, IReadOnlyList<string> fields)
    {
        if (rows.Count == 0)
        {
            AnsiConsole.MarkupLine("[grey]nothing to show[/]");
            return;
        }

        AnsiConsole.Write(Build(rows, fields));
    }

    internal static Table Build(IReadOnlyList<JsonObject> rows, IReadOnlyList<string> fields)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var field in fields)
        {
            var column = new TableColumn($"[bold]{Markup.Escape(Words(field))}[/]");
            // An id is there to be copied, and a moment broken in two is no moment.
            var isWhole = field is "id" or "instanceId" or "number" or "result" || field.EndsWith("At", StringComparison.Ordinal) || field is "due" or "since" or "at";
            table.AddColumn(isWhole ? column.NoWrap() : column);
        }

        foreach (var row in rows)
            table.AddRow([.. fields.Select(f => new Text(PlainText.OneLine(PlainText.ForColumn(row[f]))))]);
        return table;
    }

    /// <summary><c>waitingFor</c> as <c>Waiting for</c>.</summary>
    private static string Words(string field)
    {
        var words = string.Concat(field.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : c.ToString()));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
