using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Engine.Tests.Definitions;

public sealed class WorkflowValidatorTests
{
    [Fact]
    public void All_problems_are_found_at_once_each_with_its_place_and_remedy()
    {
        var definition = Define.Workflow(
            "bad",
            Define.Flowchart(
                "f",
                [
                    Define.Line("a", "a"),
                    Define.Activity("Elsa.WriteLine", "b", ("text", Define.Input("CSharp", "return 1;"))),
                    Define.Activity("Office.RequestAproval", "c"),
                    Define.Activity("Elsa.SetVariable", "d", ("variable", Define.Variable("Raet")), ("value", Define.JavaScript("1 +"))),
                    Define.Activity("Elsa.Event", "e"),
                    Define.Line("a", "again"),
                    Define.Line("far", "far"),
                ],
                "a.Done>b", "b.Done>c", "c.Done>d", "d.Done>e", "e.Done>ghost"),
            new JsonArray(Define.Variable("Rate")));

        var problems = WorkflowValidator.Validate(DefinitionReader.Read(definition), ActivityRegistry.Standard.With(typeof(RequestApproval)));

        TestKit.Approved.Match(string.Join("\n", problems.Select(p => $"{(p.IsError ? "error" : "advice")} {p.Code} {p.ActivityId} {p.Path} [{p.Value}]\n  {p.Message} {p.Remedy}")), "Problems");
    }

    [Fact]
    public void A_backward_connection_that_would_fault_is_seen_before_it_does()
    {
        var definition = Define.Workflow("back", Define.Flowchart(
            "f", [Define.Line("s", "s"), Define.Line("a", "a"), Define.Line("b", "b"), Define.Line("c", "c")], "s.Done>a", "s.Done>b", "a.Done>c", "c.Done>b", "b.Done>a"));

        WorkflowValidator.Validate(DefinitionReader.Read(definition), ActivityRegistry.Standard).ShouldContain(p => p.Code == "BackwardConnection" && !p.IsError);
    }

    [Fact]
    public void A_step_that_a_second_round_would_leave_waiting_is_named_with_the_remedy()
    {
        // A refusal before the loop and one in it lead to the same step: after a round it is not reached any more.
        string[] hire = ["first.True>memo", "first.False>closed", "memo.Done>sent", "sent.True>approve", "sent.False>memo", "approve.True>done", "approve.False>closed"];
        var waiting = Problems(Hire(hire));
        var apart = Problems(Hire([.. hire[..1], "first.False>refused", .. hire[2..]]));
        var tokens = WorkflowValidator.Validate(DefinitionReader.Read(Tokens(Define.Workflow("w", Hire(hire)))), ActivityRegistry.Standard);

        var told = waiting.Where(p => p.Code == "LoopLeavesStepWaiting").ShouldHaveSingleItem();
        told.IsError.ShouldBeFalse();
        told.ActivityId.ShouldBe("closed");
        told.Message.ShouldContain("'first'");
        told.Remedy.ShouldContain("TokenBased");
        apart.Concat(tokens).ShouldNotContain(p => p.Code == "LoopLeavesStepWaiting");

        static JsonObject Hire(string[] connections) => Define.Flowchart("f",
            [Decision("first"), Define.Line("memo", "memo"), Decision("sent"), Decision("approve"), Define.Line("done", "done"), Define.Line("closed", "closed"), Define.Line("refused", "refused")], connections);
    }

    [Fact]
    public void No_case_recorded_from_Elsa_is_told_that_its_loop_leaves_a_step_waiting()
    {
        var told = Directory.EnumerateFiles(Path.Combine(TestKit.Tools.Root, "tests/Conformance/elsa"), "*.json")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject())
            .Where(@case => (string?)@case["flowchartMode"] != "token" && @case["definition"] is not null)
            .Where(@case => WorkflowValidator.Validate(DefinitionReader.Read(@case["definition"]!.ToJsonString()), ActivityRegistry.Standard).Any(p => p.Code == "LoopLeavesStepWaiting"))
            .Select(@case => (string?)@case["name"]);

        told.ShouldBeEmpty();
    }

    [Fact]
    public void Loops_that_come_out_of_every_round_are_no_problem()
    {
        // Into the head from two sides, diamonds inside, and a step that goes on with whatever comes first.
        var head = Problems(Define.Flowchart("f",
            [Decision("d"), Define.Line("a", "a"), Define.Line("b", "b"), Define.Line("head", "head"), Decision("again"), Define.Line("end", "end")],
            "d.True>a", "d.False>b", "a.Done>head", "b.Done>head", "head.Done>again", "again.True>head", "again.False>end"));
        var diamond = Problems(Define.Flowchart("f",
            [Define.Line("head", "head"), Decision("d"), Define.Line("a", "a"), Define.Line("b", "b"), Define.Line("merge", "merge"), Decision("again"), Define.Line("end", "end")],
            "head.Done>d", "d.True>a", "d.False>b", "a.Done>merge", "b.Done>merge", "merge.Done>again", "again.True>head", "again.False>end"));
        var first = Problems(Define.Flowchart("f",
            [Decision("d"), Define.Line("head", "head"), Decision("again"), Join("end", "WaitAny")],
            "d.True>head", "d.False>end", "head.Done>again", "again.True>head", "again.False>end"));

        head.Concat(diamond).Concat(first).ShouldNotContain(p => p.Code == "LoopLeavesStepWaiting");
    }

    [Fact]
    public void A_sound_definition_has_no_problems()
    {
        var definition = Define.Workflow("good", Define.Sequence("s", Define.Line("a", "a"), Define.Event("e", "Go")));

        WorkflowValidator.Validate(DefinitionReader.Read(definition), ActivityRegistry.Standard).ShouldBeEmpty();
    }

    [Fact]
    public void A_join_behind_a_decision_never_fires_and_one_that_may_be_skipped_is_seen()
    {
        var never = Problems(Define.Flowchart("f",
            [Decision("d"), Define.Line("a", "a"), Define.Line("b", "b"), Join("j", "WaitAll"), Define.Line("z", "z")],
            "d.True>a", "d.False>b", "a.Done>j", "b.Done>j", "j.Done>z"));
        var perhaps = Problems(Define.Flowchart("f",
            [Define.Line("s", "s"), Decision("d"), Define.Line("a", "a"), Define.Line("b", "b"), Join("j", "WaitAll")],
            "s.Done>d", "s.Done>b", "d.True>a", "a.Done>j", "b.Done>j"));
        var fine = Problems(Define.Flowchart("f",
            [Decision("d"), Define.Line("a", "a"), Define.Line("b", "b"), Join("j", "WaitAllActive"), Define.Line("z", "z")],
            "d.True>a", "d.False>b", "a.Done>j", "b.Done>j", "j.Done>z"));

        never.ShouldContain(p => p.Code == "JoinNeverFires" && p.IsError && p.ActivityId == "j" && p.Message == "'j' waits for 'a' and for 'b', but 'd' lets only one of them run, so it never goes on.");
        perhaps.ShouldContain(p => p.Code == "JoinMayNotFire" && !p.IsError && p.ActivityId == "j");
        fine.ShouldNotContain(p => p.Code.StartsWith("Join", StringComparison.Ordinal));
    }

    [Fact]
    public void A_token_merge_is_judged_like_a_join()
    {
        var merge = Define.Line("m", "m");
        merge["customProperties"] = new JsonObject { ["mergeMode"] = "Merge" };

        Problems(Define.Flowchart("f", [Decision("d"), Define.Line("a", "a"), Define.Line("b", "b"), merge], "d.True>a", "d.False>b", "a.Done>m", "b.Done>m"))
            .ShouldContain(p => p.Code == "JoinNeverFires" && p.ActivityId == "m");
    }

    [Fact]
    public void Two_decisions_one_behind_the_other_still_exclude_each_other()
    {
        Problems(Define.Flowchart("f",
            [Decision("d"), Decision("e"), Define.Line("a", "a"), Define.Line("b", "b"), Join("j", "WaitAll")],
            "d.True>a", "d.False>e", "e.True>b", "a.Done>j", "b.Done>j")).ShouldContain(p => p.Code == "JoinNeverFires");
    }

    [Theory]
    [InlineData("d.Ture>a", "UnknownPort", true, "Did you mean 'True'?")]
    [InlineData("d.True>a", "OpenOutcome", false, "Connect it if something should happen then.")]
    public void Ports_are_checked(string connection, string code, bool isError, string remedy) =>
        Problems(Define.Flowchart("f", [Decision("d"), Define.Line("a", "a")], connection)).ShouldContain(p => p.Code == code && p.IsError == isError && p.Remedy == remedy);

    [Theory]
    [InlineData("getVariable('Raet')", "UnknownVariable", "Did you mean 'Rate'?")]
    [InlineData("`x ${variables.Raet}`", "UnknownVariable", "Did you mean 'Rate'?")]
    [InlineData("getRaet() + 1", "UnknownFunction", "Did you mean getRate()?")]
    [InlineData("getOutputFrom('clac')", "UnknownActivityName", "Did you mean 'calc'?")]
    [InlineData("getInput('Crwe')", "UnknownInput", "Did you mean 'Crew'?")]
    [InlineData("1 +", "BadExpression", "Correct the expression.")]
    public void Names_in_scripts_are_checked(string script, string code, string remedy) =>
        Problems(WithScript(script)).ShouldContain(p => p.Code == code && p.Remedy == remedy && p.Path == "$.root.activities[1].text.expression.value");

    [Theory]
    [InlineData("getVariable('Rate') + variables.Rate + getRate() + getInput('Crew') + getCrew() + getOutputFrom('calc') + getResultFromCalc() + getLastResult()")]
    [InlineData("'getVariable(\"Nope\") variables.Nope' // getNope()")]
    [InlineData("variables.Made = 1; variables.Made")]
    [InlineData("setVariable('Made', 1); getVariable('Made') + getMade()")]
    [InlineData("x.getFoo() ?? `${'a'} getBar()`")]
    public void Names_that_are_known_or_stand_in_texts_are_no_problem(string script) =>
        Problems(WithScript(script)).Where(p => p.Code.StartsWith("Unknown", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Loops_that_run_in_circles_are_seen()
    {
        var circle = Problems(Define.Flowchart("f", [Define.Line("a", "a"), Define.Line("b", "b")], "a.Done>b", "b.Done>a"));
        var waits = Problems(Define.Flowchart("f", [Define.Line("a", "a"), Define.Event("b", "B")], "a.Done>b", "b.Done>a"));
        var endless = Problems(Define.Activity("Elsa.While", "w", ("condition", Define.Literal(true)), ("body", Define.Line("a", "a"))));
        var breaks = Problems(Define.Activity("Elsa.While", "w", ("condition", Define.Literal(true)), ("body", Define.Sequence("b", Define.Event("e", "E"), Define.Activity("Elsa.Break", "x")))));

        circle.ShouldContain(p => p.Code == "LoopWithoutWait" && p.Value == "b -> a");
        waits.ShouldNotContain(p => p.Code == "LoopWithoutWait");
        endless.ShouldContain(p => p.Code == "EndlessLoop" && p.ActivityId == "w");
        breaks.ShouldNotContain(p => p.Code == "EndlessLoop" || p.Code == "LoopWithoutWait");
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "three days", "BadValue")]
    [InlineData("Elsa.Delay", "timeSpan", "72:00:00", "LongSpan")]
    [InlineData("Elsa.Cron", "cronExpression", "every day", "BadValue")]
    [InlineData("Elsa.FlowJoin", "mode", "WaitAl", "BadValue")]
    [InlineData("Elsa.If", "condition", "perhaps", "BadValue")]
    [InlineData("Elsa.For", "end", "many", "BadValue")]
    [InlineData("Elsa.StartAt", "dateTime", "tomorrow", "BadValue")]
    public void Fixed_values_that_would_silently_be_the_default_are_seen(string type, string input, string value, string code) =>
        Problems(Define.Activity(type, "a", (input, Define.Literal(value)))).ShouldContain(p => p.Code == code && p.Value == value && p.Path == $"$.root.{input}");

    [Fact]
    public void An_output_that_goes_nowhere_and_a_step_behind_the_end_are_seen()
    {
        var problems = Problems(Define.Sequence("s",
            Define.Activity("Elsa.RunJavaScript", "r", ("script", Define.Literal("1")), ("result", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "Nope" } })),
            Define.Activity("Elsa.End", "e"),
            Define.Line("z", "z")));

        problems.ShouldContain(p => p.Code == "UnknownVariable" && p.Path == "$.root.activities[0].result");
        problems.ShouldContain(p => p.Code == "Unreachable" && p.ActivityId == "z");
    }

    [Fact]
    public void A_workflow_used_as_an_activity_that_is_not_there_is_named()
    {
        Problems(Define.Activity("Child", "c", ("workflowDefinitionId", "chlid"))).ShouldContain(p => p.Code == "UnknownDefinition" && p.Value == "chlid");
    }

    [Fact]
    public void The_host_adds_what_only_it_knows()
    {
        DefinitionCheck check = (activities, variables) => activities.Where(a => a.Activity.Type == "Elsa.WriteLine")
            .Select(a => new DefinitionProblem("House", false, a.Activity.Id, a.Path, null, string.Join(",", variables.Order()), "x"));

        WorkflowValidator.Validate(DefinitionReader.Read(WithVariables(Define.Line("a", "a"))), ActivityRegistry.Standard, [check])
            .ShouldContain(p => p.Code == "House" && p.Path == "$.root" && p.Message == "Crew,Rate");
    }

    [Fact]
    public void An_input_without_its_type_name_works_here_and_is_told()
    {
        Problems(Define.Activity("Elsa.WriteLine", "a", ("text", new JsonObject { ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "x" } })))
            .ShouldContain(p => p.Code == "NoTypeName" && !p.IsError);
    }

    private static IReadOnlyList<DefinitionProblem> Problems(JsonObject root) => WorkflowValidator.Validate(DefinitionReader.Read(WithVariables(root)), ActivityRegistry.Standard);

    private static string WithVariables(JsonObject root) => Define.Workflow("w", root, new JsonArray(Define.Variable("Rate", "Int32", "1")), inputs: new JsonArray(new JsonObject { ["name"] = "Crew", ["type"] = "String" }));

    private static JsonObject WithScript(string script) => Define.Sequence("s", Define.Activity("Elsa.RunJavaScript", "calc", ("script", Define.Literal("1"))), Define.Script("l", script));

    private static string Tokens(string definition)
    {
        var json = JsonNode.Parse(definition)!.AsObject();
        json["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" };
        return json.ToJsonString();
    }

    private static JsonObject Decision(string id) => Define.Activity("Elsa.FlowDecision", id, ("condition", Define.JavaScript("getVariable('Rate') > 1")));

    private static JsonObject Join(string id, string mode) => Define.Activity("Elsa.FlowJoin", id, ("mode", Define.Literal(mode)));

    [Activity("Office.RequestApproval", "Approvals")]
    private sealed class RequestApproval : CodeActivity
    {
        protected override void Execute(Engine.Running.ActivityExecutionContext context)
        {
        }
    }
}
