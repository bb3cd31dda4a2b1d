using System.Text.Json.Nodes;
using ProductionOffice.Engine.Alterations;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Tests.Runtime;

/// <summary>What a person can do about a step that failed or waits.</summary>
public sealed class AlterationTests
{
    private readonly TestOffice _office = new();

    [Fact]
    public async Task A_failed_step_is_skipped_with_an_outcome()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Flowchart(
            "f", [Define.Activity("Elsa.FlowDecision", "d", ("condition", Define.JavaScript("getVariable('x').y.z"))), Define.Line("t", "yes"), Define.Line("n", "no")], "d.True>t", "d.False>n")));

        await _office.Runtime.AlterAsync("i1", [new SkipActivity(await FailedAsync(), "False")], "upm", "the rate was agreed by phone");

        _office.Lines.ShouldBe(["no"]);
        (await StandingAsync()).ShouldBe(WorkflowSubStatus.Finished);
        (await _office.Store.ListJournalAsync("i1", default)).ShouldContain(e => e.Who == "upm" && e.Message == "Skipped: goes on with False" && e.Why == "the rate was agreed by phone");
    }

    [Fact]
    public async Task A_value_is_set_and_the_step_tried_again_in_one_step()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Sequence("s", Define.Script("l", "getVariable('Person').name")), new JsonArray(Define.Variable("Person"))));
        (await StandingAsync()).ShouldBe(WorkflowSubStatus.Faulted);

        await _office.Runtime.AlterAsync("i1", [new ModifyVariable("Person", Value.ParseJson("""{"name":"Ana"}""")), new RetryActivity(await FailedAsync())]);

        _office.Lines.ShouldBe(["Ana"]);
        (await StandingAsync()).ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task A_waiting_activity_is_cancelled_and_the_flowchart_goes_on_without_it()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Flowchart(
            "f", [Define.Line("s", "s"), Define.Event("e", "Never"), Define.Event("g", "Go"), Define.Line("z", "z")], "s.Done>e", "s.Done>g", "e.Done>z", "g.Done>z")));
        var waiting = (await _office.Store.ListBookmarksAsync("i1", default)).Single(b => b.ActivityId == "e");

        await _office.Runtime.AlterAsync("i1", [new CancelActivity(waiting.ActivityInstanceId)]);
        await _office.Runtime.SendAsync(Stimulus.Event("Go"));

        _office.Lines.ShouldBe(["s", "z"]);
        (await StandingAsync()).ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task A_step_of_an_open_container_is_started_by_hand()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Flowchart("f", [Define.Event("e", "Never"), Define.Line("z", "z")], "e.Done>z")));

        await _office.Runtime.AlterAsync("i1", [new ScheduleActivity("z")]);

        _office.Lines.ShouldBe(["z"]);
    }

    [Fact]
    public async Task What_does_not_fit_changes_nothing()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Sequence("s", Define.Event("e", "Go")), new JsonArray(Define.Variable("Rate", "Int32", "1"))));

        foreach (var wrong in new Alteration[] { new RetryActivity("3"), new SkipActivity("99"), new CancelActivity("1"), new ModifyVariable("Raet", Value.From(2)), new ScheduleActivity("ghost") })
            await Should.ThrowAsync<AlterationException>(() => _office.Runtime.AlterAsync("i1", [new ModifyVariable("Rate", Value.From(9)), wrong]));

        InstanceSnapshot.Of((await _office.Store.FindInstanceAsync("i1", default))!).Variables["Rate"].AsNumber().ShouldBe(1);
        await _office.Runtime.CancelAsync("i1");
        await Should.ThrowAsync<InstanceEndedException>(() => _office.Runtime.AlterAsync("i1", [new SkipActivity("3")]));
    }

    private async Task<string> FailedAsync() => InstanceSnapshot.Of((await _office.Store.FindInstanceAsync("i1", default))!).Incidents[^1].ActivityInstanceId;

    private async Task<WorkflowSubStatus> StandingAsync() => (await _office.Store.FindInstanceAsync("i1", default))!.SubStatus;
}
