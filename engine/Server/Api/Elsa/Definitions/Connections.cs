using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Connections of flowcharts: in the one shape the Studio reads, and without those it has no port for.</summary>
internal static class Connections
{
    /// <summary>Brings all connections and lists into the shape the Studio reads; they mean the same.</summary>
    public static void Straighten(JsonNode? root)
    {
        foreach (var activity in ActivityTree.All(root).ToList())
        {
            foreach (var list in (string[])["activities", "connections", "variables"])
            {
                if (activity[list] is JsonObject wrapped && wrapped["$values"] is JsonArray items)
                    activity[list] = items.DeepClone();
            }

            foreach (var connection in Of(activity))
            {
                End(connection, "source", "sourcePort");
                End(connection, "target", "targetPort");
                if (connection["vertices"] is not JsonArray)
                    connection["vertices"] = new JsonArray();
            }
        }
    }

    /// <summary>Takes out the connections that begin at a port the Studio does not draw; it would drop them.</summary>
    public static void Hide(JsonNode? root, ActivityRegistry registry)
    {
        foreach (var (_, connection) in Hidden(root, registry))
            (connection.Parent as JsonArray)?.Remove(connection);
    }

    /// <summary>Puts the connections back that were taken out of the version somebody changed, as long as both ends are there.</summary>
    /// <param name="root">What was drawn.</param>
    /// <param name="shown">The version as the Studio had it, nothing hidden yet.</param>
    /// <param name="registry">Types that are known.</param>
    public static void Return(JsonNode? root, JsonNode? shown, ActivityRegistry registry)
    {
        var drawn = ActivityTree.All(root).Where(a => Of(a).Count > 0 || a["activities"] is not null).GroupBy(a => ElsaJson.Text(a["id"]) ?? "").ToDictionary(g => g.Key, g => g.First());
        foreach (var (flowchart, connection) in Hidden(shown, registry))
        {
            if (!drawn.TryGetValue(ElsaJson.Text(flowchart["id"]) ?? "", out var chart) || chart["activities"] is not JsonArray activities)
                continue;

            var ids = activities.OfType<JsonObject>().Select(a => ElsaJson.Text(a["id"])).ToHashSet();
            if (!ids.Contains(Activity(connection, "source")) || !ids.Contains(Activity(connection, "target")) || Of(chart).Any(c => IsSame(c, connection)))
                continue;
            if (chart["connections"] is not JsonArray connections)
                chart["connections"] = connections = [];
            connections.Add(connection.DeepClone());
        }
    }

    public static List<JsonObject> Of(JsonObject flowchart) => [.. ElsaJson.Items(flowchart["connections"]).OfType<JsonObject>()];

    public static string? Activity(JsonObject connection, string end) => connection[end] is JsonObject place ? ElsaJson.Text(place["activity"]) : ElsaJson.Text(connection[end]);

    private static List<(JsonObject Flowchart, JsonObject Connection)> Hidden(JsonNode? root, ActivityRegistry registry)
    {
        var hidden = new List<(JsonObject, JsonObject)>();
        foreach (var flowchart in ActivityTree.All(root))
        {
            if (Of(flowchart) is not { Count: > 0 } connections)
                continue;

            var ports = new Dictionary<string, IReadOnlySet<string>?>(StringComparer.Ordinal);
            foreach (var activity in ElsaJson.Items(flowchart["activities"]).OfType<JsonObject>())
                ports[ElsaJson.Text(activity["id"]) ?? ""] = DrawnPorts.Of(activity, registry);
            hidden.AddRange(connections
                .Where(c => Port(c) is { } port && ports.GetValueOrDefault(Activity(c, "source") ?? "") is { } drawn && !drawn.Contains(port))
                .Select(c => (flowchart, c)));
        }

        return hidden;
    }

    private static bool IsSame(JsonObject a, JsonObject b) =>
        Activity(a, "source") == Activity(b, "source") && Activity(a, "target") == Activity(b, "target") && Port(a) == Port(b);

    private static string? Port(JsonObject connection) => connection["source"] is JsonObject place ? ElsaJson.Text(place["port"]) : ElsaJson.Text(connection["sourcePort"]);

    private static void End(JsonObject connection, string end, string port)
    {
        if (ElsaJson.Text(connection[end]) is not { } activity)
            return;

        var place = new JsonObject { ["activity"] = activity };
        if (connection[port] is { } named)
            place["port"] = named.DeepClone();
        connection[end] = place;
        connection.Remove(port);
    }
}
