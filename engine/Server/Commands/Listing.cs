using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>Writes rows as asked: table on a terminal, tab-separated without one, one JSON document, CSV or Markdown.</summary>
internal static class Listing
{
    /// <param name="rows">Objects with the fields of the API.</param>
    /// <param name="columns">Fields shown when none are asked for.</param>
    public static void Write(Streams io, ParseResult parsed, ListOptions options, JsonArray rows, params string[] columns)
    {
        var kept = Select(rows, parsed, options);
        var fields = parsed.GetValue(options.Fields)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Check(rows, fields ?? [], "--fields");
        // A person reads names; the ids behind them are for programs, and for who asks.
        var shown = fields ?? (io.IsTerminal && parsed.GetValue(options.Output.Format) is null or "table" ? [.. columns.Where(c => !c.EndsWith("Id", StringComparison.Ordinal))] : columns);
        Write(io, parsed.GetValue(options.Output.Format), kept, shown, isCut: fields is not null);
    }

    /// <summary>Writes rows of a verb that has no list options.</summary>
    public static void Write(Streams io, string? format, IReadOnlyList<JsonObject> rows, IReadOnlyList<string> fields, bool isCut = false)
    {
        switch (format)
        {
            case "json":
                io.Out.WriteLine(JsonText.Indented(new JsonArray([.. rows.Select(r => isCut ? Cut(r, fields) : r.DeepClone())])));
                break;
            case "csv":
                Csv.Write(io.Out, rows, fields);
                break;
            case "md":
                WriteMarkdown(io.Out, rows, fields);
                break;
            case null or "table" when io.IsTerminal:
                TerminalTable.Write(rows, fields);
                break;
            default:
                foreach (var row in rows)
                    io.Out.WriteLine(string.Join('\t', fields.Select(f => PlainText.OneLine(PlainText.Of(row[f])))));
                break;
        }
    }

    /// <summary>Writes one thing: its fields a line each, or one JSON document.</summary>
    public static void WriteOne(Streams io, string? format, JsonObject thing, params string[] fields)
    {
        switch (format)
        {
            case "json":
                io.Out.WriteLine(JsonText.Indented(thing));
                break;
            case "csv" or "md":
                Write(io, format, [thing], fields);
                break;
            default:
                var shown = fields.Where(f => thing[f] is not null).ToList();
                var width = shown.Count == 0 ? 0 : shown.Max(f => f.Length);
                foreach (var field in shown)
                    io.Out.WriteLine(io.IsTerminal ? $"{field.PadRight(width)}  {PlainText.OneLine(PlainText.ForPeople(thing[field]))}" : $"{field}\t{PlainText.OneLine(PlainText.Of(thing[field]))}");
                break;
        }
    }

    private static List<JsonObject> Select(JsonArray rows, ParseResult parsed, ListOptions options)
    {
        IEnumerable<JsonObject> kept = rows.Select(r => r!.AsObject());
        if (parsed.GetValue(options.Filter) is { } text)
        {
            var filter = RowFilter.Parse(text);
            Check(rows, filter.Fields, "--filter");
            kept = kept.Where(filter.Matches);
        }

        if (parsed.GetValue(options.Sort) is { } sort)
        {
            var field = sort.TrimStart('-', '+');
            Check(rows, [field], "--sort");
            kept = sort.StartsWith('-') ? kept.OrderByDescending(r => r[field], RowOrder.Instance) : kept.OrderBy(r => r[field], RowOrder.Instance);
        }

        return [.. parsed.GetValue(options.Limit) is { } limit ? kept.Take(Math.Max(limit, 0)) : kept];
    }

    private static void Check(JsonArray rows, IEnumerable<string> fields, string option)
    {
        // An empty list has no fields to compare with.
        if (rows.Count == 0)
            return;

        var known = rows.SelectMany(r => r!.AsObject().Select(f => f.Key)).Distinct().ToList();
        if (fields.FirstOrDefault(f => !known.Contains(f)) is { } unknown)
            throw CommandFailure.Usage($"'{unknown}' of {option} is not a field of this list.", $"Fields are: {string.Join(", ", known)}.");
    }

    private static JsonObject Cut(JsonObject row, IReadOnlyList<string> fields)
    {
        var result = new JsonObject();
        foreach (var field in fields)
            result[field] = row[field]?.DeepClone();
        return result;
    }

    private static void WriteMarkdown(TextWriter output, IReadOnlyList<JsonObject> rows, IReadOnlyList<string> fields)
    {
        output.WriteLine($"| {string.Join(" | ", fields)} |");
        output.WriteLine($"|{string.Concat(fields.Select(_ => " --- |"))}");
        foreach (var row in rows)
            output.WriteLine($"| {string.Join(" | ", fields.Select(f => PlainText.OneLine(PlainText.ForPeople(row[f])).Replace("|", "\\|", StringComparison.Ordinal)))} |");
    }

    /// <summary>Numbers by size, text by letters, nothing last.</summary>
    private sealed class RowOrder : IComparer<JsonNode?>
    {
        public static readonly RowOrder Instance = new();

        public int Compare(JsonNode? x, JsonNode? y)
        {
            if (x is null || y is null)
                return (x is null).CompareTo(y is null);
            if (x.GetValueKind() == JsonValueKind.Number && y.GetValueKind() == JsonValueKind.Number)
                return double.Parse(x.ToJsonString(), CultureInfo.InvariantCulture).CompareTo(double.Parse(y.ToJsonString(), CultureInfo.InvariantCulture));
            return string.Compare(PlainText.Of(x), PlainText.Of(y), StringComparison.OrdinalIgnoreCase);
        }
    }
}
