using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests.Running;

public sealed class BurstTests
{
    [Fact]
    public void The_same_burst_run_again_gives_an_equal_result()
    {
        var folder = Path.Combine(Tools.Root, "tests/Conformance/elsa");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            var definition = JsonNode.Parse(File.ReadAllText(file))!["definition"]!.ToJsonString();

            Describe(definition).ShouldBe(Describe(definition), file);
        }
    }

    [Fact]
    public void A_wake_up_run_again_from_the_stored_state_gives_an_equal_result()
    {
        var graph = Graph(Define.Workflow("w", Define.Sequence("s", Define.Event("e", "Go"), Define.Script("w", "newGuidString()"), Define.Event("e2", "Go"))));
        var first = Burst.Run(Start(graph)).Result;
        var resume = new BurstRequest
        {
            Graph = graph,
            InstanceId = "i1",
            Now = DateTimeOffset.UnixEpoch,
            Cause = BurstCause.Resume,
            Instance = first.Instance,
            Bookmarks = first.BookmarksCreated,
            BookmarkId = first.BookmarksCreated[0].Id,
            Children = new Children(),
        };

        JsonSerializer.Serialize(Burst.Run(resume).Result).ShouldBe(JsonSerializer.Serialize(Burst.Run(resume).Result));
    }

    [Fact]
    public void The_journal_has_what_was_worked_out_at_the_start_and_the_outcomes_at_the_end()
    {
        var flow = Define.Flowchart(
            "f",
            [
                Define.Activity("Elsa.FlowDecision", "d", ("condition", Define.JavaScript("variables.Rate > 600"))), Define.Script("yes", "'x'.repeat(900)"), Define.Line("no", "no"),
            ],
            "d.True>yes", "d.False>no");
        var graph = Graph(Define.Workflow("w", flow, new JsonArray(Define.Variable("Rate", "Int32", "650"))));

        var journal = Burst.Run(Start(graph)).Result.Journal;

        Data("d", "Started").ShouldBe("""{"inputs":{"condition":true}}""");
        Data("d", "Completed").ShouldBe("""{"outcomes":["True"]}""");
        Data("yes", "Started")!.Length.ShouldBeInRange(400, 440);
        Data("yes", "Completed").ShouldBe("""{"outcomes":["Done"]}""");
        journal.ShouldNotContain(line => line.ActivityId == "no");

        string? Data(string activity, string what) => journal.Single(line => line.ActivityId == activity && line.Event == what).Data;
    }

    [Fact]
    public void The_state_of_a_waiting_instance_is_small()
    {
        var graph = Graph(Define.Workflow("w", Define.Sequence("s", Define.Event("e", "Go")), new JsonArray(Define.Variable("Rate", "Int32", "650"))));

        Burst.Run(Start(graph)).Result.Instance.State.ShouldBe("""{"c":3,"b":1,"j":4,"v":{"Rate":650},"t":[{"i":1,"n":"Workflow1"},{"i":2,"n":"Workflow1:s","p":1,"c":1},{"i":3,"n":"Workflow1:s:e","p":2}]}""");
    }

    [Fact]
    public void Names_of_bookmarks_and_effects_are_counted_not_drawn()
    {
        var graph = Graph(Define.Workflow("w", Define.Activity("Elsa.FlowSendHttpRequest", "h", ("url", Define.Literal("https://permits.example/1")))));

        var result = Burst.Run(Start(graph)).Result;

        result.BookmarksCreated.ShouldHaveSingleItem().Id.ShouldBe("i1-1");
        result.Outbox.ShouldHaveSingleItem().EffectKey.ShouldBe("i1:2:0");
        result.Outbox[0].BookmarkId.ShouldBe("i1-1");
    }

    [Fact]
    public void Dates_in_variables_stay_dates()
    {
        var graph = Graph(Define.Workflow(
            "w",
            Define.Sequence("s", Define.Activity("Elsa.SetVariable", "v", ("variable", Define.Variable("Wrap", "DateTimeOffset")), ("value", Define.Literal("2026-03-09T18:00:00Z"))), Define.Event("e", "Go")),
            new JsonArray(Define.Variable("Wrap", "DateTimeOffset"))));

        InstanceSnapshot.Of(Burst.Run(Start(graph)).Result.Instance).Variables["Wrap"].Kind.ShouldBe(ValueKind.Date);
    }

    private static string Describe(string definition)
    {
        try
        {
            return JsonSerializer.Serialize(Burst.Run(Start(Graph(definition))).Result);
        }
        catch (ChildNeededException needed)
        {
            return needed.DefinitionId;
        }
    }

    private static WorkflowGraph Graph(string definition) => GraphBuilder.Build(DefinitionReader.Read(definition), ActivityRegistry.Standard, _ => null).Graph;

    private static BurstRequest Start(WorkflowGraph graph) => new() { Graph = graph, InstanceId = "i1", Now = DateTimeOffset.UnixEpoch, Cause = BurstCause.Start, Children = new Children() };
}
