using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Desk;

/// <summary>Small published workflows.</summary>
internal static class SmallWorkflows
{
    /// <summary>Writes a line.</summary>
    public static string Line { get; } = Of("line", Write("l", "there"));

    /// <summary>Waits for an event that never comes.</summary>
    public static string Waiting { get; } = Of("waiting", Activity("Elsa.Event", "e", "eventName", "Never"));

    /// <summary>Waits an hour, then writes a line.</summary>
    public static string Late { get; } = Of("late", Activity("Elsa.Delay", "d", "timeSpan", "01:00:00"), Write("l", "at last"));

    /// <summary>Has a follow-up that workers do.</summary>
    public static string Answer { get; } = Of("answer", Activity("Elsa.PublishEvent", "p", "eventName", "Asked"), Activity("Elsa.Event", "e", "eventName", "Asked"), Write("l", "answered"));

    public static string Of(string id, params JsonNode[] activities) => Of(id, 1, activities);

    public static string Of(string id, int version, params JsonNode[] activities) => new JsonObject
    {
        ["id"] = $"{id}-v{version}",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = version,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = new JsonObject { ["id"] = "s", ["name"] = "s", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(activities) },
    }.ToJsonString();

    public static JsonObject Write(string id, string text) => Activity("Elsa.WriteLine", id, "text", text);

    private static JsonObject Activity(string type, string id, string input, string value) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = type,
        ["version"] = 1,
        [input] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } },
    };
}
