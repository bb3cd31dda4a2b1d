using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Desk;

/// <summary>An office at work: a heap of overdue timers, work without end, work that holds too much, an office that stands still.</summary>
public sealed class OfficeLoopTests
{
    private const int Overdue = 10_000;
    private const int Others = 20;

    public static TheoryData<string> Stores => TestStore.DurableKinds;

    [Fact]
    public async Task Ten_thousand_overdue_timers_fire_once_each_in_due_order_while_a_person_is_answered()
    {
        await using var test = await TestStore.OpenAsync("sqlite");
        var fired = new ConcurrentQueue<string>();
        await using var office = new RunningLoop(test, new WorkflowRuntimeOptions
        {
            Committed = c =>
            {
                if (c.ConsumedWork is { } work && work.StartsWith("late", StringComparison.Ordinal))
                    fired.Enqueue(work);
            },
        });
        await office.Runtime.ImportDefinitionAsync(SmallWorkflows.Late);
        await office.Runtime.ImportDefinitionAsync(SmallWorkflows.Answer);
        await FillAsync(test, office);

        await office.StartAsync();
        await RunningLoop.UntilAsync("timers fire", () => Task.FromResult(fired.Count > 100));
        var answered = await office.Runtime.StartAsync(new StartRequest { DefinitionId = "answer", InstanceId = "person" });
        await RunningLoop.UntilAsync("the follow-ups of the person's click are done", async () => (await office.Store.FindInstanceAsync("person", default))!.Status == WorkflowStatus.Finished);
        var behind = Overdue - fired.Count;
        await RunningLoop.UntilAsync("all have fired", () => Task.FromResult(fired.Count >= Overdue));

        answered.Status.ShouldBe(WorkflowStatus.Running);
        behind.ShouldBeGreaterThan(0, "the person had to wait for the heap");
        // Due one second after the other, in another order than they were written.
        fired.ShouldBe(Enumerable.Range(0, Overdue).Select(n => $"late{n:00000}-1"));
        await using var context = await office.Store.ReadAsync(default);
        (await context.Instances.CountAsync(i => i.DefinitionId == "late" && i.Status == WorkflowStatus.Finished && i.Version == 2)).ShouldBe(Overdue);
        (await context.Journal.CountAsync(j => j.InstanceId != "person" && j.ActivityId == "l" && j.Event == "Completed")).ShouldBe(Overdue);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_burst_without_end_is_set_aside_and_the_rest_goes_on(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        using var never = new ManualResetEventSlim();
        // Only work that names no instance asks for an id.
        var options = new WorkflowRuntimeOptions
        {
            NewInstanceId = () =>
            {
                never.Wait();
                return "late-result";
            },
        };
        await using var office = new RunningLoop(test, options, TimeSpan.FromSeconds(1));
        await office.Runtime.ImportDefinitionAsync(SmallWorkflows.Line);
        await PlanAsync(test, office, Start("endless", null), [.. Enumerable.Range(0, Others).Select(n => Start($"other{n}", $"i{n}"))]);

        await office.StartAsync();
        await RunningLoop.UntilAsync("it is set aside and the others are done", async () => await CountAsync(office) == Others && (await ParkedAsync(office, test)).Count == 1);
        var parked = (await ParkedAsync(office, test)).Single();
        never.Set();
        await office.DisposeAsync();

        (parked.Id, parked.Reason).ShouldBe(("work:endless", "It did not come to an end within 1 seconds."));
        (await CountAsync(office)).ShouldBe(Others, "what came late was stored");
        (await ParkedAsync(office, test)).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_that_would_hold_too_much_goes_to_a_person_with_the_reason(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await using var office = new RunningLoop(test, new WorkflowRuntimeOptions { MaxStateLength = 4096 });
        await office.Runtime.ImportDefinitionAsync(SmallWorkflows.Waiting);
        var heavy = new WorkItem("heavy", "start", null, null, test.Clock.GetUtcNow(), $$$"""{"definitionId":"waiting","instanceId":"heavy","input":{"story":"{{{new string('x', 5000)}}}"}}""");
        await PlanAsync(test, office, heavy);

        await office.StartAsync();
        await RunningLoop.UntilAsync("it is set aside", async () => (await ParkedAsync(office, test)).Count == 1);

        var parked = (await ParkedAsync(office, test)).Single();
        parked.What.ShouldBe("Start of waiting");
        parked.Reason.ShouldContain("4 KB");
        parked.Reason.ShouldContain("document");
        (await CountAsync(office)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_paused_office_does_no_work_until_it_is_released(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await using var office = new RunningLoop(test);
        await office.Runtime.ImportDefinitionAsync(SmallWorkflows.Line);
        await office.Store.WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = OfficePause.Setting, Value = "2027-03-09" });
            return Task.CompletedTask;
        }, default);
        await PlanAsync(test, office, Start("waiting", "i1"));

        await office.StartAsync();
        for (var look = 0; look < 20; look++)
        {
            test.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        (await CountAsync(office)).ShouldBe(0);
        (await OfficePause.WaitingAsync(test.Database, test.Clock.GetUtcNow(), default)).ShouldBe((0, 1));
        (await OfficePause.ReleaseAsync(test.Database, default)).ShouldBeTrue();
        await RunningLoop.UntilAsync("it is done once released", async () =>
        {
            test.Clock.Advance(TimeSpan.FromSeconds(1));
            return await CountAsync(office) == 1;
        });
    }

    private static WorkItem Start(string id, string? instance) => new(id, "start", null, null, DateTimeOffset.UnixEpoch, instance is null ? """{"definitionId":"line"}""" : $$"""{"definitionId":"line","instanceId":"{{instance}}"}""");

    private static ValueTask PlanAsync(TestStore test, RunningLoop office, WorkItem first, params WorkItem[] others) =>
        office.Store.CommitAsync(new Commit { Bursts = [], Work = [first, .. others.Select(o => o with { DueAt = test.Clock.GetUtcNow() })] }, default);

    private static async Task<int> CountAsync(RunningLoop office)
    {
        await using var context = await office.Store.ReadAsync(default);
        return await context.Instances.CountAsync();
    }

    private static Task<IReadOnlyList<ParkedItem>> ParkedAsync(RunningLoop office, TestStore test) => new RepairDesk(office.Store, office.Runtime, test.Clock).ListAsync(default);

    /// <summary>Makes many that wait out of one: their timers were due one second after the other.</summary>
    private static async Task FillAsync(TestStore test, RunningLoop office)
    {
        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "late", InstanceId = "late" });
        test.Clock.Advance(TimeSpan.FromDays(1));
        var first = test.Clock.GetUtcNow().AddHours(-12).UtcTicks;
        await office.Store.WriteAsync(async context =>
        {
            // 7919 has no divisor in common with the count: each moment once.
            await CopyAsync("po_instance", ("id", "'late' || n.k"));
            await CopyAsync("po_journal", ("instance_id", "'late' || n.k"));
            await CopyAsync("po_bookmark", ("id", "'late' || n.k || '-1'"), ("instance_id", "'late' || n.k"));
            await CopyAsync("po_work", ("id", "'late' || n.k || '-1'"), ("instance_id", "'late' || n.k"), ("bookmark_id", "'late' || n.k || '-1'"), ("due_at", $"{first} + n.k * 10000000"));
            foreach (var table in (string[])["po_instance WHERE id", "po_journal WHERE instance_id", "po_bookmark WHERE instance_id", "po_work WHERE instance_id"])
            {
                var delete = $"DELETE FROM {table} = 'late'";
                await context.Database.ExecuteSqlRawAsync(delete);
            }

            async Task CopyAsync(string table, params (string Column, string Value)[] changed)
            {
                var columns = await context.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})").ToListAsync();
                var values = columns.Select(c => changed.FirstOrDefault(x => x.Column == c).Value ?? $"t.\"{c}\"");
                var sql = $"WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < {Overdue - 1}), n(k) AS (SELECT printf('%05d', i * 7919 % {Overdue}) FROM i) "
                    + $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", values)} FROM n, {table} t WHERE t.{(table == "po_instance" ? "id" : "instance_id")} = 'late'";
                await context.Database.ExecuteSqlRawAsync(sql);
            }
        }, default);
    }
}
