using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>Who does which work, in one process and between several.</summary>
public sealed class WorkClaimTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 10, 2, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Stores => TestStore.Kinds;

    public static TheoryData<string> DurableStores => TestStore.DurableKinds;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_one_works_on_others_leave_alone_until_it_is_given_back(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await PlanAsync(test.Store, Item("early", Now.AddHours(-1)), Item("late", Now.AddMinutes(-1)));

        var first = (await test.Store.ClaimWorkAsync(Now, null, default))!;
        await using var second = await test.Store.ClaimWorkAsync(Now, null, default);
        (await test.Store.ClaimWorkAsync(Now, null, default)).ShouldBeNull();
        await first.DisposeAsync();
        await using var again = await test.Store.ClaimWorkAsync(Now, null, default);

        (first.Item.Id, second!.Item.Id, again!.Item).ShouldBe(("early", "late", first.Item));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_that_is_not_due_or_older_than_asked_for_is_not_taken(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await PlanAsync(test.Store, Item("overdue", Now.AddHours(-1)), Item("fresh", Now.AddSeconds(-1)), Item("later", Now.AddSeconds(1)));

        await using var fresh = await test.Store.ClaimWorkAsync(Now, Now.AddSeconds(-10), default);

        fresh!.Item.Id.ShouldBe("fresh");
        (await test.Store.ClaimWorkAsync(Now, Now.AddSeconds(-10), default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_on_an_instance_that_somebody_works_on_waits_and_other_work_passes_it(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [Burst("i1", 1), Burst("i2", 1)] }, default);
        await PlanAsync(test.Store, Item("a", Now.AddHours(-3), "i1"), Item("b", Now.AddHours(-2), "i1"), Item("c", Now.AddHours(-1), "i2"));

        await using var first = await test.Store.ClaimWorkAsync(Now, null, default);
        await using var second = await test.Store.ClaimWorkAsync(Now, null, default);

        (first!.Item.Id, second!.Item.Id).ShouldBe(("a", "c"));
        (await test.Store.ClaimWorkAsync(Now, null, default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_commit_under_a_claim_takes_the_item_away(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [Burst("i1", 1)] }, default);
        await PlanAsync(test.Store, Item("a", Now, "i1"));

        await using (var claim = await test.Store.ClaimWorkAsync(Now, null, default))
            await test.Store.CommitAsync(new Commit { Bursts = [Burst("i1", 2)], ConsumedWork = "a", Claim = claim }, default);

        (await test.Store.ClaimWorkAsync(Now, null, default)).ShouldBeNull();
        (await test.Store.ListDueWorkAsync(Now, 10, default)).ShouldBeEmpty();
        (await test.Store.FindInstanceAsync("i1", default))!.Version.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Parked_work_is_nobodys_and_cannot_be_committed_by_who_began_it(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await PlanAsync(test.Store, Item("a", Now));
        await test.Store.RetryWorkAsync("a", "no end", null, default);

        (await test.Store.ClaimWorkAsync(Now, null, default)).ShouldBeNull();
        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.CommitAsync(new Commit { Bursts = [], ConsumedWork = "a" }, default));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_failure_is_noted_before_another_may_try_so_it_counts_once(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var runtime = new WorkflowRuntime(test.Store, ActivityRegistry.Standard, new FakeClock(Now));
        string[] ids = [.. Enumerable.Range(0, 20).Select(n => $"hopeless-{n:00}")];
        await PlanAsync(test.Store, [.. ids.Select(id => Item(id, Now) with { Kind = "start", Payload = """{"definitionId":"no-such-workflow"}""" })]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => runtime.RunDueWorkAsync(100))));

        var claims = new List<WorkClaim>();
        while (await test.Store.ClaimWorkAsync(Now.AddDays(1), null, default) is { } claim)
            claims.Add(claim);
        foreach (var claim in claims)
            await claim.DisposeAsync();
        claims.Select(c => (c.Item.Id, c.Item.Attempts)).ShouldBe(ids.Select(id => (id, 1)), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_attempt_that_another_has_noted_is_not_counted_twice(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await PlanAsync(test.Store, Item("a", Now));
        var lost = (await test.Store.ClaimWorkAsync(Now, null, default))!;
        await lost.DisposeAsync();

        await using (var other = await test.Store.ClaimWorkAsync(Now, null, default))
            await test.Store.RetryWorkAsync(other!, "failed", Now.AddSeconds(4), default);
        await test.Store.RetryWorkAsync(lost, "failed too", Now.AddSeconds(4), default);

        await using var next = await test.Store.ClaimWorkAsync(Now.AddSeconds(4), null, default);
        next!.Item.Attempts.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(DurableStores))]
    public async Task Work_that_ends_the_process_is_done_again_and_parked_after_the_fifth_time(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await PlanAsync(test.Store, Item("deadly", Now));
        var attempts = new List<int>();

        for (var life = 0; life < 12; life++)
        {
            var node = kind == "sqlite" ? await SqliteNodeAsync(test) : test.NewNode();
            // Never given back: this node dies with it.
            if (await node.ClaimWorkAsync(Now.AddDays(1 + life), null, default) is { } claim)
                attempts.Add(claim.Item.Attempts);
            if (kind == "postgres")
                await test.Space.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }

        attempts.ShouldBe([0, 1, 2, 3, 4]);
        await using var context = await (await NodeAsync(test)).ReadAsync(default);
        var reasons = await context.Database.SqlQueryRaw<string>("SELECT last_error AS \"Value\" FROM po_work WHERE parked_at IS NOT NULL").ToListAsync();
        reasons.ShouldHaveSingleItem().ShouldBe("The program ended while it did this.");
    }

    [Theory]
    [MemberData(nameof(DurableStores))]
    public async Task A_damaged_state_stops_its_own_instance_alone(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [Burst("i1", 1), Burst("i2", 1)] }, default);
        await test.Office.WriteAsync(c => c.Database.ExecuteSqlRawAsync("UPDATE po_instance SET state = 'half of i' WHERE id = 'i1'"), default);

        var error = await Should.ThrowAsync<DamagedInstanceException>(async () => await test.Store.FindInstanceAsync("i1", default));

        error.InstanceId.ShouldBe("i1");
        error.Message.ShouldContain("backup");
        (await test.Store.FindInstanceAsync("i2", default))!.State.ShouldBe("{}");
    }

    [PostgresFact]
    public async Task The_work_of_a_node_that_is_cut_off_goes_on_elsewhere_at_once()
    {
        await using var test = await TestStore.OpenAsync("postgres");
        await test.Store.CommitAsync(new Commit { Bursts = [Burst("i1", 1)] }, default);
        await PlanAsync(test.Store, Item("a", Now, "i1"));
        var lost = (await test.Store.ClaimWorkAsync(Now, null, default))!;
        await test.Space.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        var other = test.NewNode();
        await using (var taken = await other.ClaimWorkAsync(Now, null, default))
            await other.CommitAsync(new Commit { Bursts = [Burst("i1", 2)], ConsumedWork = "a", Claim = taken }, default);

        // Back again it finds itself overtaken: what it would do is refused as a whole.
        var late = await Should.ThrowAsync<Exception>(async () => await test.Store.CommitAsync(new Commit { Bursts = [Burst("i1", 2)], ConsumedWork = "a", Claim = lost }, default));
        (late is ConcurrencyException || test.Store.IsTransient(late)).ShouldBeTrue(late.ToString());
        await lost.DisposeAsync();
        (await other.FindInstanceAsync("i1", default))!.Version.ShouldBe(2);
    }

    private static async Task<ProductionOffice.Server.Persistence.WorkflowStore> NodeAsync(TestStore test) => test.Kind == "sqlite" ? await SqliteNodeAsync(test) : test.NewNode();

    /// <summary>The next process on the file.</summary>
    private static async Task<ProductionOffice.Server.Persistence.WorkflowStore> SqliteNodeAsync(TestStore test)
    {
        var database = new SqliteDatabase(test.File!);
        await database.NoteDeathsAsync(test.Clock, default);
        return new(database, new(), test.Clock);
    }

    private static ValueTask PlanAsync(IWorkflowStore store, params WorkItem[] items) => store.CommitAsync(new Commit { Bursts = [], Work = items }, default);

    private static WorkItem Item(string id, DateTimeOffset due, string? instance = null) => new(id, instance is null ? "event" : "continue", instance, null, due, null);

    private static BurstResult Burst(string id, int version) => new()
    {
        Instance = new(id, "d", "d:1", 1, version, WorkflowStatus.Running, WorkflowSubStatus.Suspended, null, null, null, 0, "{}", Now, Now, null),
    };
}
