using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Drawings;

/// <summary>What a drawing of a definition shows: its steps, their names and places, and the ways between them.</summary>
internal sealed class FlowMap
{
    private FlowMap(IReadOnlyList<FlowStep> steps, IReadOnlyList<FlowWay> ways) => (Steps, Ways) = (steps, ways);

    public IReadOnlyList<FlowStep> Steps { get; }

    public IReadOnlyList<FlowWay> Ways { get; }

    /// <summary>The map of a definition; a root that is no flowchart is a chain of its steps.</summary>
    public static FlowMap Of(string json) => JsonNode.Parse(json)?["root"] is JsonObject root ? Of(root) : new FlowMap([], []);

    /// <inheritdoc cref="Of(string)"/>
    public static FlowMap Of(JsonObject root)
    {
        var activities = (root["activities"] as JsonArray ?? [root.DeepClone()]).OfType<JsonObject>().Where(a => Text(a["id"]) is not null).DistinctBy(a => Text(a["id"])).ToList();
        var steps = activities.Select(Step).ToList();
        var ways = root["connections"] is JsonArray connections
            ? connections.OfType<JsonObject>().Select(Way).OfType<FlowWay>().ToList()
            : steps.Zip(steps.Skip(1), (a, b) => new FlowWay(a.Id, "Done", b.Id)).ToList();
        var ids = steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return new FlowMap(steps, [.. ways.Where(w => ids.Contains(w.From) && ids.Contains(w.To)).Distinct()]);
    }

    /// <summary>The label of an activity on the canvas, wherever it stands; its id when it has none.</summary>
    public static string NameOf(string json, string activityId) =>
        Find(JsonNode.Parse(json)?["root"], activityId) is { } activity ? Label(activity) : activityId;

    /// <summary>The activity of a root that starts it when something happens; null when people start it.</summary>
    public static (string Id, string Type)? Trigger(JsonObject? root)
    {
        foreach (var activity in (root?["activities"] as JsonArray ?? [root?.DeepClone()]).OfType<JsonObject>())
        {
            if (activity["customProperties"]?["canStartWorkflow"] is JsonValue flag && flag.TryGetValue(out bool starts) && starts && Text(activity["id"]) is { } id)
                return (id, Text(activity["type"]) ?? "");
        }

        return null;
    }

    private static FlowStep Step(JsonObject activity)
    {
        var position = activity["metadata"]?["designer"]?["position"];
        return new FlowStep(Text(activity["id"])!, Label(activity), Text(activity["type"]) ?? "", Number(position?["x"]), Number(position?["y"]));
    }

    private static FlowWay? Way(JsonObject connection)
    {
        if (connection["source"] is JsonObject source && connection["target"] is JsonObject target)
            return Text(source["activity"]) is { } from && Text(target["activity"]) is { } to ? new FlowWay(from, Text(source["port"]) ?? "Done", to) : null;

        return Text(connection["source"]) is { } flatFrom && Text(connection["target"]) is { } flatTo ? new FlowWay(flatFrom, Text(connection["sourcePort"]) ?? "Done", flatTo) : null;
    }

    private static JsonObject? Find(JsonNode? node, string activityId)
    {
        switch (node)
        {
            case JsonObject activity when Text(activity["id"]) == activityId && activity["type"] is not null:
                return activity;
            case JsonObject other:
                return other.Select(f => f.Value).Where(v => v is JsonObject or JsonArray).Select(v => Find(v, activityId)).FirstOrDefault(f => f is not null);
            case JsonArray list:
                return list.Select(v => Find(v, activityId)).FirstOrDefault(f => f is not null);
            default:
                return null;
        }
    }

    private static string Label(JsonObject activity) =>
        new[] { Text(activity["metadata"]?["displayText"]), Text(activity["name"]), Text(activity["id"]) }.First(t => !string.IsNullOrWhiteSpace(t))!;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;
}

/// <summary>A step of a drawing.</summary>
internal sealed record FlowStep(string Id, string Name, string Type, double? X, double? Y);

/// <summary>A way from one step to another.</summary>
internal sealed record FlowWay(string From, string Port, string To);
