using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Approvals;

namespace ProductionOffice.Workflows.Hiring;

/// <summary>Lets who asked, or the UPM, withdraw at any time while the rest goes on beside it.</summary>
[Activity("Office.AllowWithdrawal", "Approvals", DisplayName = "Allow withdrawing", Description = "Offers to withdraw at any time; what follows tells those who were told.")]
[Outcomes("Withdrawn")]
[SetsVariables("reason")]
public sealed class AllowWithdrawal : TaskActivity
{
    /// <summary>Kind of the task it offers.</summary>
    public const string TaskKind = "withdrawal";

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var task = About(context, TaskKind, $"Withdraw: {context.Workflow.Name}", OfficeRoles.UnitProductionManager, new TaskOutcome("Withdraw", NeedsReason: true));
        Ask(context, task with { Excluded = [], DocumentId = null, Detail = [], IsOffered = false }, OnWithdrawn);
    }

    private void OnWithdrawn(ActivityExecutionContext context)
    {
        var decision = TakeAnswer(context, "{who} withdrew the request");
        context.Workflow.SetVariable("reason", Value.From(decision.Comment));
        context.Complete("Withdrawn");
    }
}
