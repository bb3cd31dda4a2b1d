using System.Text.Json.Nodes;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Tests.Runtime;

public sealed class WorkflowRuntimeTests
{
    private static readonly string Waiting = Define.Workflow("hire", Define.Sequence("s", Define.Event("e", "Signed"), Define.Line("w", "filed")));

    [Fact]
    public async Task The_same_key_starts_one_instance()
    {
        var office = new TestOffice();
        var first = await office.RunAsync(Waiting, r => r with { IdempotencyKey = "k1" });

        var second = await office.Runtime.StartAsync(new StartRequest { DefinitionId = "hire", IdempotencyKey = "k1" });

        second.ShouldBe(first);
        office.Store.Instances.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        var office = new TestOffice();
        await office.RunAsync(Waiting, r => r with { IdempotencyKey = "k1" });

        await Should.ThrowAsync<IdempotencyKeyReusedException>(() => office.Runtime.StartAsync(new StartRequest { DefinitionId = "hire", CorrelationId = "other", IdempotencyKey = "k1" }));
    }

    [Fact]
    public async Task A_bookmark_is_answered_once()
    {
        var office = new TestOffice();
        var hire = await office.RunAsync(Waiting);
        var bookmark = (await office.Store.ListBookmarksAsync(hire.InstanceId, default)).ShouldHaveSingleItem();

        await office.Runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id });

        await Should.ThrowAsync<BookmarkGoneException>(() => office.Runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id }));
        office.Lines.ShouldBe(["filed"]);
    }

    [Fact]
    public async Task Answering_again_with_the_same_key_gives_the_first_answer()
    {
        var office = new TestOffice();
        var hire = await office.RunAsync(Waiting);
        var request = new ResumeRequest { BookmarkId = $"{hire.InstanceId}-1", IdempotencyKey = "click" };

        var first = await office.Runtime.ResumeAsync(request);

        (await office.Runtime.ResumeAsync(request)).ShouldBe(first);
    }

    // elsa-core 7223: many completions at once were acknowledged and lost.
    [Fact]
    public async Task Two_hundred_answers_at_once_all_count()
    {
        var office = new TestOffice();
        var items = new JsonArray([.. Enumerable.Range(0, 200).Select(i => (JsonNode)i)]).ToJsonString();
        var hire = await office.RunAsync(Define.Workflow("many", Define.Activity("Elsa.ParallelForEach", "p", ("items", Define.JavaScript(items)), ("body", Define.Activity("Elsa.RunTask", "t", ("taskName", Define.Literal("Sign")))))));
        var bookmarks = await office.Store.ListBookmarksAsync(hire.InstanceId, default);

        await Parallel.ForEachAsync(bookmarks, async (bookmark, stop) => await office.Runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id }, stop));

        bookmarks.Count.ShouldBe(200);
        (await office.Store.FindInstanceAsync(hire.InstanceId, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        (await office.Store.ListBookmarksAsync(hire.InstanceId, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_runtimes_over_one_store_repeat_the_burst_that_came_second()
    {
        var office = new TestOffice();
        var other = new WorkflowRuntime(office.Store, office.Runtime.Registry, office.Clock);
        var hire = await office.RunAsync(Define.Workflow("two", Define.Activity("Elsa.Parallel", "p", ("activities", new JsonArray([.. Enumerable.Range(0, 40).Select(i => (JsonNode)Define.Event($"e{i}", $"E{i}"))])))));

        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (i, stop) => await (i % 2 == 0 ? office.Runtime : other).SendAsync(Stimulus.Event($"E{i}"), stop));

        (await office.Store.FindInstanceAsync(hire.InstanceId, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task A_timer_of_years_comes_due_once()
    {
        var office = new TestOffice();
        var wait = await office.RunAsync(Define.Workflow("wait", Define.Sequence("s", Define.Activity("Elsa.Delay", "d", ("timeSpan", Define.Literal("3650.00:00:00"))), Define.Line("w", "ten years"))));
        office.Clock.Advance(TimeSpan.FromDays(3649));
        await office.RestAsync();
        office.Lines.ShouldBeEmpty();

        office.Clock.Advance(TimeSpan.FromDays(2));
        await office.RestAsync();

        office.Lines.ShouldBe(["ten years"]);
        (await office.Store.FindInstanceAsync(wait.InstanceId, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_timer_goes_with_its_bookmark()
    {
        var office = new TestOffice();
        var race = await office.RunAsync(Define.Workflow("race", Define.Activity(
            "Elsa.Fork", "k", ("joinMode", "WaitAny"), ("branches", new JsonArray(Define.Event("e", "Signed"), Define.Activity("Elsa.Delay", "d", ("timeSpan", Define.Literal("3.00:00:00"))))))));
        office.Store.Work.ShouldHaveSingleItem().Id.ShouldBe($"{race.InstanceId}-2");

        await office.Runtime.SendAsync(Stimulus.Event("Signed"));

        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_run_goes_on_as_new_work_and_an_endless_one_faults()
    {
        var office = new TestOffice(configure: o => o with { ContinueAfter = 50, MaxActivities = 500 });
        var counting = Define.Workflow("count", Define.Activity("Elsa.For", "f", ("end", Define.Literal(99)), ("body", Define.Line("w", "x"))));
        var endless = Define.Workflow("endless", Define.Activity("Elsa.While", "f", ("condition", Define.Literal(true)), ("body", Define.Line("w", "y"))));

        var started = await office.RunAsync(counting);
        var ended = await office.Store.FindInstanceAsync(started.InstanceId, default);
        var stopped = await office.Store.FindInstanceAsync((await office.RunAsync(endless)).InstanceId, default);

        started.SubStatus.ShouldBe(WorkflowSubStatus.Executing);
        ended!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        ended.Version.ShouldBeGreaterThan(2);
        office.Lines.Count(l => l == "x").ShouldBe(100);
        stopped!.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        InstanceSnapshot.Of(stopped).Incidents.ShouldHaveSingleItem().Kind.ShouldBe("BurstLimit");
    }

    [Fact]
    public async Task A_failed_activity_can_be_tried_again()
    {
        var office = new TestOffice();
        var faulty = await office.RunAsync(Define.Workflow("faulty", Define.Sequence("s", Define.Script("w", "getInput('Rate').amount"), Define.Line("end", "end"))));

        await office.Runtime.RetryAsync(faulty.InstanceId, actor: "upm");
        var still = await office.Store.FindInstanceAsync(faulty.InstanceId, default);

        faulty.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        still!.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        still.IncidentCount.ShouldBe(2);
        (await office.Store.ListJournalAsync(faulty.InstanceId, default)).ShouldContain(e => e.Message == "Tried again" && e.Who == "upm");
    }

    [Fact]
    public async Task Cancelling_says_who_and_why_and_wakes_the_parent()
    {
        var office = new TestOffice();
        await office.Runtime.ImportDefinitionAsync(Waiting);
        var parent = await office.RunAsync(Define.Workflow("parent", Define.Sequence(
            "s", Define.Activity("Elsa.ExecuteWorkflow", "x", ("workflowDefinitionId", Define.Literal("hire")), ("waitForCompletion", Define.Literal(true))), Define.Script("w", "getLastResult().subStatus"))));
        var child = office.Store.Instances.Single(i => i.ParentInstanceId == parent.InstanceId);

        await office.Runtime.CancelAsync(child.Id, "upm", "role was cut");
        await office.RestAsync();

        office.Lines.ShouldBe(["Cancelled"]);
        (await office.Store.ListJournalAsync(child.Id, default)).ShouldContain(e => e.Message == "Cancelled" && e.Who == "upm" && e.Why == "role was cut");
    }

    [Fact]
    public async Task Work_that_keeps_failing_is_set_aside_with_its_reason()
    {
        var office = new TestOffice(configure: o => o with { MaxAttempts = 3 });
        await office.Store.CommitAsync(new Commit { Bursts = [], Work = [new Engine.Running.WorkItem("w1", "start", null, null, office.Clock.GetUtcNow(), """{"definitionId":"no-such"}""")] }, default);

        for (var i = 0; i < 5; i++)
        {
            await office.Runtime.RunDueWorkAsync(10);
            office.Clock.Advance(TimeSpan.FromHours(1));
        }

        var (item, error) = office.Store.Parked.ShouldHaveSingleItem();
        item.Attempts.ShouldBe(3);
        error.ShouldContain("no-such");
    }

    [Fact]
    public async Task Events_published_by_a_workflow_reach_others_once()
    {
        var office = new TestOffice();
        await office.RunAsync(Waiting);

        await office.RunAsync(Define.Workflow("publisher", Define.Activity("Elsa.PublishEvent", "p", ("eventName", Define.Literal("Signed")), ("payload", Define.Literal("x")))));

        office.Lines.ShouldBe(["filed"]);
        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cron_trigger_starts_its_workflow_each_time_while_it_is_published()
    {
        var office = new TestOffice();
        var chase = Define.Workflow("chase", Define.Flowchart(
            "f", [Define.Activity("Elsa.Cron", "c", ("cronExpression", Define.Literal("0 0 8 * * MON-FRI")), ("canStartWorkflow", true)), Define.Line("w", "chased")], "c.Done>w"));
        await office.Runtime.ImportDefinitionAsync(chase);

        for (var day = 0; day < 7; day++)
        {
            office.Clock.Advance(TimeSpan.FromDays(1));
            await office.RestAsync();
        }

        office.Lines.Count.ShouldBe(5);
        await office.Runtime.RetractAsync("chase");
        office.Clock.Advance(TimeSpan.FromDays(7));
        await office.RestAsync();
        office.Lines.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Saving_makes_a_draft_and_running_instances_stay_on_their_version()
    {
        var office = new TestOffice();
        await office.Runtime.SaveDefinitionAsync(Waiting);
        await office.Runtime.PublishAsync("hire");
        var old = await office.Runtime.StartAsync(new StartRequest { DefinitionId = "hire" });

        var draft = await office.Runtime.SaveDefinitionAsync(Waiting.Replace("filed", "archived", StringComparison.Ordinal));
        await office.Runtime.PublishAsync("hire");
        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "hire" });
        await office.Runtime.SendAsync(Stimulus.Event("Signed"));

        draft.Version.ShouldBe(2);
        office.Lines.Order().ShouldBe(["archived", "filed"]);
        (await office.Store.FindInstanceAsync(old.InstanceId, default))!.DefinitionVersion.ShouldBe(1);
        (await office.Store.ListDefinitionsAsync(default)).Count(d => d.IsPublished).ShouldBe(1);
    }

    [Fact]
    public async Task Publishing_refuses_a_definition_with_errors()
    {
        var office = new TestOffice();
        await office.Runtime.SaveDefinitionAsync(Define.Workflow("bad", Define.Sequence("s", Define.Activity("Elsa.WriteLin", "w"))));

        var refusal = await Should.ThrowAsync<InvalidDefinitionException>(() => office.Runtime.PublishAsync("bad"));

        refusal.Problems.ShouldHaveSingleItem().Remedy.ShouldBe("Did you mean 'Elsa.WriteLine'?");
    }

    [Fact]
    public async Task Input_is_kept_over_a_wait()
    {
        var office = new TestOffice();
        var input = new ObjectValue();
        input.Set("Person", Value.From("Kei Ito"));
        await office.RunAsync(Define.Workflow("kept", Define.Sequence("s", Define.Event("e", "Go"), Define.Script("w", "getInput('Person')"))), r => r with { Input = input });

        await office.Runtime.SendAsync(Stimulus.Event("Go"));

        office.Lines.ShouldBe(["Kei Ito"]);
    }
}
