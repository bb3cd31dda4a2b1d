using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Approvals;

namespace ProductionOffice.Workflows.Hiring;

/// <summary>Waits for the counter-signature; the deal is valid with it.</summary>
/// <remarks>Sets <c>signatures.upm</c>.</remarks>
[Activity("Office.Countersign", "Approvals", DisplayName = "Counter-sign", Description = "Waits until the UPM counter-signs the signed document.")]
[Outcomes("Countersigned", "Send back")]
[SetsVariables("reason", "signatures")]
public sealed class Countersign : TaskActivity
{
    /// <summary>Role that counter-signs.</summary>
    [Input(DisplayName = "Who counter-signs", Description = "The role that counter-signs", UIHint = "dropdown", Options = ["office-roles"], DefaultValue = OfficeRoles.UnitProductionManager)]
    public Input<string>? Role { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        var document = context.Workflow.GetVariable("document");
        var excluded = Excluded(context);
        var role = Decider(context);
        var task = About(context, "approval", $"Counter-sign {document["name"]}", role, new("Countersign", false), new("Send back", true));
        Ask(context, task with { Due = context.Workflow.Now.AddHours(24) }, OnSigned);
        context.Note($"Waiting for the {OfficeRoles.Title(role)} to counter-sign");
    }

    private void OnSigned(ActivityExecutionContext context)
    {
        var isSigned = OfficeValues.To<TaskDecision>(context.Resumed)!.Outcome == "Countersign";
        var decision = TakeAnswer(context, isSigned ? "{who} counter-signed" : "{who} sent it back instead of counter-signing");
        context.Workflow.SetVariable("reason", Value.From(decision.Comment));
        if (isSigned)
        {
            // Whoever signs one level up signs in their own line of the document.
            var signed = OfficeValues.Fields(("name", Value.From(decision.ByName)), ("date", OfficeValues.Moment(decision.At)));
            var isLineProducer = Decider(context) == OfficeRoles.LineProducer;
            context.Workflow.SetVariable("signatures", OfficeValues.Fields(
                ("employee", context.Workflow.GetVariable("signatures")["employee"]),
                ("upm", isLineProducer ? Value.Null : signed),
                ("lineProducer", isLineProducer ? signed : Value.Null)));
        }

        context.Complete(isSigned ? "Countersigned" : "Send back");
    }

    private string Decider(ActivityExecutionContext context) =>
        ApprovalChain.Decider(context.Get(Role) ?? OfficeRoles.UnitProductionManager, Excluded(context), Directory(context));
}
