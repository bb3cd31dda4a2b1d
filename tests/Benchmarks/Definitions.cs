using System.Text.Json.Nodes;

namespace ProductionOffice.Benchmarks;

/// <summary>The definitions that are measured, in Elsa's format.</summary>
internal static class Definitions
{
    /// <summary>Ten steps without waiting: 4 SetVariable, 3 If with one WriteLine inside, 3 WriteLine.</summary>
    public static string Ten => Workflow("ten",
        Set("s1"), Line("w1"), If("i1"), Set("s2"), Line("w2"), If("i2"), Set("s3"), Line("w3"), If("i3"), Set("s4"));

    /// <summary>What <see cref="Ten"/> executes: ten steps, three lines inside, the sequence.</summary>
    public const int ActivitiesOfTen = 14;

    /// <summary>The same ten steps without a script: fixed values and variables.</summary>
    public static string TenPlain => Fixed("ten-plain", () => Input("Variable", "x"));

    /// <summary>The same ten steps with scripts as conditions only.</summary>
    public static string TenConditions => Fixed("ten-conditions", () => Input("JavaScript", "variables.x > 0"));

    private static string Fixed(string id, Func<JsonObject> condition) => Workflow(id,
        Set("s1", Input("Literal", "1")), Line("w1", Input("Literal", "x")), If("i1", condition()), Set("s2", Input("Literal", "2")), Line("w2", Input("Literal", "x")),
        If("i2", condition()), Set("s3", Input("Literal", "3")), Line("w3", Input("Literal", "x")), If("i3", condition()), Set("s4", Input("Literal", "4")));

    /// <summary>Diamonds in a row, each a fork of two lines that meet again, and a way back from the end to the beginning that is taken once.</summary>
    public static string Diamonds(int count)
    {
        var activities = new JsonArray(Line("a0"));
        var connections = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            foreach (var side in new[] { "l", "r" })
            {
                activities.Add(Line($"{side}{i}"));
                connections.Add(Connection($"a{i}", "Done", $"{side}{i}"));
                connections.Add(Connection($"{side}{i}", "Done", $"a{i + 1}"));
            }

            activities.Add(i + 1 < count ? Line($"a{i + 1}") : Set($"a{i + 1}"));
        }

        activities.Add(Activity("Elsa.FlowDecision", "again", ("condition", Input("JavaScript", "variables.x < 2"))));
        connections.Add(Connection($"a{count}", "Done", "again"));
        connections.Add(Connection("again", "True", "a0"));
        return Workflow("diamonds", Activity("Elsa.Flowchart", "f", ("activities", activities), ("connections", connections)));
    }

    /// <summary>Two steps, a wait for an event, two steps.</summary>
    public static string Waiting => Workflow("waiting", Set("s1"), Line("w1"), Event("e1"), Set("s2"), Line("w2"));

    /// <summary>Waits an hour, then writes a line.</summary>
    public static string Late => Workflow("late", Activity("Elsa.Delay", "d1", ("timeSpan", Input("Literal", "01:00:00"))), Line("w1"));

    /// <summary>Writes a line.</summary>
    public static string Written => Workflow("written", Line("w1"));

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

    private static JsonObject Set(string id, JsonObject? value = null) => Activity("Elsa.SetVariable", id,
        ("variable", new JsonObject { ["id"] = "x", ["name"] = "x", ["typeName"] = "Int32" }), ("value", value ?? Input("JavaScript", "variables.x + 1")));

    private static JsonObject Line(string id, JsonObject? text = null) => Activity("Elsa.WriteLine", id, ("text", text ?? Input("JavaScript", "'x is ' + variables.x")));

    private static JsonObject If(string id, JsonObject? condition = null) => Activity("Elsa.If", id,
        ("condition", condition ?? Input("JavaScript", "variables.x > 0")), ("then", Line($"{id}-then", condition is null ? null : Input("Literal", "x"))));

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

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
