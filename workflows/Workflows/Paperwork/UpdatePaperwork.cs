using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Paperwork;

/// <summary>Says on the paperwork page where a piece of paperwork stands and who has it.</summary>
[Activity("Office.UpdatePaperwork", "Paperwork", DisplayName = "Update the paperwork page", Description = "Says where a piece of paperwork stands and who has it now.")]
public sealed class UpdatePaperwork : CodeActivity
{
    /// <summary>Kind of paperwork, for example <c>dealMemo</c>.</summary>
    [Input(DisplayName = "Kind of paperwork", Description = "The column of the paperwork page", Required = true)]
    public Input<string>? Kind { get; init; }

    /// <summary>A state word of the office.</summary>
    [Input(DisplayName = "State", Description = "Where it stands", UIHint = "dropdown", Options = ["paperwork-states"], Required = true)]
    public Input<string>? State { get; init; }

    /// <summary>Role key or <c>person</c>; empty when nobody has to do anything.</summary>
    [Input(DisplayName = "Who has it now", Description = "A role, or the person; empty when done", UIHint = "dropdown", Options = ["office-recipients"])]
    public Input<string>? Holder { get; init; }

    /// <summary>Day by which it is due, as year-month-day.</summary>
    [Input(DisplayName = "Due", Description = "The day it is due; empty when open-ended")]
    public Input<string>? Due { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var flow = context.Workflow;
        var person = flow.GetVariable("person");
        if (person["id"].IsNullish)
            throw new InvalidOperationException("The workflow is about nobody: set the variable 'person' before this activity.");

        var kind = context.Get(Kind) ?? "dealMemo";
        var state = context.Get(State) ?? "draft";
        var document = flow.GetVariable("document");
        var documentId = document["id"].IsNullish ? null : document["id"].ToString();
        context.Record("paperwork", $"{person["id"]}:{kind}", OfficeValues.From(new PaperworkItem(
            person["id"].ToString(), kind, state, HolderName(context.Get(Holder), person), flow.Now, ReadDue(context), flow.InstanceId, documentId,
            flow.GetVariable("reason").IsNullish ? null : flow.GetVariable("reason").ToString())));

        // The document follows the paperwork where the state says something about the file itself.
        if (documentId is not null && DocumentState(state) is { } documentState)
            context.Record("document", documentId, OfficeValues.Fields(("state", Value.From(documentState))));
    }

    private DateTimeOffset? ReadDue(ActivityExecutionContext context)
    {
        if (!DateOnly.TryParse(context.Get(Due), CultureInfo.InvariantCulture, out var day))
            return null;

        var zone = TimeZoneInfo.FindSystemTimeZoneById(context.GetService<OfficeDirectory>()?.Production?.TimeZone ?? "UTC");
        var local = day.ToDateTime(new TimeOnly(7, 0));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string? DocumentState(string state) => state switch
    {
        "awaitingSignature" or "awaitingCountersignature" or "returned" => state,
        "withdrawn" or "rejected" or "declined" => "void",
        _ => null,
    };

    private static string? HolderName(string? holder, Value person) => holder switch
    {
        null or "" => null,
        "person" => person["name"].ToString(),
        "requester" => "who asked",
        _ => OfficeRoles.Title(holder),
    };
}
