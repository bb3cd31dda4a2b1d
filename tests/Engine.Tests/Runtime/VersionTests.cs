using System.Text.Json.Nodes;
using ProductionOffice.Engine.Runtime;

namespace ProductionOffice.Engine.Tests.Runtime;

public sealed class VersionTests
{
    private readonly TestOffice _office = new();

    [Fact]
    public async Task A_draft_is_published_retracted_and_reverted_to_a_new_draft()
    {
        await SaveAsync("one");
        await _office.Runtime.PublishAsync("w");
        await SaveAsync("two");
        await _office.Runtime.PublishAsync("w");
        await _office.Runtime.RetractAsync("w");
        await _office.Runtime.RevertAsync("w", 1);

        (await _office.Runtime.ListVersionsAsync("w")).Select(v => (v.Version, v.IsLatest, v.IsPublished)).ShouldBe([(3, true, false), (2, false, false), (1, false, false)]);
        await Should.ThrowAsync<WorkflowNotFoundException>(() => _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w" }));
        await _office.Runtime.PublishAsync("w");
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w" });
        _office.Lines.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Who_saves_over_a_change_of_somebody_else_is_told()
    {
        var loaded = await SaveAsync("one");
        await SaveAsync("two");

        var conflict = await Should.ThrowAsync<DefinitionConflictException>(() => _office.Runtime.SaveDefinitionAsync(Line("three"), loaded.Revision));
        var saved = await _office.Runtime.SaveDefinitionAsync(Line("three"), conflict.Latest.Revision);

        saved.Version.ShouldBe(1);
        saved.Json.ShouldContain("three");
    }

    [Fact]
    public async Task A_retracted_version_on_which_instances_run_is_not_changed_under_them()
    {
        await _office.Runtime.SaveDefinitionAsync(Waiting("w", "before"));
        await _office.Runtime.PublishAsync("w");
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w" });
        await _office.Runtime.RetractAsync("w");

        var saved = await _office.Runtime.SaveDefinitionAsync(Waiting("w", "after"));
        await _office.Runtime.SendAsync(Stimulus.Event("Go"));

        saved.Version.ShouldBe(2);
        _office.Lines.ShouldBe(["before"]);
    }

    [Fact]
    public async Task A_version_that_was_published_is_not_changed_any_more()
    {
        await SaveAsync("one");
        await _office.Runtime.PublishAsync("w");
        await _office.Runtime.RetractAsync("w");

        var next = await SaveAsync("two");
        var again = await SaveAsync("three");

        (next.Version, again.Version).ShouldBe((2, 2));
        again.Json.ShouldNotContain("wasPublished");
        (await _office.Runtime.ListVersionsAsync("w")).Single(v => v.Version == 1).Json.ShouldContain("one");
        await _office.Runtime.PublishAsync("w");
        (await _office.Runtime.ListVersionsAsync("w")).Select(v => (v.Version, v.IsLatest, v.IsPublished)).ShouldBe([(2, true, true), (1, false, false)]);
    }

    [Fact]
    public async Task A_draft_that_was_run_is_not_changed_any_more()
    {
        var draft = await SaveAsync("one");
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w", VersionId = draft.VersionId });

        (await SaveAsync("two")).Version.ShouldBe(2);
        (await SaveAsync("three")).Version.ShouldBe(2);
    }

    [Fact]
    public async Task What_running_instances_need_is_deleted_only_on_purpose()
    {
        await _office.Runtime.SaveDefinitionAsync(Waiting("w", "x"));
        await _office.Runtime.PublishAsync("w");
        var started = await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w" });

        (await Should.ThrowAsync<DefinitionInUseException>(() => _office.Runtime.DeleteDefinitionAsync("w"))).Running.ShouldBe(1);
        await _office.Runtime.DeleteDefinitionAsync("w", includeRunning: true);

        (await _office.Runtime.ListVersionsAsync("w")).ShouldBeEmpty();
        (await _office.Store.FindInstanceAsync(started.InstanceId, default)).ShouldBeNull();
        (await _office.Store.ListBookmarksAsync(started.InstanceId, default)).ShouldBeEmpty();
        await Should.ThrowAsync<WorkflowNotFoundException>(() => _office.Runtime.DeleteDefinitionAsync("w"));
    }

    [Fact]
    public async Task When_the_latest_version_is_deleted_the_one_before_is_the_latest()
    {
        await SaveAsync("one");
        await _office.Runtime.PublishAsync("w");
        await SaveAsync("two");

        await _office.Runtime.DeleteVersionAsync("w", 2);

        (await _office.Runtime.ListVersionsAsync("w")).Select(v => (v.Version, v.IsLatest, v.IsPublished)).ShouldBe([(1, true, true)]);
    }

    [Fact]
    public async Task Definitions_that_use_it_as_an_activity_follow_when_it_says_so()
    {
        var child = await SaveAsync("one", "child", autoUpdate: true);
        await _office.Runtime.PublishAsync("child");
        await _office.Runtime.SaveDefinitionAsync(Define.Workflow("parent", Define.Activity("Child", "c", ("workflowDefinitionId", "child"), ("workflowDefinitionVersionId", child.VersionId))));
        await _office.Runtime.PublishAsync("parent");

        await SaveAsync("two", "child", autoUpdate: true);
        await _office.Runtime.PublishAsync("child");
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "parent" });

        (await _office.Runtime.ListVersionsAsync("parent")).Select(v => (v.Version, v.IsPublished)).ShouldBe([(2, true), (1, false)]);
        _office.Lines.ShouldBe(["two"]);
    }

    [Fact]
    public async Task Without_it_they_stay_on_the_version_they_name()
    {
        var child = await SaveAsync("one", "child");
        await _office.Runtime.PublishAsync("child");
        await _office.Runtime.SaveDefinitionAsync(Define.Workflow("parent", Define.Activity("Child", "c", ("workflowDefinitionId", "child"), ("workflowDefinitionVersionId", child.VersionId))));
        await _office.Runtime.PublishAsync("parent");

        await SaveAsync("two", "child");
        await _office.Runtime.PublishAsync("child");
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "parent" });

        _office.Lines.ShouldBe(["one"]);
    }

    private Task<Storage.StoredDefinition> SaveAsync(string line, string id = "w", bool autoUpdate = false) => _office.Runtime.SaveDefinitionAsync(Line(line, id, autoUpdate));

    private static string Line(string line, string id = "w", bool autoUpdate = false) =>
        Define.Workflow(id, Define.Line("l", line), options: new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = autoUpdate });

    private static string Waiting(string id, string line) => Define.Workflow(id, Define.Sequence("s", Define.Event("e", "Go"), Define.Line("l", line)));
}
