using System.Text;
using System.Text.Json.Nodes;

namespace ProductionOffice.Engine.Definitions;

/// <summary>A definition as a Mermaid drawing, so that a change is reviewed as a drawing and not as JSON coordinates.</summary>
public static class MermaidGraph
{
    /// <summary>Activities as boxes with their texts, connections with the outcome they follow (nothing for Done), in the order of the file.</summary>
    /// <param name="definition">A definition whose root is a flowchart; another root gives one box.</param>
    public static string Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Root is not { } root)
            return "flowchart TD\n";

        var text = new StringBuilder("flowchart TD\n");
        var activities = root["activities"] as JsonArray;
        foreach (var activity in activities?.OfType<JsonObject>() ?? [root])
        {
            var label = (string?)activity["metadata"]?["displayText"] ?? (string?)activity["name"] ?? (string?)activity["id"];
            text.Append("  ").Append((string?)activity["id"]).Append("[\"").Append(label?.Replace('"', '\'')).Append("<br/>").Append((string?)activity["type"]).Append("\"]\n");
        }

        foreach (var connection in root["connections"] as JsonArray ?? [])
        {
            var port = (string?)connection!["source"]!["port"];
            text.Append("  ").Append((string?)connection["source"]!["activity"]).Append(" --> ");
            if (port is not (null or "Done"))
                text.Append("|\"").Append(port).Append("\"| ");
            text.Append((string?)connection["target"]!["activity"]).Append('\n');
        }

        return text.ToString();
    }
}
