using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>What every store promises for versions, migration and kept stimuli.</summary>
public sealed class WorkflowStoreUpkeepTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 9, 18, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Stores => TestStore.Kinds;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_of_a_kind_is_found_by_what_it_waits_with(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        WorkItem[] work =
        [
            new("s1", "stimulus", null, "HASH-A", Now.AddMinutes(2), "{}"), new("s2", "stimulus", null, "HASH-B", Now.AddMinutes(1), "{}"),
            new("s3", "stimulus", null, "HASH-A", Now, "{}"), new("r1", "resume", "i1", "HASH-A", Now, null),
        ];
        await test.Store.CommitAsync(new Commit { Bursts = [], Work = work }, default);
        await test.Store.RetryWorkAsync("s3", "given up", null, default);

        (await test.Store.ListWorkAsync("stimulus", "HASH-A", default)).Select(w => w.Id).ShouldBe(["s1"]);
        (await test.Store.ListWorkAsync("stimulus", null, default)).Select(w => w.Id).ShouldBe(["s2", "s1"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_bookmark_moves_with_its_timer_left_in_place(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var bookmark = Bookmark("i1-1", "i1");
        await test.Store.CommitAsync(new Commit { Bursts = [Burst(Instance("i1", "w", 1)) with { BookmarksCreated = [bookmark], Work = [new WorkItem("i1-1", "resume", "i1", "i1-1", Now, null)] }] }, default);
        var moved = bookmark with { ActivityNodeId = "Workflow1:other:a" };

        await test.Store.CommitAsync(new Commit { Bursts = [Burst(Instance("i1", "w", 2)) with { BookmarksMoved = [moved] }] }, default);

        (await test.Store.FindBookmarkAsync("i1-1", default)).ShouldBe(moved);
        (await test.Store.FindBookmarksAsync(moved.Hash, null, null, default)).ShouldBe([moved]);
        (await test.Store.ListDueWorkAsync(Now, 10, default)).ShouldHaveSingleItem().BookmarkId.ShouldBe("i1-1");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Instances_are_listed_by_definition_and_deleted_with_all_that_is_theirs(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        foreach (var id in new[] { "i1", "i2" })
        {
            await test.Store.CommitAsync(new Commit
            {
                Bursts = [Burst(Instance(id, "w", 1)) with { BookmarksCreated = [Bookmark($"{id}-1", id)], Journal = [Line(id)], Work = [new WorkItem($"{id}-1", "resume", id, $"{id}-1", Now, null)] }],
            }, default);
        }

        await test.Store.CommitAsync(new Commit { Bursts = [Burst(Instance("i3", "w", 1) with { Status = WorkflowStatus.Finished, SubStatus = WorkflowSubStatus.Finished }), Burst(Instance("i4", "other", 1))] }, default);

        (await test.Store.ListInstancesAsync("w", onlyRunning: true, default)).Select(i => i.Id).ShouldBe(["i1", "i2"], ignoreOrder: true);
        (await test.Store.ListInstancesAsync("w", onlyRunning: false, default)).Count.ShouldBe(3);
        await test.Store.DeleteInstancesAsync(["i1", "gone"], default);

        (await test.Store.FindInstanceAsync("i1", default)).ShouldBeNull();
        (await test.Store.ListBookmarksAsync("i1", default)).ShouldBeEmpty();
        (await test.Store.ListJournalAsync("i1", default)).ShouldBeEmpty();
        (await test.Store.ListDueWorkAsync(Now, 10, default)).Select(w => w.Id).ShouldBe(["i2-1"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task When_the_newest_version_goes_the_one_before_is_the_latest(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        foreach (var version in new[] { 1, 2 })
            await test.Store.SaveDefinitionAsync(new StoredDefinition($"w-v{version}", "w", version, true, version == 2, "w", "{}", Now), version == 2 ? [new Trigger("w", "w-v2", "t", "Elsa.Event", "HASH", null)] : [], null, default);

        await test.Store.DeleteDefinitionVersionAsync("w-v2", default);
        await test.Store.DeleteDefinitionVersionAsync("w-v2", default);

        (await test.Store.ListDefinitionsAsync(default)).Select(d => (d.Version, d.IsLatest, d.IsPublished)).ShouldBe([(1, true, false)]);
        (await test.Store.FindTriggersAsync("HASH", default)).ShouldBeEmpty();
    }

    private static BurstResult Burst(WorkflowInstance instance) => new() { Instance = instance };

    private static WorkflowInstance Instance(string id, string definition, int version) =>
        new(id, definition, $"{definition}-v1", 1, version, WorkflowStatus.Running, WorkflowSubStatus.Suspended, null, null, null, 0, "{}", Now, Now, null);

    private static Bookmark Bookmark(string id, string instance) => new(id, instance, "Elsa.Event", $"HASH-{id}", "a", "Workflow1:s:a", "3", null, null, null, null, true, Now, null);

    private static JournalEntry Line(string instance) => new(instance, 0, "Started", "a", "Workflow1:s:a", "3", "Elsa.Event", Now);
}
