using System.Text.Json.Nodes;

namespace ProductionOffice.Benchmarks;

/// <summary>The two definitions that are measured, in Elsa's format.</summary>
internal static class Definitions
{
    /// <summary>Ten steps without waiting: 4 SetVariable, 3 If with one WriteLine inside, 3 WriteLine.</summary>
    public static string Ten => Workflow("ten",
        Set("s1"), Line("w1"), If("i1"), Set("s2"), Line("w2"), If("i2"), Set("s3"), Line("w3"), If("i3"), Set("s4"));

    /// <summary>What <see cref="Ten"/> executes: ten steps, three lines inside, the sequence.</summary>
    public const int ActivitiesOfTen = 14;

    /// <summary>Two steps, a wait for an event, two steps.</summary>
    public static string Waiting => Workflow("waiting", Set("s1"), Line("w1"), Event("e1"), Set("s2"), Line("w2"));

    private static string Workflow(string id, params JsonNode[] activities) => new JsonObject
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "x", ["typeName"] = "Int32", ["value"] = "0" }),
        ["root"] = Activity("Elsa.Sequence", "s", ("activities", new JsonArray(activities))),
    }.ToJsonString();

    private static JsonObject Set(string id) => Activity("Elsa.SetVariable", id,
        ("variable", new JsonObject { ["id"] = "x", ["name"] = "x", ["typeName"] = "Int32" }), ("value", Input("JavaScript", "variables.x + 1")));

    private static JsonObject Line(string id) => Activity("Elsa.WriteLine", id, ("text", Input("JavaScript", "'x is ' + variables.x")));

    private static JsonObject If(string id) => Activity("Elsa.If", id, ("condition", Input("JavaScript", "variables.x > 0")), ("then", Line($"{id}-then")));

    private static JsonObject Event(string id) => Activity("Elsa.Event", id, ("eventName", Input("Literal", "Signed")));

    private static JsonObject Activity(string type, string id, params (string Name, JsonNode Value)[] fields)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in fields)
            activity[name] = value;
        return activity;
    }

    private static JsonObject Input(string language, string value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = language, ["value"] = value } };
}
