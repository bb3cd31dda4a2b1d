using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Approvals;

/// <summary>Waits until somebody of a role approves, sends back or refuses.</summary>
/// <remarks>
/// Nobody decides on their own request or their own deal: the task moves up the chain until somebody else holds the role.
/// Each approval is added to the workflow variable <c>approvals</c>. Waits as long as it takes; nothing is held in memory.
/// </remarks>
[Activity("Office.RequestApproval", "Approvals", DisplayName = "Ask for approval", Description = "Shows the document to a role and waits for approve, send back or refuse.")]
[Outcomes("Approve", "Send back", "Refuse")]
[SetsVariables("approvals", "reason")]
public sealed class RequestApproval : TaskActivity
{
    /// <summary>What is to be decided, in one line.</summary>
    [Input(DisplayName = "What to decide", Description = "One line, for example: Send the deal memo of Kei Ito", Required = true)]
    public Input<string>? Title { get; init; }

    /// <summary>Role that decides.</summary>
    [Input(DisplayName = "Who decides", Description = "The role that decides", UIHint = "dropdown", Options = ["office-roles"], Required = true)]
    public Input<string>? Role { get; init; }

    /// <summary>Names of the outcomes offered, in order; all three when empty.</summary>
    [Input(DisplayName = "Choices", Description = "What can be chosen, parted by commas; empty for Approve, Send back, Refuse")]
    public Input<string>? Choices { get; init; }

    /// <summary>How many hours they have.</summary>
    [Input(DisplayName = "Hours to decide", Description = "Shown as due; late ones turn red on the board", DefaultValue = "24")]
    public Input<double?>? Hours { get; init; }

    /// <summary>Values shown beside the decision, a field a line.</summary>
    [Input(DisplayName = "Shown beside it", Description = "Fields to show with the decision")]
    public Input<object>? Details { get; init; }

    /// <summary>Who decided.</summary>
    [Output(DisplayName = "Decision", Description = "Who decided what, when and why")]
    public Output<object>? Decision { get; init; }

    /// <inheritdoc/>
    protected override IReadOnlyList<string>? GetOutcomes(TriggerContext context) =>
        Choices is null || Choices.ExpressionType == "Literal" ? Split(context.Get(Choices)) : null;

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var title = context.Get(Title) ?? "Decide";
        var asked = context.Get(Role) ?? OfficeRoles.UnitProductionManager;
        var excluded = Excluded(context);
        var role = ApprovalChain.Decider(asked, excluded, Directory(context));
        var choices = Split(context.Get(Choices));
        if (role != asked)
            context.Note($"Moved up to the {OfficeRoles.Title(role)}", $"the {OfficeRoles.Title(asked)} asked for it or it is their own");

        var task = About(context, "approval", title, role, [.. choices.Select(c => new TaskOutcome(c, NeedsReason: c is "Send back" or "Refuse"))]);
        Ask(context, task with
        {
            Due = context.Get(Hours) is > 0 and var hours ? context.Workflow.Now.AddHours(hours) : null,
            Detail = TaskDetails.Of(context, context.GetValue(Details)),
        }, OnDecided);
        context.Note($"Waiting for the {OfficeRoles.Title(role)}: {title}");
    }

    private void OnDecided(ActivityExecutionContext context)
    {
        var decision = TakeAnswer(context, "{who}: " + Word(OfficeValues.To<TaskDecision>(context.Resumed)!.Outcome));
        var answer = OfficeValues.Fields(
            ("role", Value.From(context.Get(Role))),
            ("outcome", Value.From(decision.Outcome)),
            ("name", Value.From(decision.ByName)),
            ("personId", Value.From(decision.ByPerson)),
            ("at", OfficeValues.Moment(decision.At)),
            ("comment", Value.From(decision.Comment)));
        if (decision.Outcome is not ("Send back" or "Refuse"))
            context.Workflow.SetVariable("approvals", Append(context.Workflow.GetVariable("approvals"), answer));
        context.Workflow.SetVariable("reason", Value.From(decision.Comment));
        context.Set(Decision, answer);
        context.Complete(decision.Outcome);
    }

    private static string[] Split(string? choices) => (choices is { Length: > 0 } given ? given : "Approve, Send back, Refuse")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Value Append(Value list, Value item)
    {
        var result = list.Kind == ValueKind.List ? new ListValue(list.AsList()) : new ListValue();
        result.Add(item);
        return Value.From(result);
    }

    private static string Word(string outcome) => outcome switch
    {
        "Approve" => "approved",
        "Send back" => "sent back",
        "Refuse" => "refused",
        "Checked" => "checked",
        "Countersign" => "countersigned",
        _ => outcome,
    };
}
