using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
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

public sealed class SchedulesTests : IAsyncLifetime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
    private readonly string _folder = Directory.CreateTempSubdirectory("office-schedule-").FullName;
    private readonly FakeClock _clock = new("2027-03-09T18:30:00-08:00");
    private DataFolder _data = null!;
    private TestStore _test = null!;
    private WorkflowStore _store = null!;
    private WorkflowRuntime _runtime = null!;

    public async Task InitializeAsync()
    {
        _data = DataFolder.Take(_folder);
        _test = await TestStore.OpenAsync("sqlite");
        _store = _test.Office;
        _runtime = new WorkflowRuntime(_store, ActivityRegistry.Standard, _clock, new WorkflowRuntimeOptions { PlansTimers = false });
    }

    public async Task DisposeAsync()
    {
        _data.Dispose();
        await _test.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Published_schedules_are_planned_kept_as_they_are_and_taken_back_when_retracted()
    {
        await PublishAsync("chase", "Elsa.Cron", ("cronExpression", "0 9 * * MON-FRI"));
        await PublishAsync("digest", "Elsa.Timer", ("interval", "01:00:00"));
        await PublishAsync("past", "Elsa.StartAt", ("dateTime", "2027-03-01T09:00:00Z"));
        var scheduler = await BuildAsync();
        var schedules = new Schedules(scheduler, _runtime, _clock);
        await schedules.ReconcileAsync(Zone, default);
        var first = await PlannedAsync(scheduler);

        _clock.Advance(TimeSpan.FromMinutes(10));
        await schedules.ReconcileAsync(Zone, default);
        (await PlannedAsync(scheduler)).ShouldBe(first);
        first.ShouldContain(Moment("2027-03-10T09:00:00-08:00"));
        first.ShouldContain(Moment("2027-03-09T19:30:00-08:00"));
        first.Count.ShouldBe(2 + Housekeeping.Tasks.Count);

        await _runtime.RetractAsync("chase");
        await schedules.ReconcileAsync(Zone, default);
        (await PlannedAsync(scheduler)).Count.ShouldBe(1 + Housekeeping.Tasks.Count);
        await scheduler.Shutdown(true);
    }

    [Theory]
    [InlineData("Elsa.Cron", "cronExpression", "0 * * * *")]
    [InlineData("Elsa.Timer", "interval", "01:00:00")]
    [InlineData("Elsa.StartAt", "dateTime", "2027-03-10T09:00:00-08:00")]
    public async Task What_an_outage_missed_starts_once(string type, string input, string value)
    {
        await PublishAsync("w", type, (input, value));
        var before = await BuildAsync();
        await new Schedules(before, _runtime, _clock).ReconcileAsync(Zone, default);
        await before.Shutdown(true);

        _clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(5));
        var after = await BuildAsync();
        await new Schedules(after, _runtime, _clock).ReconcileAsync(Zone, default);
        await after.Start();
        var planned = await UntilPlannedAsync();
        await after.Shutdown(true);

        planned.Count.ShouldBe(1);
        (await _runtime.RunDueWorkAsync(10)).ShouldBe(1);
        await using var context = await _store.ReadAsync(default);
        (await context.Instances.CountAsync()).ShouldBe(1);
        (await context.Work.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_moment_fired_twice_starts_once()
    {
        await PublishAsync("w", "Elsa.Timer", ("interval", "01:00:00"));
        var schedule = (await _runtime.ListSchedulesAsync()).ShouldHaveSingleItem();

        await _runtime.FireAsync(schedule.VersionId, schedule.ActivityId, _clock.GetUtcNow());
        await _runtime.RunDueWorkAsync(10);
        await _runtime.FireAsync(schedule.VersionId, schedule.ActivityId, _clock.GetUtcNow());
        await _runtime.RunDueWorkAsync(10);

        await using var context = await _store.ReadAsync(default);
        (await context.Instances.CountAsync()).ShouldBe(1);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, null);

    private Task<IScheduler> BuildAsync()
    {
        var options = new ServeOptions(_folder);
        return Scheduler.BuildAsync(options, _data, _runtime, new Housekeeping(_store, options, _data, _clock, NullLogger<Housekeeping>.Instance), _clock, default);
    }

    private static async Task<List<DateTimeOffset>> PlannedAsync(IScheduler scheduler)
    {
        var moments = new List<DateTimeOffset>();
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup()))
            moments.Add((await scheduler.GetTrigger(key))!.NextFireTimeUtc!.Value);
        return [.. moments.Order()];
    }

    private async Task<List<Engine.Running.WorkItem>> UntilPlannedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var context = await _store.ReadAsync(limit.Token);
            if (await context.Work.ToListAsync(limit.Token) is { Count: > 0 } work)
                return work;
            await Task.Yield();
        }
    }

    private async Task PublishAsync(string id, string type, params (string Name, string Value)[] inputs)
    {
        var trigger = new JsonObject { ["id"] = "timer", ["type"] = type, ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true } };
        foreach (var (name, value) in inputs)
            trigger[name] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        await _runtime.ImportDefinitionAsync(new JsonObject
        {
            ["id"] = $"{id}-v1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["isLatest"] = true,
            ["isPublished"] = true,
            ["root"] = new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(trigger) },
        }.ToJsonString());
    }
}
