using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests;

/// <summary>Short ways to write definitions.</summary>
internal static class Define
{
    public static string Workflow(string id, JsonNode root, JsonNode? variables = null, JsonNode? options = null, JsonNode? inputs = null) => new JsonObject
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["variables"] = variables ?? new JsonArray(),
        ["inputs"] = inputs ?? new JsonArray(),
        ["options"] = options ?? new JsonObject(),
        ["root"] = root,
    }.ToJsonString();

    public static JsonObject Sequence(string id, params JsonNode[] activities) => Activity("Elsa.Sequence", id, ("activities", new JsonArray(activities)));

    public static JsonObject Line(string id, string text) => Activity("Elsa.WriteLine", id, ("text", Literal(text)));

    public static JsonObject Script(string id, string script) => Activity("Elsa.WriteLine", id, ("text", JavaScript(script)));

    public static JsonObject Event(string id, string name) => Activity("Elsa.Event", id, ("eventName", Literal(name)));

    public static JsonObject Flowchart(string id, JsonNode[] activities, params string[] connections) => Activity(
        "Elsa.Flowchart", id,
        ("activities", new JsonArray(activities)),
        ("connections", new JsonArray([.. connections.Select(c => (JsonNode)Connection(c))])));

    public static JsonObject Activity(string type, string id, params (string Name, JsonNode? Value)[] fields)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in fields)
            activity[name] = value;
        return activity;
    }

    public static JsonObject Literal(JsonNode? value) => Input("Literal", value);

    public static JsonObject JavaScript(string source) => Input("JavaScript", source);

    public static JsonObject Input(string type, JsonNode? value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Variable(string name, string type = "Object", string? value = null) => new() { ["id"] = name, ["name"] = name, ["typeName"] = type, ["value"] = value };

    /// <summary>Source, port and target as <c>a.Done>b</c>.</summary>
    private static JsonObject Connection(string text)
    {
        var arrow = text.IndexOf('>', StringComparison.Ordinal);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = text[..dot], ["port"] = text[(dot + 1)..arrow] },
            ["target"] = new JsonObject { ["activity"] = text[(arrow + 1)..], ["port"] = "In" },
        };
    }
}

/// <summary>A runtime over a store in memory with a clock that is moved by hand.</summary>
internal sealed class TestOffice
{
    public TestOffice(ActivityRegistry? registry = null, Func<WorkflowRuntimeOptions, WorkflowRuntimeOptions>? configure = null)
    {
        var count = 0;
        var options = new WorkflowRuntimeOptions { NewInstanceId = () => $"i{Interlocked.Increment(ref count)}", LineWritten = Lines.Add };
        Runtime = new WorkflowRuntime(Store, registry ?? ActivityRegistry.Standard, Clock, configure?.Invoke(options) ?? options);
    }

    public FakeClock Clock { get; } = new("2026-03-02T09:00:00Z");

    public MemoryWorkflowStore Store { get; } = new();

    public List<string> Lines { get; } = [];

    public WorkflowRuntime Runtime { get; }

    public async Task<StartResult> RunAsync(string definition, Func<StartRequest, StartRequest>? change = null)
    {
        var stored = await Runtime.ImportDefinitionAsync(definition);
        var request = new StartRequest { DefinitionId = stored.DefinitionId };
        var result = await Runtime.StartAsync(change?.Invoke(request) ?? request);
        await RestAsync();
        return result;
    }

    public async Task RestAsync()
    {
        for (var rounds = 0; await Runtime.RunDueWorkAsync(100) > 0; rounds++)
            rounds.ShouldBeLessThan(1000, "work never ends");
    }
}
