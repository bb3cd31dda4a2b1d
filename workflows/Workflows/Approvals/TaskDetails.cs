using System.Globalization;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Approvals;

/// <summary>Puts values of a workflow into the words shown beside a task.</summary>
internal static class TaskDetails
{
    /// <summary>The terms of the deal the workflow is about, then what the activity adds; money is for those who may see deal terms.</summary>
    public static IReadOnlyList<TaskDetail> Of(ActivityExecutionContext context, Value added)
    {
        var details = new List<TaskDetail>();
        var person = context.Workflow.GetVariable("person");
        if (person.Kind == ValueKind.Object && OfficeValues.To<DealTerms>(context.Workflow.GetVariable("deal")) is { } deal)
        {
            details.Add(new("Person", person["name"].ToString(), IsDealTerm: false));
            details.Add(new("Position", $"{person["role"]}, {person["department"]}", IsDealTerm: false));
            details.Add(new("First day of work", Day(deal.StartDate), IsDealTerm: false));
            details.Add(new("Last day of work", Day(deal.EndDate), IsDealTerm: false));
            details.Add(new("Rate", Rate(deal.Rate, deal), IsDealTerm: true));
            details.Add(new("Budget", deal.BudgetRate is { } budget ? Rate(budget, deal) : "no such position in the budget", IsDealTerm: true));
            details.Add(new("Account", deal.AccountCode, IsDealTerm: true));
        }

        if (context.Workflow.GetVariable("approvals") is { Kind: ValueKind.List } approvals)
        {
            foreach (var given in approvals.AsList())
                details.Add(new($"{given["outcome"]} by {given["name"]}", given["comment"].IsNullish ? OfficeRoles.Title(given["role"].ToString()) : given["comment"].ToString(), IsDealTerm: true));
        }

        if (context.Workflow.GetVariable("changes") is { Kind: ValueKind.List } changes)
        {
            foreach (var change in OfficeValues.To<List<TermChange>>(changes)!)
                details.Add(new($"Changed: {change.Field}", $"{change.Before} → {change.After}", IsDealTerm: true));
        }

        if (added.Kind == ValueKind.Object)
        {
            var fields = added.AsObject();
            details.AddRange(fields.Keys.Where(k => !fields[k].IsNullish).Select(k => new TaskDetail(k, fields[k].ToString(), IsDealTerm: true)));
        }

        return details;
    }

    private static string Day(DateOnly date) => date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Rate(decimal rate, DealTerms deal) =>
        string.Create(CultureInfo.InvariantCulture, $"{rate:#,##0.00} {deal.Currency} {deal.RateType}");
}
