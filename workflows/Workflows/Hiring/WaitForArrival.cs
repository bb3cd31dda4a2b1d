using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Workflows.Hiring;

/// <summary>Waits until the person checks in at the front desk.</summary>
[Activity(Stimulus, "Front desk", DisplayName = "Wait for arrival", Description = "Waits until the person checks in at the front desk.")]
public sealed class WaitForArrival : Activity
{
    /// <summary>Name of the stimulus a kiosk's check-in sends; its payload is <see cref="Payload"/>.</summary>
    public const string Stimulus = "Office.WaitForArrival";

    /// <summary>What the check-in of a person is matched by.</summary>
    public static Value Payload(string personId) => OfficeValues.Fields(("person", Value.From(personId)));

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        context.CreateBookmark(new BookmarkRequest
        {
            Stimulus = Payload(person["id"].ToString()),
            IncludeActivityInstanceId = false,
            Payload = OfficeValues.Fields(("waitingFor", Value.From($"{person["name"]} to check in at the front desk"))),
            Callback = OnArrived,
        });
        context.Note($"Waiting for {person["name"]} to check in at the front desk");
    }

    private void OnArrived(ActivityExecutionContext context)
    {
        context.Note($"{context.Workflow.GetVariable("person")["name"]} arrived at the front desk");
        context.Complete();
    }
}
