using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Approvals;

namespace ProductionOffice.Workflows.Hiring;

/// <summary>Asks the coordinator for new terms after a request was sent back or the person asked for a change.</summary>
/// <remarks>
/// Sets <c>deal</c>, <c>overBudget</c>, <c>changes</c>. Outcome <c>Material change</c> when rate, dates, payee or account changed:
/// approvals given before no longer stand and are emptied; <c>Minor change</c> keeps them.
/// </remarks>
[Activity("Office.ReviseTerms", "Hiring", DisplayName = "Revise the terms", Description = "Asks for new terms and says whether the change is material.")]
[Outcomes("Material change", "Minor change", "Give up")]
[SetsVariables("approvals", "changes", "deal", "materialChange", "overBudget", "reason", "signatures")]
public sealed class ReviseTerms : TaskActivity
{
    /// <summary>Role that revises.</summary>
    [Input(DisplayName = "Who revises", Description = "The role that enters the new terms", UIHint = "dropdown", Options = ["office-roles"], DefaultValue = OfficeRoles.ProductionCoordinator)]
    public Input<string>? Role { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        var deal = Deal(context);
        IReadOnlyList<string> excluded = Text(person["id"]) is { } own ? [own] : [];
        var role = ApprovalChain.Decider(context.Get(Role) ?? OfficeRoles.ProductionCoordinator, excluded, Directory(context));
        var task = About(context, "revision", $"Revise the deal of {person["name"]}", role, new("Revise", false), new("Give up", true));
        Ask(context, task with
        {
            Excluded = excluded,
            Due = context.Workflow.Now.AddHours(24),
            Detail = TaskDetails.Of(context, OfficeValues.Fields(("Asked for", context.Workflow.GetVariable("reason")))),
            Fields = Fields(deal),
        }, OnRevised);
        context.Note($"Waiting for the {OfficeRoles.Title(role)} to revise the terms", Text(context.Workflow.GetVariable("reason")));
    }

    private void OnRevised(ActivityExecutionContext context)
    {
        var decision = TakeAnswer(context, OfficeValues.To<TaskDecision>(context.Resumed)!.Outcome == "Revise" ? "{who} revised the terms" : "{who} gave the revision up");
        if (decision.Outcome != "Revise")
        {
            context.Workflow.SetVariable("reason", Value.From(decision.Comment));
            context.Complete("Give up");
            return;
        }

        var before = Deal(context);
        var after = HireTerms.Revise(before, decision.Fields ?? new Dictionary<string, string>());
        var changes = after.ChangesSince(before);
        var isMaterial = changes.Any(c => c.IsMaterial);
        var flow = context.Workflow;
        flow.SetVariable("deal", OfficeValues.From(after));
        flow.SetVariable("overBudget", Value.From(after.IsOverBudget));
        // The next version says what differs from the one before it, however many rounds lie between.
        var issued = OfficeValues.To<DealTerms>(flow.GetVariable("issuedDeal"));
        flow.SetVariable("changes", OfficeValues.From(issued is null ? changes : after.ChangesSince(issued)));
        flow.SetVariable("signatures", Value.Null);
        flow.SetVariable("materialChange", Value.From(isMaterial));
        if (isMaterial)
            flow.SetVariable("approvals", Value.From(new ListValue()));
        context.Note(
            isMaterial ? "Approvals start again" : "Approvals given before still stand",
            isMaterial ? $"changed: {string.Join(", ", changes.Where(c => c.IsMaterial).Select(c => c.Field.ToLowerInvariant()))}" : "no rate, date, payee or account changed");
        context.Complete(isMaterial ? "Material change" : "Minor change");
    }

    private static DealTerms Deal(ActivityExecutionContext context) => OfficeValues.To<DealTerms>(context.Workflow.GetVariable("deal"))
        ?? throw new InvalidOperationException("There are no terms to revise: 'Take the hire request' must come before.");

    private static IReadOnlyList<TaskField> Fields(DealTerms deal)
    {
        return
        [
            new("rateType", "Rate per", "choice", deal.RateType, ["hourly", "daily", "weekly", "flat"]),
            new("rate", "Rate", "money", deal.Rate.ToString(CultureInfo.InvariantCulture), []),
            new("guaranteedHoursPerDay", "Guaranteed hours per day", "number", deal.GuaranteedHoursPerDay?.ToString(CultureInfo.InvariantCulture), []),
            new("kitRentalPerWeek", "Kit rental per week", "money", deal.KitRentalPerWeek.ToString(CultureInfo.InvariantCulture), []),
            new("loanOut", "Loan-out company", "text", deal.LoanOut, []),
            new("startDate", "First day of work", "date", Day(deal.StartDate), []),
            new("endDate", "Last day of work", "date", Day(deal.EndDate), []),
            new("accountCode", "Account", "text", deal.AccountCode, []),
            new("specialConditions", "Special conditions", "text", deal.SpecialConditions, []),
        ];

        static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
