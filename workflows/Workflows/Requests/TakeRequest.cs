using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Workflows.Requests;

/// <summary>Begins a workflow that somebody asked for: notes who asked, and whom it is about.</summary>
/// <remarks>
/// Keeps what was filled in as variables of the same names. Sets <c>requestedBy</c> and <c>requestedByPerson</c>, so that nobody decides on their own request and
/// the answer finds them, and <c>person</c> when one is named: the id or full name of somebody of the directory, or an object with name and email.
/// </remarks>
[Activity("Office.TakeRequest", "Start and finish", DisplayName = "Take the request", Description = "Notes who asked, whom it is about and what was filled in, for the steps after it.")]
[SetsVariables("person", "requestedBy", "requestedByPerson")]
public sealed class TakeRequest : CodeActivity
{
    /// <summary>What lists call this run of the workflow.</summary>
    [Input(DisplayName = "What it is about", Description = "One line for the lists, for example: Purchase of camera tape", Required = true)]
    public Input<string>? Subject { get; init; }

    /// <summary>Id or name of a person of the directory; empty when it is about nobody.</summary>
    [Input(DisplayName = "Person", Description = "Whom it is about; empty for nobody")]
    public Input<object>? Person { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var directory = context.GetService<OfficeDirectory>() ?? OfficeDirectory.Empty;
        var flow = context.Workflow;
        var account = directory.Account(flow.Actor);
        flow.Name = context.Get(Subject) is { Length: > 0 } subject ? subject : "Request";
        foreach (var field in flow.Input.Keys.Where(k => k != "person").ToList())
            flow.SetVariable(field, flow.Input[field]);
        flow.SetVariable("requestedBy", Value.From(flow.Actor));
        flow.SetVariable("requestedByPerson", Value.From(account?.PersonId));
        var person = context.GetValue(Person);
        if (!person.IsNullish && person.ToString().Length > 0)
            flow.SetVariable("person", person.Kind == ValueKind.Object ? person : Known(person.ToString(), directory));
        context.Note($"{account?.DisplayName ?? "The office"} asked: {flow.Name}");
    }

    private static Value Known(string text, OfficeDirectory directory)
    {
        if (directory.FindPerson(text) is { } person)
            return HireTerms.PersonValue(person, directory);

        var near = directory.NearestPeople(text);
        throw new InvalidOperationException($"There is nobody with the id or full name '{text}' in the directory.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near.Select(p => $"{p.Id} ({p.Name})"))}?" : "")} Withdraw this one and start it again.");
    }
}
