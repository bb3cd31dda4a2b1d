using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>A connection between two activities of a flowchart.</summary>
/// <param name="Index">Position among the flowchart's usable connections.</param>
/// <param name="Source">Where it leaves.</param>
/// <param name="Port">The outcome that follows it.</param>
/// <param name="Target">Where it leads.</param>
internal sealed record Connection(int Index, Activity Source, string Port, Activity Target)
{
    /// <summary>Reads one in any of Elsa's spellings: source and target id, port; null when it is none.</summary>
    public static (string Source, string Port, string Target)? Read(JsonNode? json)
    {
        if (json is not JsonObject connection)
            return null;

        if (connection["source"] is JsonObject source && connection["target"] is JsonObject target)
        {
            return DefinitionJson.Text(source["activity"]) is { } from && DefinitionJson.Text(target["activity"]) is { } to
                ? (from, DefinitionJson.Text(source["port"]) ?? "Done", to)
                : null;
        }

        return DefinitionJson.Text(connection["source"]) is { } flatFrom && DefinitionJson.Text(connection["target"]) is { } flatTo
            ? (flatFrom, DefinitionJson.Text(connection["sourcePort"]) ?? "Done", flatTo)
            : null;
    }
}
