using System.Text.Json.Nodes;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>Compares two texts of a workflow by what they mean: places on the paper, ids of nodes, empty fields, the form and the order of arrows are nothing.</summary>
/// <remarks>
/// A connection is written with its ends as objects or as ids with the ports beside them; a port that is not named is Done where it leaves and In where it arrives.
/// A list is written as such or as <c>$values</c>. What an expression or a variable holds is taken to the letter: there false and empty are values.
/// </remarks>
internal static class DrawnMeaning
{
    private static readonly string[] Meant = ["variables", "inputs", "outputs", "outcomes", "options", "root"];
    private static readonly HashSet<string> OfThePaper = ["designer", "vertices", "nodeId"];

    /// <summary>Parts that may as well be left out when there is nothing in them.</summary>
    private static readonly HashSet<string> Parts = ["variables", "inputs", "outputs", "outcomes", "options", "customProperties", "metadata", "activities", "connections"];

    /// <summary>Switches that are off unless they are on.</summary>
    private static readonly HashSet<string> Switches = ["isArray", "showDescription", "usableAsActivity", "autoUpdateConsumingWorkflows"];

    public static IEnumerable<string> Differences(JsonObject before, JsonObject after)
    {
        foreach (var member in Meant)
        {
            var (one, other) = (Member(member, before[member]), Member(member, after[member]));
            if (!JsonNode.DeepEquals(one, other))
                yield return $"{member} was {one?.ToJsonString()} and is {other?.ToJsonString()}";
        }
    }

    /// <summary>A field in its plainest form; null when it says nothing.</summary>
    private static JsonNode? Member(string name, JsonNode? value)
    {
        if (name is "expression" or "value" or "default")
            return value?.DeepClone();
        var plain = Plain(value);
        if (name == "connections" && plain is JsonArray arrows)
            plain = new JsonArray([.. arrows.Select(Arrow).OrderBy(a => a.ToJsonString(), StringComparer.Ordinal)]);
        if (Parts.Contains(name) && plain is JsonObject { Count: 0 } or JsonArray { Count: 0 })
            return null;
        return Switches.Contains(name) && plain is JsonValue flag && flag.TryGetValue(out bool isOn) && !isOn ? null : plain;
    }

    private static JsonNode? Plain(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject wrapped when wrapped["$values"] is JsonArray items:
                return Plain(items);
            case JsonObject json:
                var plain = new JsonObject();
                foreach (var (name, value) in json.Where(m => !OfThePaper.Contains(m.Key)).OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    if (Member(name, value) is { } said)
                        plain[name] = said;
                }

                return plain;
            case JsonArray list:
                return new JsonArray([.. list.Select(Plain)]);
            default:
                return node?.DeepClone();
        }
    }

    private static JsonObject Arrow(JsonNode? connection)
    {
        var arrow = (JsonObject)connection!.DeepClone();
        End("source", "sourcePort", "Done");
        End("target", "targetPort", "In");
        return arrow;

        void End(string end, string beside, string unnamed)
        {
            var place = arrow[end] as JsonObject ?? new JsonObject { ["activity"] = arrow[end]?.DeepClone(), ["port"] = arrow[beside]?.DeepClone() };
            if (string.IsNullOrEmpty((string?)place["port"]))
                place["port"] = unnamed;
            arrow.Remove(end);
            arrow.Remove(beside);
            arrow[end] = new JsonObject { ["activity"] = place["activity"]?.DeepClone(), ["port"] = place["port"]!.DeepClone() };
        }
    }
}
