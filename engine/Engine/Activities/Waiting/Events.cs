using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Waits for an event by name, or is started by it.</summary>
[Activity(TypeName, "Primitives", Description = "Wait for an event to be published.", Kind = "Trigger", IsTrigger = true)]
internal sealed class Event : Activity
{
    public const string TypeName = "Elsa.Event";

    /// <summary>Name under which scripts read what came, as an input of the workflow.</summary>
    public const string InputName = "__EventPayloadWorkflowInput";

    [Input(Description = "The name of the event; capitals count.", Required = true)]
    public Input<string>? EventName { get; set; }

    [Output(Description = "What was sent with the event.")]
    public Output<object>? Result { get; set; }

    public static Value Stimulus(string name)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("eventName", Value.From(name));
        return Value.From(stimulus);
    }

    protected internal override TriggerStimulus? GetTrigger(TriggerContext context) => new(TypeName, Stimulus(context.Get(EventName) ?? ""));

    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow)
            Received(context);
        else
            context.CreateBookmark(new BookmarkRequest { Stimulus = Stimulus(context.Get(EventName) ?? ""), Callback = Received, IncludeActivityInstanceId = false });
    }

    private void Received(ActivityExecutionContext context)
    {
        context.Set(Result, context.Resumed.Kind == ValueKind.Undefined ? Value.Null : context.Resumed);
        context.Complete();
    }
}

/// <summary>Sends an event to all who wait for it.</summary>
[Activity("Elsa.PublishEvent", "Primitives", DisplayName = "Publish Event", Description = "Publishes an event.")]
internal sealed class PublishEvent : CodeActivity
{
    [Input(Description = "The name of the event.", Required = true)]
    public Input<string>? EventName { get; set; }

    [Input(Description = "Only instances with this correlation id; empty for all.")]
    public Input<string>? CorrelationId { get; set; }

    [Input(DisplayName = "Local event", Description = "Whether only this instance hears it.")]
    public Input<bool>? IsLocalEvent { get; set; }

    [Input(Description = "What is sent with it.")]
    public Input<Value>? Payload { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var message = new ObjectValue();
        message.Set("name", Value.From(Event.TypeName));
        message.Set("stimulus", Event.Stimulus(context.Get(EventName) ?? ""));
        if (context.Get(CorrelationId) is { Length: > 0 } correlation)
            message.Set("correlationId", Value.From(correlation));
        if (context.Get(IsLocalEvent))
            message.Set("instanceId", Value.From(context.Workflow.InstanceId));
        var payload = context.GetValue(Payload);
        if (payload.Kind == ValueKind.String)
            payload = TypeConversion.FromText(payload.AsString());
        message.Set("input", payload.Kind == ValueKind.Undefined ? Value.Null : payload);
        context.Burst.AddWork(new WorkItem(context.Burst.NextKey(context), "event", null, null, context.Workflow.Now, Value.From(message).ToJson()));
    }
}

/// <summary>Asks somebody outside to do something and waits until it is reported done.</summary>
[Activity(TypeName, "Primitives", DisplayName = "Run Task", Description = "Requests a given task to be run and waits for its completion.", Kind = "Action")]
internal sealed class RunTask : Activity
{
    public const string TypeName = "Elsa.RunTask";

    /// <summary>Name under which scripts read the result, as an input of the workflow.</summary>
    public const string InputName = "RunTaskInput";

    [Input(Description = "The name of the task.", Required = true)]
    public Input<string>? TaskName { get; set; }

    [Input(Description = "What the task needs to know.")]
    public Input<Value>? Payload { get; set; }

    [Output(DisplayName = "Task id")]
    public Output<string>? TaskId { get; set; }

    [Output(Description = "What was reported with the completion.")]
    public Output<object>? Result { get; set; }

    public static Value Stimulus(string taskId)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("taskId", Value.From(taskId));
        return Value.From(stimulus);
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        var taskId = context.Burst.NextKey(context);
        var payload = new ObjectValue();
        payload.Set("taskId", Value.From(taskId));
        payload.Set("taskName", Value.From(context.Get(TaskName)));
        var details = context.GetValue(Payload);
        payload.Set("payload", details.Kind == ValueKind.Undefined ? Value.Null : details);
        context.Set(TaskId, Value.From(taskId));
        context.CreateBookmark(new BookmarkRequest { Stimulus = Stimulus(taskId), Payload = Value.From(payload), Callback = Reported, IncludeActivityInstanceId = false });
    }

    private void Reported(ActivityExecutionContext context)
    {
        context.Set(Result, context.Resumed.Kind == ValueKind.Undefined ? Value.Null : context.Resumed);
        context.Complete();
    }
}
