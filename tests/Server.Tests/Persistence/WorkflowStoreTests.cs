using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>What every store promises the engine.</summary>
public sealed class WorkflowStoreTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 9, 18, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Stores => TestStore.Kinds;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_committed_is_found_again(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var burst = First("i1") with
        {
            BookmarksCreated = [Bookmark("i1-1", "i1", "A"), Bookmark("i1-2", "i1", "B")],
            Journal = [Line("i1", 0), Line("i1", 1)],
        };

        await test.Store.CommitAsync(new Commit { Bursts = [burst] }, default);

        (await test.Store.FindInstanceAsync("i1", default)).ShouldBe(burst.Instance);
        (await test.Store.ListBookmarksAsync("i1", default)).ShouldBe(burst.BookmarksCreated);
        (await test.Store.ListJournalAsync("i1", default)).ShouldBe(burst.Journal);
        (await test.Store.FindBookmarkAsync("i1-2", default))!.Hash.ShouldBe("B");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Of_two_bursts_from_one_state_only_the_first_is_stored(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [First("i1")] }, default);
        await test.Store.CommitAsync(new Commit { Bursts = [Next("i1", 2, "winner")] }, default);

        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.CommitAsync(new Commit { Bursts = [Next("i1", 2, "loser")] }, default));

        (await test.Store.FindInstanceAsync("i1", default))!.Name.ShouldBe("winner");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_commit_that_fails_leaves_nothing_of_itself(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [First("i1")] }, default);
        var half = new Commit { Bursts = [First("i2") with { BookmarksCreated = [Bookmark("i2-1", "i2", "A")] }, Next("i1", 7, "out of order")], Work = [Work("w1", Now)] };

        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.CommitAsync(half, default));

        (await test.Store.FindInstanceAsync("i2", default)).ShouldBeNull();
        (await test.Store.FindBookmarkAsync("i2-1", default)).ShouldBeNull();
        (await test.Store.ListDueWorkAsync(Now, 10, default)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_bookmark_is_consumed_once_however_many_try(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [First("i1") with { BookmarksCreated = [Bookmark("i1-1", "i1", "A")] }] }, default);
        var take = new Commit { Bursts = [Next("i1", 2, "taken") with { BookmarksBurned = ["i1-1"] }], ConsumedBookmark = "i1-1" };

        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                await test.Store.CommitAsync(take, default);
                return true;
            }
            catch (ConcurrencyException)
            {
                return false;
            }
        })));

        won.Count(w => w).ShouldBe(1);
        (await test.Store.FindBookmarkAsync("i1-1", default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_command_key_is_taken_once_and_its_answer_is_kept(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var command = new StoredCommand("k1", "start crew-hire", "hash", "{\"a\":1}", Now);
        await test.Store.CommitAsync(new Commit { Bursts = [First("i1")], Command = command }, default);

        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.CommitAsync(new Commit { Bursts = [First("i2")], Command = command }, default));

        (await test.Store.FindCommandAsync("k1", default)).ShouldBe(command);
        (await test.Store.FindInstanceAsync("i2", default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_burned_bookmark_takes_its_timer_with_it(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var timer = new WorkItem("i1-1", "resume", "i1", "i1-1", Now.AddHours(48), null);
        await test.Store.CommitAsync(new Commit { Bursts = [First("i1") with { BookmarksCreated = [Bookmark("i1-1", "i1", "A")], Work = [timer] }] }, default);
        (await test.Store.NextDueAsync(Now, default)).ShouldBe(timer.DueAt);

        await test.Store.CommitAsync(new Commit { Bursts = [Next("i1", 2, "x") with { BookmarksBurned = ["i1-1"] }] }, default);

        (await test.Store.NextDueAsync(Now, default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Due_work_comes_in_due_order_and_stays_until_it_is_consumed(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [], Work = [Work("late", Now.AddMinutes(-1)), Work("early", Now.AddHours(-1)), Work("later", Now.AddHours(1))] }, default);
        (await test.Store.ListDueWorkAsync(Now, 10, default)).Select(w => w.Id).ShouldBe(["early", "late"]);

        await test.Store.CommitAsync(new Commit { Bursts = [], ConsumedWork = "early" }, default);

        (await test.Store.ListDueWorkAsync(Now, 10, default)).Select(w => w.Id).ShouldBe(["late"]);
        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.CommitAsync(new Commit { Bursts = [], ConsumedWork = "early" }, default));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_that_is_planned_twice_is_done_once(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [], Work = [Work("w", Now)] }, default);
        await test.Store.CommitAsync(new Commit { Bursts = [], Work = [Work("w", Now.AddHours(1))] }, default);

        (await test.Store.ListDueWorkAsync(Now.AddHours(2), 10, default)).ShouldHaveSingleItem().DueAt.ShouldBe(Now);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Failing_work_is_tried_later_and_then_set_aside(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await test.Store.CommitAsync(new Commit { Bursts = [], Work = [Work("w", Now)] }, default);

        await test.Store.RetryWorkAsync("w", "no luck", Now.AddMinutes(5), default);
        (await test.Store.ListDueWorkAsync(Now, 10, default)).ShouldBeEmpty();
        (await test.Store.ListDueWorkAsync(Now.AddMinutes(5), 10, default)).ShouldHaveSingleItem().Attempts.ShouldBe(1);

        await test.Store.RetryWorkAsync("w", "no luck", null, default);
        (await test.Store.ListDueWorkAsync(Now.AddDays(1), 10, default)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_waits_is_found_by_stimulus_correlation_and_instance(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        foreach (var (id, correlation) in new[] { ("i1", "hire:C041"), ("i2", "hire:C030") })
            await test.Store.CommitAsync(new Commit { Bursts = [First(id) with { BookmarksCreated = [Bookmark($"{id}-1", id, "H") with { CorrelationId = correlation }] }] }, default);

        (await test.Store.FindBookmarksAsync("H", null, null, default)).Count.ShouldBe(2);
        (await test.Store.FindBookmarksAsync("H", "hire:C030", null, default)).ShouldHaveSingleItem().InstanceId.ShouldBe("i2");
        (await test.Store.FindBookmarksAsync("H", null, "i1", default)).ShouldHaveSingleItem().InstanceId.ShouldBe("i1");
        (await test.Store.FindBookmarksAsync("h", null, null, default)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task One_version_is_latest_and_one_is_published_and_triggers_follow_it(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var first = new StoredDefinition("d:1", "d", 1, IsLatest: true, IsPublished: true, "D", "{}", Now);
        await test.Store.SaveDefinitionAsync(first, [new Trigger("d", "d:1", "t", "Elsa.Event", "H1", null)], null, default);
        await test.Store.SaveDefinitionAsync(first with { VersionId = "d:2", Version = 2 }, [new Trigger("d", "d:2", "t", "Elsa.Event", "H2", null)], null, default);

        (await test.Store.FindDefinitionAsync("d", published: true, default))!.Version.ShouldBe(2);
        (await test.Store.FindDefinitionVersionAsync("d:1", default)).ShouldBe(first with { IsLatest = false, IsPublished = false });
        (await test.Store.FindTriggersAsync("H1", default)).ShouldBeEmpty();
        (await test.Store.FindTriggersAsync("H2", default)).ShouldHaveSingleItem().DefinitionVersionId.ShouldBe("d:2");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Running_instances_are_counted_by_definition_and_correlation(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var ended = First("i3");
        await test.Store.CommitAsync(new Commit { Bursts = [First("i1"), First("i2"), ended with { Instance = ended.Instance with { Status = WorkflowStatus.Finished } }] }, default);

        (await test.Store.CountRunningAsync("d", null, default)).ShouldBe(2);
        (await test.Store.CountRunningAsync(null, "c-i1", default)).ShouldBe(1);
        (await test.Store.CountRunningAsync("other", null, default)).ShouldBe(0);
    }

    private static BurstResult First(string id) => new() { Instance = Instance(id, 1, null) };

    private static BurstResult Next(string id, int version, string name) => new() { Instance = Instance(id, version, name) };

    private static WorkflowInstance Instance(string id, int version, string? name) => new(
        id, "d", "d:1", 1, version, WorkflowStatus.Running, WorkflowSubStatus.Suspended, $"c-{id}", name, null, 0, "{\"state\":1}", Now, Now, null);

    private static Bookmark Bookmark(string id, string instance, string hash) =>
        new(id, instance, "Elsa.Event", hash, "a", "Workflow1:a", "1", null, null, null, "Received", true, Now, null);

    private static JournalEntry Line(string instance, int n) => new(instance, n, "Started", "a", "Workflow1:a", "1", "Elsa.Event", Now);

    private static WorkItem Work(string id, DateTimeOffset due) => new(id, "event", null, null, due, "{}");
}
