using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Tests.Runtime;

/// <summary>What comes before somebody waits for it.</summary>
public sealed class StimulusQueueTests
{
    private static readonly string TwoEvents = Define.Workflow("two", Define.Sequence("s", Define.Event("a", "First"), Define.Event("b", "Second"), Define.Line("z", "both")));

    [Fact]
    public async Task An_event_that_comes_too_early_is_kept_and_wakes_whoever_waits_for_it_next()
    {
        var office = new TestOffice();
        await office.RunAsync(TwoEvents);

        var early = await office.Runtime.SendAsync(Stimulus.Event("Second"));
        (await office.Runtime.ListKeptStimuliAsync()).ShouldHaveSingleItem().Stimulus.ShouldBe("""{"eventName":"Second"}""");
        await office.Runtime.SendAsync(Stimulus.Event("First"));
        await office.RestAsync();

        early.Kept.ShouldBeTrue();
        office.Lines.ShouldBe(["both"]);
        (await office.Runtime.ListKeptStimuliAsync()).ShouldBeEmpty();
        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_consumed_once()
    {
        var office = new TestOffice();
        await office.Runtime.ImportDefinitionAsync(Define.Workflow("one", Define.Sequence("s", Define.Event("a", "Go"), Define.Line("z", "went"))));
        await office.Runtime.SendAsync(Stimulus.Event("Go"));

        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "one" });
        await office.RestAsync();
        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "one" });
        await office.RestAsync();

        office.Lines.ShouldBe(["went"]);
    }

    [Fact]
    public async Task It_is_forgotten_after_ten_minutes()
    {
        var office = new TestOffice();
        await office.RunAsync(TwoEvents);
        await office.Runtime.SendAsync(Stimulus.Event("Second"));

        for (var minutes = 0; minutes < 11; minutes++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(1));
            await office.RestAsync();
        }

        await office.Runtime.SendAsync(Stimulus.Event("First"));
        await office.RestAsync();

        office.Lines.ShouldBeEmpty();
        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_correlation_id_holds_for_a_kept_one_too()
    {
        var office = new TestOffice();
        await office.Runtime.ImportDefinitionAsync(Define.Workflow("one", Define.Sequence("s", Define.Event("a", "Go"), Define.Script("z", "getCorrelationId()"))));
        await office.Runtime.SendAsync(Stimulus.Event("Go", correlationId: "B"));

        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "one", CorrelationId = "A" });
        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "one", CorrelationId = "B" });
        await office.RestAsync();

        office.Lines.ShouldBe(["B"]);
    }

    [Fact]
    public async Task The_same_key_keeps_it_once()
    {
        var office = new TestOffice();
        var stimulus = Stimulus.Event("Go", Value.From("x")) with { IdempotencyKey = "k" };

        var first = await office.Runtime.SendAsync(stimulus);
        var again = await office.Runtime.SendAsync(stimulus);

        (first.Kept, again.Kept).ShouldBe((true, true));
        (await office.Runtime.ListKeptStimuliAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_becomes_one_wake_up_for_each_that_waits_in_the_commit_that_takes_it()
    {
        var office = new TestOffice();
        await office.Runtime.ImportDefinitionAsync(Define.Workflow("twice", Define.Sequence("s", Define.Event("a", "Go"), Define.Event("b", "Go"), Define.Line("z", "z"))));
        var waiting = await office.Runtime.StartAsync(new StartRequest { DefinitionId = "twice" });
        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "twice" });
        await office.Runtime.ImportDefinitionAsync(Define.Workflow("ring", Define.Activity("Elsa.PublishEvent", "p", ("eventName", Define.Literal("Go")))));
        await office.Runtime.StartAsync(new StartRequest { DefinitionId = "ring" });

        // Wherever the process ends from here on, nothing is left that would look again for who waits.
        (await office.Runtime.RunNextWorkAsync(null, null)).ShouldBeTrue();
        office.Store.Work.Select(w => (w.Kind, w.InstanceId)).ShouldBe([("resume", "i1"), ("resume", "i2")], ignoreOrder: true);
        await office.RestAsync();

        (await office.Store.ListBookmarksAsync(waiting.InstanceId, default)).ShouldHaveSingleItem().ActivityId.ShouldBe("b");
        office.Lines.ShouldBeEmpty();
        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sent_again_with_its_key_it_does_not_wake_who_began_to_wait_after_the_first_time()
    {
        var office = new TestOffice();
        await office.RunAsync(Define.Workflow("twice", Define.Sequence("s", Define.Event("a", "Go"), Define.Event("b", "Go"), Define.Line("z", "z"))));
        var stimulus = Stimulus.Event("Go") with { IdempotencyKey = "k" };

        var first = await office.Runtime.SendAsync(stimulus);
        var again = await office.Runtime.SendAsync(stimulus);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        await office.RestAsync();

        again.Resumed.ShouldBe(first.Resumed);
        first.Resumed.ShouldBe(["i1"]);
        (await office.Store.ListBookmarksAsync("i1", default)).ShouldHaveSingleItem().ActivityId.ShouldBe("b");
        office.Store.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_one_wakes_all_that_wait_when_it_is_looked_at()
    {
        var office = new TestOffice();
        var parallel = Define.Flowchart("f", [Define.Line("s", "begin"), Define.Event("a", "Go"), Define.Event("b", "Go")], "s.Done>a", "s.Done>b");
        await office.Runtime.ImportDefinitionAsync(Define.Workflow("both", parallel));
        await office.Runtime.SendAsync(Stimulus.Event("Go"));

        var started = await office.Runtime.StartAsync(new StartRequest { DefinitionId = "both" });
        await office.RestAsync();

        (await office.Store.FindInstanceAsync(started.InstanceId, default))!.Status.ShouldBe(Engine.Instances.WorkflowStatus.Finished);
        (await office.Runtime.ListKeptStimuliAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_heard_a_web_request_and_what_is_for_an_ended_instance_are_not_kept()
    {
        var office = new TestOffice();
        var ended = await office.RunAsync(Define.Workflow("ended", Define.Line("z", "z")));
        await office.RunAsync(TwoEvents);

        (await office.Runtime.SendAsync(Stimulus.Event("First"))).Kept.ShouldBeFalse();
        (await office.Runtime.SendAsync(Stimulus.HttpRequest("GET", "x", Value.Null))).Kept.ShouldBeFalse();
        (await office.Runtime.SendAsync(Stimulus.Event("Any", instanceId: ended.InstanceId))).Kept.ShouldBeFalse();
        office.Store.Work.ShouldBeEmpty();
    }
}
