using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Approvals;

/// <summary>An activity that asks people for something and waits for their answer.</summary>
public abstract class TaskActivity : Activity
{
    /// <summary>Asks and waits; the answer calls <paramref name="onAnswer"/>.</summary>
    protected static Bookmark Ask(ActivityExecutionContext context, OfficeTask task, Action<ActivityExecutionContext> onAnswer) =>
        context.CreateBookmark(new BookmarkRequest
        {
            Payload = OfficeValues.Fields(("task", OfficeValues.From(task))),
            Callback = onAnswer,
        });

    /// <summary>A task about the workflow's person and newest document; who asked for it and whom it is for may not do it.</summary>
    protected static OfficeTask About(ActivityExecutionContext context, string kind, string title, string role, params IReadOnlyList<TaskOutcome> outcomes) => new(
        kind, title, role, Account: null, outcomes,
        Subject: Text(context.Workflow.GetVariable("person")["id"]),
        Excluded: Excluded(context),
        RequestedBy: Text(context.Workflow.GetVariable("requestedBy")),
        Due: null,
        DocumentId: Text(context.Workflow.GetVariable("document")["id"]),
        Detail: TaskDetails.Of(context, Value.Undefined),
        Fields: []);

    /// <summary>Takes the answer: closes the task for everybody who looks at it and writes the line of the timeline.</summary>
    protected static TaskDecision TakeAnswer(ActivityExecutionContext context, string what)
    {
        var decision = OfficeValues.To<TaskDecision>(context.Resumed)
            ?? throw new InvalidOperationException("The task was resumed without a decision. Do it with 'office task do' or on the board.");
        context.Record("task", context.ResumedBookmark!.Id, OfficeValues.Fields(
            ("outcome", Value.From(decision.Outcome)),
            ("comment", Value.From(decision.Comment)),
            ("by", Value.From(decision.ByName)),
            ("at", OfficeValues.Moment(decision.At))));
        context.Note(what.Replace("{who}", decision.ByName, StringComparison.Ordinal), decision.Comment);
        return decision;
    }

    /// <summary>Who may not decide: who asked for it and whom it is for.</summary>
    protected static IReadOnlyList<string> Excluded(ActivityExecutionContext context)
    {
        var excluded = new List<string>();
        Add(context.Workflow.GetVariable("requestedBy"));
        Add(context.Workflow.GetVariable("requestedByPerson"));
        Add(context.Workflow.GetVariable("person")["id"]);
        return excluded;

        void Add(Value value)
        {
            if (value.Kind == ValueKind.String)
                excluded.Add(value.AsString());
        }
    }

    /// <summary>The office's directory as it was when the burst began.</summary>
    protected static OfficeDirectory Directory(ActivityExecutionContext context) => context.GetService<OfficeDirectory>() ?? OfficeDirectory.Empty;

    /// <summary>A variable as text; null when it holds none.</summary>
    protected static string? Text(Value value) => value.IsNullish ? null : value.ToString();
}
