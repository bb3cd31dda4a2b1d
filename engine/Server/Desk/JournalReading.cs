using System.Text.Json.Nodes;
using ProductionOffice.Engine.Journal;

namespace ProductionOffice.Server.Desk;

/// <summary>What a line of the journal carries beside words.</summary>
internal static class JournalReading
{
    /// <summary>Outcomes of a completion; null where none are known: another event, or a line of an older program.</summary>
    public static IReadOnlyList<string>? Outcomes(this JournalEntry line) => Outcomes(line.Data);

    /// <inheritdoc cref="Outcomes(JournalEntry)"/>
    public static IReadOnlyList<string>? Outcomes(string? data) => Field(data, "outcomes") is JsonArray outcomes ? [.. outcomes.Select(o => o!.GetValue<string>())] : null;

    /// <summary>Inputs that were worked out for a start; null when there are none.</summary>
    public static JsonObject? Inputs(string? data) => Field(data, "inputs") as JsonObject;

    private static JsonNode? Field(string? data, string name) => data is null ? null : (JsonNode.Parse(data) as JsonObject)?[name];
}
