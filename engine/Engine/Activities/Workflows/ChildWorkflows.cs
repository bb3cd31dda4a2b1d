using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>An activity that starts one other workflow and may wait for its end.</summary>
internal abstract class ChildWorkflow : Activity
{
    [Input(DisplayName = "Workflow definition", Description = "Id of the definition.", UIHint = "workflow-definition-picker", Required = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    [Input(Description = "Correlation id of the new instance.")]
    public Input<string>? CorrelationId { get; set; }

    [Input(Description = "Its input.")]
    public Input<ObjectValue>? Input { get; set; }

    [Input(Description = "Whether to wait until it has ended.")]
    public Input<bool>? WaitForCompletion { get; set; }

    [Output(Description = "Its id, status and output.")]
    public Output<object>? Result { get; set; }

    protected void Ended(ActivityExecutionContext context)
    {
        context.Set(Result, context.Resumed);
        context.Complete();
    }
}

/// <summary>Starts another workflow as an instance of its own and runs it at once, in the same transaction.</summary>
[Activity("Elsa.ExecuteWorkflow", "Composition", DisplayName = "Execute Workflow", Description = "Create a new workflow instance of the specified workflow and execute it.")]
internal sealed class ExecuteWorkflow : ChildWorkflow
{
    protected override void Execute(ActivityExecutionContext context)
    {
        var child = context.Burst.StartChild(context.Get(WorkflowDefinitionId) ?? "", ChildInput.Of(context, Input), Blank.ToNull(context.Get(CorrelationId)));
        if (context.Get(WaitForCompletion) && !child.IsFinished)
        {
            var stimulus = new ObjectValue();
            stimulus.Set("workflowInstanceId", Value.From(child.Burst.InstanceId));
            var bookmark = context.CreateBookmark(new BookmarkRequest { Stimulus = Value.From(stimulus), Callback = Ended, IncludeActivityInstanceId = false });
            context.Burst.Adopt(child, bookmark.Id);
            return;
        }

        context.Set(Result, child.Report);
        context.Burst.Adopt(child, null);
        context.Complete();
    }
}

/// <summary>Starts another workflow as work of its own, after this burst.</summary>
[Activity("Elsa.DispatchWorkflow", "Composition", DisplayName = "Dispatch Workflow", Description = "Create a new workflow instance of the specified workflow and dispatch it for execution.")]
internal sealed class DispatchWorkflow : ChildWorkflow
{
    [Input(DisplayName = "Channel")]
    public Input<string>? ChannelName { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var definitionId = context.Get(WorkflowDefinitionId) ?? "";
        if (context.Burst.Request.Children.Find(definitionId) is null)
            context.Fault($"No published version of workflow definition with ID {definitionId} found.", "NotFound");

        var bookmark = context.Get(WaitForCompletion)
            ? context.CreateBookmark(new BookmarkRequest { Callback = Ended })
            : null;
        var input = ChildInput.Of(context, Input);
        input.Set("ParentInstanceId", Value.From(context.Workflow.InstanceId));
        var id = ChildStart.Add(context, definitionId, input, Blank.ToNull(context.Get(CorrelationId)), bookmark?.Id);
        if (bookmark is not null)
            return;
        var result = new ObjectValue();
        result.Set("workflowInstanceId", Value.From(id));
        context.Set(Result, Value.From(result));
        context.Complete();
    }
}

/// <summary>Starts another workflow once for each item of a list.</summary>
[Activity("Elsa.BulkDispatchWorkflows", "Composition", DisplayName = "Bulk Dispatch Workflows", Description = "Create new workflow instances for each item of the data source and dispatch them for execution.")]
[Outcomes("Completed", "Done")]
internal sealed class BulkDispatchWorkflows : Activity
{
    [Input(DisplayName = "Workflow definition", Description = "Id of the definition.", UIHint = "workflow-definition-picker", Required = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    [Input(Description = "The list.")]
    public Input<Value>? Items { get; set; }

    [Input(Description = "Name of the input that takes the item.", DefaultValue = "Item")]
    public Input<string>? DefaultItemInputKey { get; set; }

    [Input(DisplayName = "Correlation id", Description = "Correlation id of an instance; args.Item is its item, args.x the field x of an item with fields.", DefaultSyntax = "JavaScript"), Lazy]
    public Input<string>? CorrelationIdFunction { get; set; }

    [Input(Description = "Further input of every instance.")]
    public Input<ObjectValue>? Input { get; set; }

    [Input(Description = "Whether to wait until all have ended.", DefaultValue = true)]
    public Input<bool>? WaitForCompletion { get; set; }

    public Activity? OnCompleted { get; private set; }

    public Activity? OnFaulted { get; private set; }

    internal override void Bind(ActivityBinder binder)
    {
        OnCompleted = binder.Child(binder.Json["childCompleted"], "childCompleted");
        OnFaulted = binder.Child(binder.Json["childFaulted"], "childFaulted");
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        var definitionId = context.Get(WorkflowDefinitionId) ?? "";
        if (context.Burst.Request.Children.Find(definitionId) is null)
            context.Fault($"No published version of workflow definition with ID {definitionId} found.", "NotFound");

        var items = TypeConversion.ToList(context.GetValue(Items)) ?? [];
        var waits = context.Get(WaitForCompletion) && items.Count > 0;
        var bookmark = waits ? context.CreateBookmark(new BookmarkRequest { Callback = OneEnded, AutoBurn = false }) : null;
        foreach (var item in items)
        {
            var input = ChildInput.Of(context, Input);
            input.Set("ParentInstanceId", Value.From(context.Workflow.InstanceId));
            var fields = Fields(context, item);
            foreach (var (name, value) in fields)
                input.Set(name, value);

            ChildStart.Add(context, definitionId, input, Correlation(context, fields), bookmark?.Id);
        }

        context.Counter = items.Count;
        if (!waits)
            context.Complete();
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes) => CompleteWhenAllEnded(context);

    private ObjectValue Fields(ActivityExecutionContext context, Value item)
    {
        if (item.Kind == ValueKind.Object)
            return item.AsObject();

        var fields = new ObjectValue();
        fields.Set(context.Get(DefaultItemInputKey) ?? "Item", item);
        return fields;
    }

    private string? Correlation(ActivityExecutionContext context, ObjectValue fields)
    {
        if (CorrelationIdFunction is null)
            return null;

        var scripts = context.Burst.Scripts;
        scripts.Arguments = fields;
        try
        {
            return Blank.ToNull(context.Get(CorrelationIdFunction));
        }
        finally
        {
            scripts.Arguments = new ObjectValue();
        }
    }

    private void OneEnded(ActivityExecutionContext context)
    {
        context.Counter--;
        var failed = context.Resumed["subStatus"] is { Kind: ValueKind.String } status && status.AsString() == "Faulted";
        if ((failed ? OnFaulted : OnCompleted) is { } port)
        {
            var details = context.Resumed;
            context.Schedule(port, variables: [new NamedValue("ChildWorkflow", details)]);
            return;
        }

        CompleteWhenAllEnded(context);
    }

    private static void CompleteWhenAllEnded(ActivityExecutionContext context)
    {
        if (context.Counter <= 0 && !context.HasRunningChild && context.QueuedBelow == 0)
            context.Complete("Completed", "Done");
    }
}

/// <summary>Input of a child: a copy, so that parent and child share nothing.</summary>
internal static class ChildInput
{
    public static ObjectValue Of(ActivityExecutionContext context, Input<ObjectValue>? input) =>
        context.Get(input) is { } fields ? Copies.Of(Value.From(fields)).AsObject() : new ObjectValue();
}

/// <summary>Start of an instance as work after the burst.</summary>
internal static class ChildStart
{
    public static string Add(ActivityExecutionContext context, string definitionId, ObjectValue input, string? correlationId, string? bookmarkId)
    {
        var id = context.Burst.NextChildId();
        var payload = new ObjectValue();
        payload.Set("definitionId", Value.From(definitionId));
        payload.Set("instanceId", Value.From(id));
        payload.Set("input", Value.From(input));
        payload.Set("parentInstanceId", Value.From(context.Workflow.InstanceId));
        if (correlationId is not null)
            payload.Set("correlationId", Value.From(correlationId));
        if (bookmarkId is not null)
            payload.Set("parentBookmarkId", Value.From(bookmarkId));
        context.Burst.AddWork(new WorkItem(context.Burst.NextKey(context), "start", null, null, context.Workflow.Now, Value.From(payload).ToJson()));
        return id;
    }
}

/// <summary>Text fields left empty mean nothing.</summary>
internal static class Blank
{
    public static string? ToNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
