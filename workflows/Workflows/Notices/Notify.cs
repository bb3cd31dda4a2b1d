using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Workflows.Notices;

/// <summary>Tells somebody something; does not wait for an answer.</summary>
[Activity("Office.Notify", "Notices", DisplayName = "Tell somebody", Description = "Sends a message to a role, to who asked, or to the person it is about.")]
public sealed class Notify : CodeActivity
{
    /// <summary>A role key, <c>person</c> or <c>requester</c>.</summary>
    [Input(DisplayName = "To", Description = "A role, the person it is about, or who asked for it", UIHint = "dropdown", Options = ["office-recipients"], Required = true)]
    public Input<string>? To { get; init; }

    /// <summary>First line.</summary>
    [Input(DisplayName = "Subject", Description = "What the message is about", Required = true)]
    public Input<string>? Subject { get; init; }

    /// <summary>The message.</summary>
    [Input(DisplayName = "Message", Description = "What it says", UIHint = "multi-line")]
    public Input<string>? Body { get; init; }

    /// <summary>Whether the workflow's document goes with it.</summary>
    [Input(DisplayName = "With the document", Description = "Attaches the newest document of the workflow")]
    public Input<bool>? AttachDocument { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var to = context.Get(To) ?? "requester";
        var subject = context.Get(Subject) ?? "";
        var body = context.Get(Body) ?? "";
        var attach = context.Get(AttachDocument);
        switch (to)
        {
            case "person":
                Notice.ToPerson(context, context.Workflow.GetVariable("person"), subject, body, attach);
                break;
            case "requester":
                if (context.Workflow.GetVariable("requestedBy") is { Kind: ValueKind.String } requester)
                    Notice.ToAccount(context, requester.AsString(), subject, body, attach);
                break;
            default:
                Notice.ToRole(context, to, subject, body, attach);
                break;
        }

        context.Note($"Told {(to == "person" ? context.Workflow.GetVariable("person")["name"].ToString() : to == "requester" ? "who asked" : "the " + Office.People.OfficeRoles.Title(to))}: {subject}");
    }
}
