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
    public void A_sound_definition_has_no_problems()
    {
        var definition = Define.Workflow("good", Define.Sequence("s", Define.Line("a", "a"), Define.Event("e", "Go")));

        WorkflowValidator.Validate(DefinitionReader.Read(definition), ActivityRegistry.Standard).ShouldBeEmpty();
    }

    [Activity("Office.RequestApproval", "Approvals")]
    private sealed class RequestApproval : CodeActivity
    {
        protected override void Execute(Engine.Running.ActivityExecutionContext context)
        {
        }
    }
}
