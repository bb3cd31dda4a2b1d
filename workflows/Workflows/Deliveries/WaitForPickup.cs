using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Notices;

namespace ProductionOffice.Workflows.Deliveries;

/// <summary>Tells the recipient about a parcel and waits until the desk hands it over; reminds meanwhile.</summary>
[Activity(Stimulus, "Front desk", DisplayName = "Tell and wait for pick-up", Description = "Tells the recipient, reminds, and waits until the desk hands the parcel over.")]
[Outcomes("Picked up", "Taken back")]
public sealed class WaitForPickup : Activity
{
    /// <summary>Name of the stimulus a hand-over sends; its payload is <see cref="Payload"/>.</summary>
    public const string Stimulus = "Office.WaitForPickup";

    /// <summary>Hours until the first reminder; half an hour for what perishes.</summary>
    [Input(DisplayName = "Remind after hours", Description = "First reminder; then once a day. Perishable: half an hour", DefaultValue = "4")]
    public Input<double?>? ReminderHours { get; init; }

    /// <summary>What the hand-over of a parcel is matched by.</summary>
    public static Value Payload(string number) => OfficeValues.Fields(("delivery", Value.From(number)));

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var delivery = context.Workflow.GetVariable("delivery");
        var number = delivery["number"].ToString();
        context.CreateBookmark(new BookmarkRequest
        {
            Stimulus = Payload(number),
            IncludeActivityInstanceId = false,
            Payload = OfficeValues.Fields(("waitingFor", Value.From($"{delivery["recipient"]} to fetch {number}"))),
            Callback = OnHandedOver,
        });
        Tell(context, $"A delivery is waiting for you: {number}", "is at the front desk");
        context.Record("delivery", number, OfficeValues.Fields(("state", Value.From("notified")), ("notifiedAt", OfficeValues.Moment(context.Workflow.Now))));
        context.Note($"Told {delivery["recipient"]}; waiting for pick-up");
        var hours = delivery["perishable"].IsTruthy ? 0.5 : context.Get(ReminderHours) is > 0 and var given ? given : 4;
        Remind(context, hours);
    }

    private void OnHandedOver(ActivityExecutionContext context)
    {
        var by = context.Resumed;
        if (by["takenBack"].IsTruthy)
        {
            context.Note("Logged in error and taken back at the desk", by["reason"].IsNullish ? null : by["reason"].ToString());
            context.Complete("Taken back");
            return;
        }

        context.Note($"Handed to {by["collector"]}", by["onBehalfOf"].IsNullish ? null : $"on behalf of {by["onBehalfOf"]}");
        context.Complete("Picked up");
    }

    private void OnReminder(ActivityExecutionContext context)
    {
        var delivery = context.Workflow.GetVariable("delivery");
        Tell(context, $"Still waiting for you: {delivery["number"]}", "is still at the front desk");
        context.Note($"Reminded {delivery["recipient"]}");
        Remind(context, 24);
    }

    private void Remind(ActivityExecutionContext context, double hours) => context.CreateBookmark(
        new BookmarkRequest { Name = "Office.Reminder", DueAt = context.Workflow.Now.AddHours(hours), Callback = OnReminder });

    private static void Tell(ActivityExecutionContext context, string subject, string where)
    {
        var delivery = context.Workflow.GetVariable("delivery");
        var from = delivery["from"].IsNullish ? "" : $" from {delivery["from"]}";
        var body = $"{delivery["pieces"]} piece(s){from} {where}{(delivery["shelf"].IsNullish ? "" : $", shelf {delivery["shelf"]}")}.";
        if (context.Workflow.GetVariable("person") is { Kind: ValueKind.Object } person)
            Notice.ToPerson(context, person, subject, body);
        else
            Notice.ToRole(context, OfficeRoles.ProductionCoordinator, $"{subject} ({delivery["recipient"]})", body);
    }
}
