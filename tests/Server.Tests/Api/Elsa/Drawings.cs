using System.Text.Json.Nodes;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Definitions for tests: what the Studio has sent, and small ones of our own.</summary>
internal static class Drawings
{
    private static int _number;

    /// <summary>A body recorded from the Studio.</summary>
    public static JsonObject Recorded(string name) => (JsonObject)Lists(name);

    /// <summary>Bodies that were recorded as a list of them.</summary>
    public static JsonNode Lists(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Tools.Root, "tests/Server.Tests/Api/Elsa/Fixtures", name + ".json")))!;

    public static string NewId(string stem = "drawing") => $"{stem}-{Interlocked.Increment(ref _number)}-{Guid.NewGuid():N}"[..24];

    public static JsonObject Flow(string definitionId, JsonNode[] activities, params (string From, string Port, string To)[] connections) => new()
    {
        ["definitionId"] = definitionId,
        ["name"] = definitionId,
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(activities),
            ["connections"] = new JsonArray([.. connections.Select(c => (JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = c.From, ["port"] = c.Port },
                ["target"] = new JsonObject { ["activity"] = c.To, ["port"] = "In" },
            })]),
        },
    };

    public static JsonObject Step(string id, string type, params (string Input, string Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (input, value) in inputs)
            step[input] = Literal(value);
        return step;
    }

    public static JsonObject Literal(string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
}
