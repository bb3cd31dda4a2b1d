using System.Text.Json.Nodes;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Tests.Runtime;

/// <summary>Running instances that move to a new version of their definition.</summary>
public sealed class MigrationTests
{
    private readonly TestOffice _office = new();

    [Fact]
    public async Task A_sequence_goes_on_behind_the_step_it_waits_at_though_steps_were_added_before_and_behind()
    {
        var moved = await MoveAsync(
            Define.Sequence("s", Define.Event("e", "Go"), Define.Line("z", "old end")),
            Define.Sequence("s", Define.Line("n", "new start"), Define.Event("e", "Go"), Define.Line("m", "new middle"), Define.Line("z", "new end")));

        moved.IsMoved.ShouldBeTrue();
        await _office.Runtime.SendAsync(Stimulus.Event("Go"));
        _office.Lines.ShouldBe(["new middle", "new end"]);
        (await _office.Store.ListJournalAsync("i1", default)).ShouldContain(e => e.Who == "upm" && e.Message == "Moved from version 1 to version 2 of the workflow");
        (await _office.Store.FindInstanceAsync("i1", default))!.DefinitionVersion.ShouldBe(2);
    }

    [Fact]
    public async Task A_flowchart_keeps_what_its_joins_have_counted_though_its_connections_are_in_another_order()
    {
        var activities = () => new JsonNode[] { Define.Line("s", "s"), Define.Line("a", "a"), Define.Event("b", "Go"), Define.Activity("Elsa.FlowJoin", "j", ("mode", Define.Literal("WaitAll"))), Define.Line("z", "z") };

        var moved = await MoveAsync(
            Define.Flowchart("f", activities(), "s.Done>a", "s.Done>b", "a.Done>j", "b.Done>j", "j.Done>z"),
            Define.Flowchart("f", [.. activities(), Define.Line("y", "y")], "j.Done>y", "y.Done>z", "b.Done>j", "a.Done>j", "s.Done>b", "s.Done>a"));

        moved.IsMoved.ShouldBeTrue();
        await _office.Runtime.SendAsync(Stimulus.Event("Go"));
        _office.Lines.ShouldBe(["s", "a", "y", "z"]);
    }

    [Fact]
    public async Task A_step_that_is_gone_is_told_once()
    {
        var stays = await MoveAsync(Define.Sequence("s", Define.Event("e", "Never")), Define.Sequence("s", Define.Event("other", "Never")));

        stays.Reasons.ShouldBe(["'e', where it stands, is gone"]);
        stays.IsMoved.ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_says_all_that_does_not_fit_and_changes_nothing()
    {
        await StartAsync(
            Define.Sequence("s", Define.Activity("Elsa.Fork", "k", ("branches", new JsonArray(Define.Event("e", "Go"), Define.Event("g", "Gone"), Define.Event("t", "Typed"))))),
            new JsonArray(Define.Variable("Rate", "Int32", "7"), Define.Variable("Kept", "String", "x")));
        await PublishAsync(
            Define.Sequence("s", Define.Activity("Elsa.Fork", "k", ("branches", new JsonArray(Define.Event("e", "Go"), Define.Activity("Elsa.Delay", "t", ("timeSpan", Define.Literal("01:00:00")))))), Define.Sequence("u", Define.Event("g", "Gone"))),
            new JsonArray(Define.Variable("Kept", "Int32", "1")));
        await _office.Runtime.SendAsync(Stimulus.Event("nobody"));

        var plan = await _office.Runtime.PlanMigrationAsync("w");

        plan.ToVersion.ShouldBe(2);
        var instance = plan.Instances.ShouldHaveSingleItem();
        instance.CanMove.ShouldBeFalse();
        instance.Reasons.ShouldBe(
        [
            "the variable 'Kept' was String and is Int32 now; its value \"x\" does not fit",
            "the branches of 'k' are others now, and some have run",
            "'g', where it stands, lies in 'u' now",
            "'t' was Elsa.Event and is Elsa.Delay now",
        ]);
        (await _office.Store.FindInstanceAsync("i1", default))!.DefinitionVersion.ShouldBe(1);
    }

    [Fact]
    public async Task A_variable_that_is_gone_holds_its_instance_back_only_when_it_has_a_value_of_its_own()
    {
        var before = Define.Sequence("s", Define.Event("e", "Go"));
        await StartAsync(before, new JsonArray(Define.Variable("Rate", "Int32", "7")));
        await _office.Runtime.AlterAsync("i1", [new Alterations.ModifyVariable("Rate", Value.From(8))]);
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w" });
        await PublishAsync(Define.Sequence("s", Define.Event("e", "Go")), []);

        var done = await _office.Runtime.MigrateAsync("w");

        done.Instances.Select(i => (i.InstanceId, i.IsMoved)).ShouldBe([("i1", false), ("i2", true)]);
        done.Instances[0].Reasons.ShouldBe(["the variable 'Rate' is gone and holds 8"]);
    }

    [Fact]
    public async Task What_waits_stays_as_it_was_drawn_and_the_plan_says_so()
    {
        await StartAsync(Define.Sequence("s", Define.Event("e", "Go")), []);
        await PublishAsync(Define.Sequence("s", Define.Event("e", "Start")), []);

        (await _office.Runtime.PlanMigrationAsync("w")).Instances[0].Notes.ShouldBe(["'e' was changed; the wait that is open already stays as it was"]);
    }

    [Fact]
    public async Task A_loop_over_bookmarks_moves_with_its_rounds()
    {
        JsonObject Loop(string line) => Define.Activity("Elsa.ParallelForEach", "p", ("items", Define.JavaScript("['a','b','c']")), ("body", Define.Sequence("b", Define.Event("e", "Go"), Define.Script("l", $"'{line}' + getCurrentValue()"))));

        (await MoveAsync(Loop("old "), Loop("new "))).IsMoved.ShouldBeTrue();
        await _office.Runtime.SendAsync(Stimulus.Event("Go"));

        _office.Lines.ShouldBe(["new a", "new b", "new c"]);
    }

    [Fact]
    public async Task The_root_may_have_another_id_and_bookmarks_follow()
    {
        (await MoveAsync(Define.Sequence("s", Define.Event("e", "Go"), Define.Line("z", "z")), Define.Sequence("other", Define.Event("e", "Go"), Define.Line("z", "z")))).IsMoved.ShouldBeTrue();

        (await _office.Store.ListBookmarksAsync("i1", default)).ShouldHaveSingleItem().ActivityNodeId.ShouldBe("Workflow1:other:e");
        await _office.Runtime.SendAsync(Stimulus.Event("Go"));
        _office.Lines.ShouldBe(["z"]);
    }

    [Fact]
    public async Task A_state_machine_in_a_state_that_is_gone_stays()
    {
        JsonObject Machine(params string[] states) => Define.Activity("Elsa.StateMachine", "m",
            ("initialState", states[0]),
            ("states", new JsonArray([.. states.Select(s => (JsonNode)new JsonObject { ["name"] = s })])),
            ("transitions", new JsonArray(new JsonObject { ["from"] = states[0], ["to"] = states[1], ["trigger"] = Define.Event("e", "Go") })));

        (await MoveAsync(Machine("Draft", "Sent"), Machine("Open", "Sent"))).Reasons.ShouldContain("'m' is in the state 'Draft', which is gone");
    }

    private async Task<InstanceMigration> MoveAsync(JsonObject before, JsonObject after)
    {
        await StartAsync(before, []);
        await PublishAsync(after, []);
        return (await _office.Runtime.MigrateAsync("w", actor: "upm")).Instances.ShouldHaveSingleItem();
    }

    private async Task StartAsync(JsonObject root, JsonArray variables)
    {
        await PublishAsync(root, variables);
        await _office.Runtime.StartAsync(new StartRequest { DefinitionId = "w" });
    }

    private async Task PublishAsync(JsonObject root, JsonArray variables)
    {
        await _office.Runtime.SaveDefinitionAsync(Define.Workflow("w", root, variables));
        await _office.Runtime.PublishAsync("w");
    }
}
