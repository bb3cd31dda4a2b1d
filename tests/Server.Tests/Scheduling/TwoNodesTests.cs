using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Scheduling;
using ProductionOffice.Server.Tests.Persistence;
using ProductionOffice.TestKit;
using Quartz;

namespace ProductionOffice.Server.Tests.Scheduling;

/// <summary>Schedules of two nodes on one PostgreSQL.</summary>
public sealed class TwoNodesTests
{
    private const string Prefix = "trigger:tick-v1:timer:";

    [PostgresTheory]
    [InlineData("Elsa.Cron", "cronExpression", "* * * * * *")]
    [InlineData("Elsa.Timer", "interval", "00:00:01")]
    public async Task Each_due_moment_starts_once_while_two_fire_and_when_one_has_gone(string type, string input, string value)
    {
        await using var test = await TestStore.OpenAsync("postgres");
        using var first = new Node(test);
        using var second = new Node(test);
        await first.Runtime.ImportDefinitionAsync(Definition(type, input, value));
        await first.OpenAsync();
        await second.OpenAsync();

        await UntilAsync(test, 3, first, second);
        await first.CloseAsync();
        await UntilAsync(test, 6, second);
        await second.CloseAsync();
        while (await second.Runtime.RunDueWorkAsync(10) > 0)
            continue;

        var moments = await MomentsAsync(test);
        // Whole seconds without a gap, and of each one instance.
        moments.Zip(moments.Skip(1), (a, b) => b - a).ShouldAllBe(gap => gap == TimeSpan.FromSeconds(1));
        await using var context = await test.Office.ReadAsync(default);
        (await context.Instances.CountAsync()).ShouldBe(moments.Count);
        (await context.Work.CountAsync()).ShouldBe(0);
    }

    [PostgresFact]
    public async Task Two_nodes_that_fire_the_same_moment_at_once_start_it_once()
    {
        await using var test = await TestStore.OpenAsync("postgres");
        using var first = new Node(test);
        using var second = new Node(test);
        await first.Runtime.ImportDefinitionAsync(Definition("Elsa.Timer", "interval", "01:00:00"));
        var due = TimeProvider.System.GetUtcNow();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => (n % 2 == 0 ? first : second).Runtime.FireAsync("tick-v1", "timer", due))));
        await Task.WhenAll(first.Runtime.RunDueWorkAsync(10), second.Runtime.RunDueWorkAsync(10));
        await second.Runtime.FireAsync("tick-v1", "timer", due);
        await second.Runtime.RunDueWorkAsync(10);

        await using var context = await test.Office.ReadAsync(default);
        (await context.Instances.CountAsync()).ShouldBe(1);
        (await context.Work.CountAsync()).ShouldBe(0);
    }

    private static async Task UntilAsync(TestStore test, int moments, params Node[] nodes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await MomentsAsync(test)).Count < moments)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.WhenAll(nodes.Select(n => n.Runtime.RunDueWorkAsync(10, limit.Token)));
        }
    }

    private static async Task<List<DateTimeOffset>> MomentsAsync(TestStore test)
    {
        await using var context = await test.Office.ReadAsync(default);
        var keys = await context.Commands.Where(c => c.Key.StartsWith(Prefix)).Select(c => c.Key).ToListAsync();
        return [.. keys.Select(k => new DateTimeOffset(long.Parse(k[Prefix.Length..], CultureInfo.InvariantCulture), TimeSpan.Zero)).Order()];
    }

    private static string Definition(string type, string input, string value) => new JsonObject
    {
        ["id"] = "tick-v1",
        ["definitionId"] = "tick",
        ["name"] = "Tick",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = new JsonObject
        {
            ["id"] = "root",
            ["type"] = "Elsa.Sequence",
            ["activities"] = new JsonArray(new JsonObject
            {
                ["id"] = "timer",
                ["type"] = type,
                ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true },
                [input] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } },
            }),
        },
    }.ToJsonString();

    private sealed class Node : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("office-node-").FullName;
        private readonly DataFolder _data;
        private readonly ServeOptions _options;
        private readonly WorkflowStore _store;
        private IScheduler? _scheduler;

        public Node(TestStore test)
        {
            _data = DataFolder.Take(_folder);
            _options = new ServeOptions(_folder, Store: test.Space.Connection);
            _store = test.NewNode();
            Runtime = new WorkflowRuntime(_store, ActivityRegistry.Standard, TimeProvider.System, new WorkflowRuntimeOptions { PlansTimers = false });
        }

        public WorkflowRuntime Runtime { get; }

        public async Task OpenAsync()
        {
            var housekeeping = new Housekeeping(_store, _options, _data, TimeProvider.System, NullLogger<Housekeeping>.Instance);
            _scheduler = await Scheduler.BuildAsync(_options, _data, Runtime, housekeeping, TimeProvider.System, default);
            await new Schedules(_scheduler, Runtime, TimeProvider.System).ReconcileAsync(TimeZoneInfo.Utc, default);
            await _scheduler.Start();
        }

        public async Task CloseAsync() => await _scheduler!.Shutdown(true);

        public void Dispose()
        {
            _data.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
