using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Steps the Studio could not draw: one of them would empty its canvas, so each is sent as Elsa's substitute with its original inside.</summary>
internal static class MissingSteps
{
    public const string Type = "Elsa.NotFoundActivity";

    /// <summary>Puts substitutes for what cannot be drawn.</summary>
    public static void Substitute(JsonNode? root, ActivityRegistry registry)
    {
        if (root is not JsonObject activity)
            return;
        if (IsDrawable(activity, registry))
        {
            foreach (var (_, child) in ActivityTree.Children(activity))
                Substitute(child, registry);
            return;
        }

        activity.ReplaceWith(SubstituteOf(activity));
    }

    /// <summary>Puts the originals back, where the substitutes were moved or renamed with their new place and name.</summary>
    public static void Restore(JsonNode? root)
    {
        if (root is not JsonObject activity)
            return;
        if (OriginalOf(activity) is { } original)
            activity.ReplaceWith(original);
        else
            ActivityTree.Children(activity).ForEach(c => Restore(c.Activity));
    }

    private static JsonObject SubstituteOf(JsonObject activity)
    {
        var metadata = activity["metadata"] is JsonObject known ? (JsonObject)known.DeepClone() : [];
        metadata["displayText"] ??= ActivityTree.Label(activity);
        return new JsonObject
        {
            ["id"] = activity["id"]?.DeepClone(),
            ["nodeId"] = activity["nodeId"]?.DeepClone(),
            ["name"] = activity["name"]?.DeepClone(),
            ["type"] = Type,
            ["version"] = 1,
            ["missingTypeName"] = ElsaJson.Text(activity["type"]),
            ["missingTypeVersion"] = ElsaJson.Number(activity["version"]) ?? 1,
            ["originalActivityJson"] = activity.ToJsonString(ElsaJson.Options),
            ["customProperties"] = new JsonObject(),
            ["metadata"] = metadata,
        };
    }

    private static JsonObject? OriginalOf(JsonObject activity)
    {
        if (ElsaJson.Text(activity["type"]) != Type || ElsaJson.Text(activity["originalActivityJson"]) is not { } json)
            return null;

        try
        {
            if (JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 256 }) is not JsonObject original)
                return null;

            original["id"] = activity["id"]?.DeepClone();
            if (activity["name"] is { } name)
                original["name"] = name.DeepClone();
            Move(activity["metadata"] as JsonObject, original);
            return original;
        }
        catch (JsonException)
        {
            // Not ours: it stays what it is, and says at publishing that it cannot run.
            return null;
        }
    }

    private static void Move(JsonObject? metadata, JsonObject original)
    {
        if (metadata is null)
            return;

        var words = original["metadata"] is JsonObject before ? ElsaJson.Text(before["displayText"]) : null;
        var label = ActivityTree.Label(original);
        var moved = (JsonObject)metadata.DeepClone();
        // The label was lent to the substitute; only a new one is meant.
        if (words is null && ElsaJson.Text(moved["displayText"]) == label)
            moved.Remove("displayText");
        if (moved.Count > 0 || original["metadata"] is not null)
            original["metadata"] = moved;
    }

    private static bool IsDrawable(JsonObject activity, ActivityRegistry registry)
    {
        var type = ElsaJson.Text(activity["type"]) ?? "";
        if (type == Type && activity.ContainsKey("originalActivityJson"))
            return true;
        if (type != ChoiceSteps.Type && registry.Find(type) is null)
            return activity["workflowDefinitionId"] is JsonValue || activity["workflowDefinitionVersionId"] is JsonValue;
        return DrawnPorts.CanBeRead(activity, type);
    }
}
