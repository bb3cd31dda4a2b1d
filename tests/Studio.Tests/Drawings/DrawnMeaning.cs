using System.Text.Json.Nodes;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>Compares two texts of a workflow by what they mean: places on the paper, ids of nodes, empty fields and the order of arrows are nothing.</summary>
internal static class DrawnMeaning
{
    private static readonly string[] Meant = ["variables", "inputs", "outputs", "outcomes", "options", "root"];

    public static IEnumerable<string> Differences(JsonObject before, JsonObject after)
    {
        foreach (var member in Meant)
        {
            var (one, other) = (Plain(before[member]), Plain(after[member]));
            if (!JsonNode.DeepEquals(one, other))
                yield return $"{member} was {one?.ToJsonString()} and is {other?.ToJsonString()}";
        }
    }

    private static JsonNode? Plain(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                var plain = new JsonObject();
                foreach (var (name, value) in json.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    if (name is "designer" or "vertices" or "nodeId")
                        continue;
                    if (Plain(value) is { } kept and not (JsonObject { Count: 0 } or JsonArray { Count: 0 }) && !IsFalse(kept))
                        plain[name] = name == "connections" && kept is JsonArray arrows ? new JsonArray([.. arrows.Select(a => a!.DeepClone()).OrderBy(a => a.ToJsonString(), StringComparer.Ordinal)]) : kept;
                }

                return plain;
            case JsonArray list:
                return new JsonArray([.. list.Select(Plain)]);
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsFalse(JsonNode node) => node is JsonValue value && value.TryGetValue(out bool flag) && !flag;
}
