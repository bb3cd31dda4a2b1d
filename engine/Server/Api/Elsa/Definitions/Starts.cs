using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Where flowcharts begin, which the Studio does not look after: the named step may be gone, a new Start step or a new trigger is not named.</summary>
internal static class Starts
{
    private const string StartType = "Elsa.Start";
    private const string CanStart = "canStartWorkflow";

    public static void Follow(JsonNode? root, JsonNode? before, ActivityRegistry registry)
    {
        var known = ActivityTree.All(before).GroupBy(a => ElsaJson.Text(a["id"]) ?? "").ToDictionary(g => g.Key, g => g.First());
        foreach (var flowchart in ActivityTree.All(root).Where(a => a["activities"] is JsonArray && ElsaJson.Text(a["type"]) == "Elsa.Flowchart"))
        {
            var steps = ElsaJson.Items(flowchart["activities"]).OfType<JsonObject>().ToList();
            Begin(flowchart, steps, known);
            var reached = Connections.Of(flowchart).Select(c => Connections.Activity(c, "target")).ToHashSet();
            foreach (var trigger in steps.Where(s => registry.Find(ElsaJson.Text(s["type"]) ?? "") is { IsTrigger: true }))
                Arm(trigger, known.GetValueOrDefault(Id(trigger)), isFirst: !reached.Contains(Id(trigger)));
        }
    }

    private static void Begin(JsonObject flowchart, List<JsonObject> steps, Dictionary<string, JsonObject> known)
    {
        if (ElsaJson.Text(flowchart["start"]) is not { } start)
            return;
        if (steps.FirstOrDefault(s => ElsaJson.Text(s["type"]) == StartType && !known.ContainsKey(Id(s))) is { } added)
            flowchart["start"] = Id(added);
        else if (!steps.Exists(s => Id(s) == start))
            flowchart.Remove("start");
    }

    /// <summary>A dropped trigger arrives without a word on whether it starts the workflow; one that nothing leads to is meant to.</summary>
    private static void Arm(JsonObject trigger, JsonObject? before, bool isFirst)
    {
        if (trigger.ContainsKey(CanStart) || (trigger["customProperties"] is JsonObject custom && custom.ContainsKey(CanStart)))
            return;
        if (!isFirst || (before is not null && (before["customProperties"] as JsonObject)?[CanStart] is null))
            return;

        if (trigger["customProperties"] is not JsonObject properties)
            trigger["customProperties"] = properties = [];
        properties[CanStart] = (before?["customProperties"] as JsonObject)?[CanStart]?.DeepClone() ?? true;
    }

    private static string Id(JsonObject step) => ElsaJson.Text(step["id"]) ?? "";
}
