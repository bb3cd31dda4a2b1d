using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Approvals;
using ProductionOffice.Workflows.Notices;

namespace ProductionOffice.Workflows.Documents;

/// <summary>Sends the document to the person and waits until the office records their answer; reminds meanwhile.</summary>
/// <remarks>
/// Reminds after the given hours and every day after. On the deadline it tells the coordinator and the UPM and goes on waiting:
/// a late signature is still a signature. Sets <c>sentAt</c>, and <c>signatures.employee</c> on signing.
/// </remarks>
[Activity("Office.WaitForSignature", "Documents", DisplayName = "Wait for the signature", Description = "Sends the document to the person, reminds, and waits until the office records the answer.")]
[Outcomes("Signed", "Revision requested", "Declined")]
[SetsVariables("reason", "sentAt", "signatures")]
public sealed class WaitForSignature : TaskActivity
{
    /// <summary>Hours until the first reminder.</summary>
    [Input(DisplayName = "Remind after hours", Description = "First reminder; then once a day", DefaultValue = "48")]
    public Input<double?>? ReminderHours { get; init; }

    /// <summary>Day by which it must be signed, as year-month-day.</summary>
    [Input(DisplayName = "Sign by", Description = "The day it must be signed by, for example the first day of work")]
    public Input<string>? Deadline { get; init; }

    /// <summary>Hour of that day from which it is late, in the show's time zone.</summary>
    [Input(DisplayName = "Hour of that day", Description = "0 to 23; from then on it is late", DefaultValue = "7")]
    public Input<double?>? DeadlineHour { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        var document = context.Workflow.GetVariable("document");
        var due = Due(context);
        // Nobody records their own answer: that of the coordinator is recorded above.
        IReadOnlyList<string> excluded = Text(person["id"]) is { } own ? [own] : [];
        var task = About(
            context, "signature", $"Record the answer of {person["name"]}: {document["name"]}",
            ApprovalChain.Decider(OfficeRoles.ProductionCoordinator, excluded, Directory(context)),
            new("Signed", false), new("Revision requested", true), new("Declined", true));
        Ask(context, task with { Excluded = excluded, RequestedBy = null, Due = due }, OnAnswered);

        Notice.ToPerson(context, person, $"For your signature: {document["name"]}",
            $"Please sign {document["name"]} and return it to the production office{(due is { } by ? " by " + Day(context, by) : "")}.", attach: true);
        // Whoever withdraws later must tell those who were told.
        context.Workflow.SetVariable("sentAt", OfficeValues.Moment(context.Workflow.Now));
        var first = context.Workflow.Now.AddHours(context.Get(ReminderHours) is > 0 and var hours ? hours : 48);
        Wake(context, first, OnReminder);
        if (due is { } deadline && deadline > context.Workflow.Now)
            Wake(context, deadline, OnDeadline);
        context.Note($"Sent to {person["name"]}, waiting for the signature", due is { } d ? $"due {Day(context, d)}" : null);
        if (due <= context.Workflow.Now)
            TellLate(context);
    }

    private void OnAnswered(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        var outcome = OfficeValues.To<TaskDecision>(context.Resumed)!.Outcome;
        var decision = TakeAnswer(context, outcome switch
        {
            "Signed" => $"{person["name"]} signed; recorded by {{who}}",
            "Revision requested" => $"{person["name"]} asked for a change; recorded by {{who}}",
            _ => $"{person["name"]} declined; recorded by {{who}}",
        });
        context.Workflow.SetVariable("reason", Value.From(decision.Comment));
        if (outcome == "Signed")
            context.Workflow.SetVariable("signatures", OfficeValues.Fields(
                ("employee", OfficeValues.Fields(("name", person["name"]), ("date", OfficeValues.Moment(decision.At)))), ("upm", Value.Null)));
        context.Complete(outcome);
    }

    private void OnReminder(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        var document = context.Workflow.GetVariable("document");
        Notice.ToPerson(context, person, $"Reminder: please sign {document["name"]}", $"We have not received your signature on {document["name"]} yet.", attach: true);
        context.Note($"Reminded {person["name"]}");
        Wake(context, context.Workflow.Now.AddHours(24), OnReminder);
    }

    private void OnDeadline(ActivityExecutionContext context) => TellLate(context);

    private static void TellLate(ActivityExecutionContext context)
    {
        var person = context.Workflow.GetVariable("person");
        var document = context.Workflow.GetVariable("document");
        foreach (var role in new[] { OfficeRoles.ProductionCoordinator, OfficeRoles.UnitProductionManager })
            Notice.ToRole(context, role, $"Late: {document["name"]} is not signed", $"{person["name"]} is due at work and has not signed {document["name"]}.");
        context.Note($"Late: {person["name"]} has not signed by the first day of work", "the coordinator and the UPM were told");
    }

    private static void Wake(ActivityExecutionContext context, DateTimeOffset at, Action<ActivityExecutionContext> callback) =>
        context.CreateBookmark(new BookmarkRequest { Name = "Office.Reminder", DueAt = at, Callback = callback });

    private DateTimeOffset? Due(ActivityExecutionContext context)
    {
        if (!DateOnly.TryParse(context.Get(Deadline), CultureInfo.InvariantCulture, out var day))
            return null;

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Directory(context).Production?.TimeZone ?? "UTC");
        var local = day.ToDateTime(new TimeOnly((int)Math.Clamp(context.Get(DeadlineHour) ?? 7, 0, 23), 0));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string Day(ActivityExecutionContext context, DateTimeOffset at)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Directory(context).Production?.TimeZone ?? "UTC");
        return TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
    }
}
