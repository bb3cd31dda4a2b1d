using System.Globalization;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Finds the activities of a definition in its JSON, of known types and of unknown ones.</summary>
internal static class ActivityTree
{
    private static readonly HashSet<string> NoActivities = ["metadata", "customProperties", "variables", "connections", "expression", "memoryReference"];

    /// <summary>The root and all below it, outer before inner.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? root)
    {
        if (root is not JsonObject activity)
            yield break;

        yield return activity;
        foreach (var below in Children(activity).SelectMany(c => All(c.Activity)))
            yield return below;
    }

    /// <summary>Activities that stand in another one, each with the field it stands in.</summary>
    public static List<(string Port, JsonObject Activity)> Children(JsonObject activity)
    {
        var children = new List<(string, JsonObject)>();
        foreach (var (name, value) in activity)
        {
            if (NoActivities.Contains(name))
                continue;
            if (value is JsonObject child && IsActivity(child))
            {
                children.Add((name, child));
                continue;
            }

            // Cases of a switch and states of a state machine hold theirs one level deeper.
            foreach (var item in ElsaJson.Items(value).OfType<JsonObject>())
                children.AddRange(IsActivity(item) ? [(name, item)] : item.Select(f => f.Value).OfType<JsonObject>().Where(IsActivity).Select(below => (name, below)));
        }

        return children;
    }

    /// <summary>Gives an id to every activity that has none, and to all the node id the engine knows it by: ids from the workflow down.</summary>
    public static void Place(JsonObject definition)
    {
        if (definition["root"] is not JsonObject root)
            return;

        var used = All(root).Select(a => ElsaJson.Text(a["id"])).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var workflow = Free(used, "Workflow");
        foreach (var activity in All(root).Where(a => string.IsNullOrEmpty(ElsaJson.Text(a["id"]))))
            activity["id"] = Free(used, ShortName(ElsaJson.Text(activity["type"]) ?? "Activity"));
        Place(root, workflow);
    }

    /// <summary>What people call a step: the words they gave it, else its name, else its id.</summary>
    public static string Label(JsonObject activity) =>
        (activity["metadata"] is JsonObject metadata && ElsaJson.Text(metadata["displayText"]) is { Length: > 0 } words ? words : null)
        ?? ElsaJson.Text(activity["name"]) ?? ElsaJson.Text(activity["id"]) ?? "";

    public static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static void Place(JsonObject activity, string parent)
    {
        var nodeId = $"{parent}:{ElsaJson.Text(activity["id"])}";
        if (ElsaJson.Text(activity["nodeId"]) != nodeId)
            activity["nodeId"] = nodeId;
        foreach (var (_, child) in Children(activity))
            Place(child, nodeId);
    }

    private static string Free(HashSet<string> used, string stem)
    {
        var number = 1;
        while (!used.Add($"{stem}{number.ToString(CultureInfo.InvariantCulture)}"))
            number++;
        return $"{stem}{number.ToString(CultureInfo.InvariantCulture)}";
    }

    private static bool IsActivity(JsonObject json) =>
        ElsaJson.Text(json["type"]) is { } type && !json.ContainsKey("expression")
        && (type.Contains('.', StringComparison.Ordinal) || json.ContainsKey("nodeId") || json.ContainsKey("activities") || json["workflowDefinitionId"] is JsonValue || json["workflowDefinitionVersionId"] is JsonValue);
}
