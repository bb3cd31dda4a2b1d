using System.Text.Json.Nodes;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;

namespace ProductionOffice.Engine.Tests.Runtime;

/// <summary>Why does it not move: one sentence for any instance.</summary>
public sealed class DiagnosisTests
{
    private readonly TestOffice _office = new(configure: o => o with { TokenFlowcharts = true });

    [Fact]
    public async Task It_waits_for_an_event() => await SaysAsync(
        Define.Event("e", "Signed"), "Waiting", "It waits since 2 Mar 2026 09:00 UTC for the event 'Signed' (at 'e').");

    [Fact]
    public async Task It_waits_for_time() => await SaysAsync(
        Define.Activity("Elsa.Delay", "d", ("timeSpan", Define.Literal("3.00:00:00"))), "WaitingForTime", "It waits since 2 Mar 2026 09:00 UTC for 5 Mar 2026 09:00 UTC to come (at 'd').");

    [Fact]
    public async Task It_waits_for_a_task() => await SaysAsync(
        Define.Activity("Elsa.RunTask", "t", ("taskName", Define.Literal("Scan"))), "Waiting", "It waits since 2 Mar 2026 09:00 UTC for the task 'Scan' to be reported done (at 't').");

    [Fact]
    public async Task It_waits_for_a_web_request() => await SaysAsync(
        Define.Activity("Elsa.HttpEndpoint", "h", ("path", Define.Literal("permit")), ("supportedMethods", Define.JavaScript("['POST']"))),
        "Waiting", "It waits since 2 Mar 2026 09:00 UTC for a POST request to 'permit' (at 'h').");

    [Fact]
    public async Task It_waits_for_one_of_two() => await SaysAsync(
        Define.Activity("Elsa.Fork", "k", ("joinMode", "WaitAny"), ("branches", new JsonArray(Define.Event("a", "A"), Define.Event("b", "B")))),
        "Waiting", "It waits since 2 Mar 2026 09:00 UTC for the event 'A' (at 'a'), or the event 'B' (at 'b').");

    [Fact]
    public async Task The_host_says_who_is_asked()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Event("e", "Signed")));

        var diagnosis = await _office.Runtime.DiagnoseAsync("i1", new DiagnosisContext { Describe = _ => "Anna Berg to sign" });

        diagnosis.Sentence.ShouldBe("It waits since 2 Mar 2026 09:00 UTC for Anna Berg to sign (at 'e').");
    }

    [Fact]
    public async Task It_waits_for_a_workflow_that_waits_itself()
    {
        await _office.Runtime.ImportDefinitionAsync(Define.Workflow("child", Define.Event("e", "Signed")));

        await SaysAsync(
            Define.Activity("Elsa.ExecuteWorkflow", "x", ("workflowDefinitionId", Define.Literal("child")), ("waitForCompletion", Define.Literal(true))),
            "WaitingForChild",
            "It waits since 2 Mar 2026 09:00 UTC for the end of the workflow it started, i1.1. There: It waits since 2 Mar 2026 09:00 UTC for the event 'Signed' (at 'e').");
    }

    [Fact]
    public async Task It_stopped_at_a_failed_step() => await SaysAsync(
        Define.Activity("Elsa.Fault", "f", ("message", Define.Literal("no budget"))),
        "Faulted", "It stopped on 2 Mar 2026 09:00 UTC because 'f' failed: no budget. Try it again, skip the step, or set a value and go on.");

    [Fact]
    public async Task One_branch_failed_and_another_waits()
    {
        await _office.RunAsync(Define.Workflow(
            "w",
            Define.Activity("Elsa.Fork", "k", ("branches", new JsonArray(Define.Activity("Elsa.Fault", "f", ("message", Define.Literal("no budget"))), Define.Event("e", "Signed")))),
            options: new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" }));

        var diagnosis = await _office.Runtime.DiagnoseAsync("i1");

        diagnosis.Code.ShouldBe("Incident");
        diagnosis.Sentence.ShouldBe("A branch stands still since 2 Mar 2026 09:00 UTC because 'f' failed: no budget. Try it again, skip the step, or set a value and go on. Meanwhile it waits for the event 'Signed' (at 'e').");
    }

    [Fact]
    public async Task A_merge_waits_for_a_branch_that_was_skipped()
    {
        var merge = Define.Line("m", "m");
        merge["customProperties"] = new JsonObject { ["mergeMode"] = "Merge" };

        await SaysAsync(
            Define.Flowchart("f", [Define.Line("s", "s"), Define.Activity("Elsa.FlowDecision", "d", ("condition", Define.Literal(false))), Define.Line("a", "a"), merge], "s.Done>d", "s.Done>a", "d.True>m", "a.Done>m"),
            "MergeUnreachable",
            "'m' waits for 'd', whose branch was skipped or has ended. Nothing can wake it: skip 'm' by starting what follows it by hand, or cancel the instance.");
    }

    [Fact]
    public async Task A_loop_has_no_body() => await SaysAsync(
        Define.Activity("Elsa.For", "l", ("end", Define.Literal(3))),
        "MergeUnreachable", "The loop 'l' has no body, so it never ends. Nothing can wake it: skip 'l' by starting what follows it by hand, or cancel the instance.");

    [Fact]
    public async Task It_has_ended_or_was_cancelled()
    {
        await SaysAsync(Define.Line("l", "l"), "Ended", "It ended on 2 Mar 2026 09:00 UTC.");
        await _office.Runtime.ImportDefinitionAsync(Define.Workflow("v", Define.Event("e", "E")));
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "v" });
        await _office.Runtime.CancelAsync("i2");

        (await _office.Runtime.DiagnoseAsync("i2")).Sentence.ShouldBe("It was cancelled on 2 Mar 2026 09:00 UTC.");
    }

    [Fact]
    public async Task Its_version_was_deleted()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Event("e", "Signed")));
        await _office.Store.DeleteDefinitionVersionAsync("w-v1", default);

        (await _office.Runtime.DiagnoseAsync("i1")).Sentence.ShouldBe("Version 1 of w was deleted, so nothing can move it: import that version again, or cancel the instance.");
    }

    [Fact]
    public async Task The_host_knows_of_pauses_queues_and_repairs()
    {
        await _office.RunAsync(Define.Workflow("w", Define.Event("e", "Signed")));
        var (id, now) = ("i1", _office.Clock.GetUtcNow());
        var work = new WorkItem("w1", "resume", id, null, now.AddMinutes(-1), null, 2);
        var cases = new (DiagnosisContext Context, string Code, string Sentence)[]
        {
            (new() { IsPaused = true }, "Paused", "An administrator has paused the office, so no work is done until it is resumed."),
            (new() { Effects = [new("deal-memo.docx", 1, "T005: there is no rate", now)] }, "EffectParked", "deal-memo.docx could not be done and was set aside on 2 Mar 2026 09:00 UTC: T005: there is no rate. Repair it and try again."),
            (new() { Effects = [new("deal-memo.docx", 2, "disk full", null)] }, "EffectUnderWay", "It waits until deal-memo.docx is done; 2 attempts have failed, last: disk full."),
            (new() { Effects = [new("deal-memo.docx", 1, "Correct the template, then retry.", now)] }, "EffectParked", "deal-memo.docx could not be done and was set aside on 2 Mar 2026 09:00 UTC: Correct the template, then retry."),
            (new() { Work = [new(work, "boom", now)] }, "WorkParked", "A step could not be done and was set aside on 2 Mar 2026 09:00 UTC: boom. Repair it and try again."),
            (new() { Work = [new(work, "boom", null)] }, "Queued", "It is about to move: 1 step is queued since 2 Mar 2026 08:59 UTC (tried 2 time(s): boom)."),
        };

        foreach (var (context, code, sentence) in cases)
            (await _office.Runtime.DiagnoseAsync(id, context)).ShouldSatisfyAllConditions(d => d.Code.ShouldBe(code), d => d.Sentence.ShouldBe(sentence));
    }

    private async Task SaysAsync(JsonObject root, string code, string sentence)
    {
        await _office.RunAsync(Define.Workflow("w", root));

        var diagnosis = await _office.Runtime.DiagnoseAsync("i1");

        diagnosis.Sentence.ShouldBe(sentence);
        diagnosis.Code.ShouldBe(code);
    }
}
