using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>Several workers, on PostgreSQL of several nodes, over one heap of overdue timers while people start more.</summary>
public sealed class ManyWorkersTests
{
    private const int Timers = 60;
    private const int WorkersOfANode = 3;

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Each_timer_fires_once_however_many_work(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var nodes = new List<WorkflowRuntime> { new(test.Store, ActivityRegistry.Standard, test.Clock) };
        if (kind == "postgres")
            nodes.Add(new(test.NewNode(), ActivityRegistry.Standard, test.Clock));
        await nodes[0].ImportDefinitionAsync(Definition);
        for (var i = 0; i < Timers; i++)
            await nodes[0].StartAsync(new StartRequest { DefinitionId = "late", InstanceId = $"i{i}" });
        test.Clock.Advance(TimeSpan.FromHours(2));

        var fired = await Task.WhenAll(nodes.SelectMany(n => Enumerable.Repeat(n, WorkersOfANode)).Select(n => Task.Run(async () =>
        {
            var count = 0;
            while (await n.RunNextWorkAsync(null, null))
                count++;
            return count;
        })));

        fired.Sum().ShouldBe(Timers);
        for (var i = 0; i < Timers; i++)
        {
            var instance = (await test.Store.FindInstanceAsync($"i{i}", default))!;
            (instance.Status, instance.Version).ShouldBe((WorkflowStatus.Finished, 2));
            (await test.Store.ListJournalAsync($"i{i}", default)).Count(j => j is { ActivityId: "l", Event: "Completed" }).ShouldBe(1);
        }
    }

    private static string Definition => new JsonObject
    {
        ["id"] = "late-v1",
        ["definitionId"] = "late",
        ["name"] = "late",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = Activity("Elsa.Sequence", "s", "activities", new JsonArray(
            Activity("Elsa.Delay", "d", "timeSpan", Input("TimeSpan", "01:00:00")),
            Activity("Elsa.WriteLine", "l", "text", Input("String", "at last")))),
    }.ToJsonString();

    private static JsonObject Activity(string type, string id, string field, JsonNode value) => new() { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1, [field] = value };

    private static JsonObject Input(string type, string value) => new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
}
