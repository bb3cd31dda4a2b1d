using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>The order in which a flowchart lists its steps, by which it begins where nothing else says so: the Studio puts a step last when somebody clicks it.</summary>
internal static class StepOrder
{
    /// <summary>Puts the steps that were there before in the order they had; new ones come last.</summary>
    public static void Keep(JsonNode? root, JsonNode? before)
    {
        var known = Flowcharts(before).GroupBy(Id).ToDictionary(g => g.Key, g => g.First());
        foreach (var flowchart in Flowcharts(root))
        {
            if (!known.TryGetValue(Id(flowchart), out var old))
                continue;

            var places = Steps(old).Select((step, place) => (Id: Id(step), Place: place)).DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => s.Place);
            var (sent, kept) = (Steps(flowchart).ToList(), Steps(flowchart).OrderBy(s => places.GetValueOrDefault(Id(s), int.MaxValue)).ToList());
            if (sent.SequenceEqual(kept))
                continue;

            var list = (JsonArray)flowchart["activities"]!;
            list.Clear();
            foreach (var step in kept)
                list.Add((JsonNode)step);
        }
    }

    private static List<JsonObject> Flowcharts(JsonNode? root) => [.. ActivityTree.All(root).Where(a => ElsaJson.Text(a["type"]) == "Elsa.Flowchart" && a["activities"] is JsonArray)];

    private static IEnumerable<JsonObject> Steps(JsonObject flowchart) => ElsaJson.Items(flowchart["activities"]).OfType<JsonObject>();

    private static string Id(JsonObject activity) => ElsaJson.Text(activity["id"]) ?? "";
}
