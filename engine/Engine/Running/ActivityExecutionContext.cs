using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>One execution of an activity: what it can read, and what it can ask the burst to do.</summary>
/// <remarks>Valid during the call it is handed to; not to be kept. Everything asked for here is stored in one transaction after the burst.</remarks>
public sealed partial class ActivityExecutionContext
{
    private Value[]? _inputs;
    private ObjectValue? _state;

    internal ActivityExecutionContext(Burst burst, Activity activity, ActivityExecutionContext? parent, int number)
    {
        Burst = burst;
        Activity = activity;
        Parent = parent;
        Number = number;
    }

    /// <summary>Id of this execution, unique within the instance; counted from <c>1</c>.</summary>
    public string Id => NumberText.Of(Number);

    /// <summary>The activity of the definition.</summary>
    public Activity Activity { get; }

    /// <summary>Where the execution stands.</summary>
    public ActivityStatus Status { get; internal set; }

    /// <summary>The instance around it.</summary>
    public WorkflowContext Workflow => Burst.Workflow;

    /// <summary>Small state of this execution, stored with the instance; starts empty.</summary>
    public ObjectValue State => _state ??= new ObjectValue();

    /// <summary>What was given with the wake-up, or with the stimulus that started the workflow at this trigger; Undefined otherwise.</summary>
    public Value Resumed { get; internal set; }

    /// <summary>The bookmark that was woken; null when the activity runs for the first time.</summary>
    public Bookmarks.Bookmark? ResumedBookmark { get; internal set; }

    /// <summary>Whether this activity is the trigger that started the workflow, so that it need not wait.</summary>
    public bool IsTriggerOfWorkflow { get; internal set; }

    internal Burst Burst { get; }

    internal ActivityExecutionContext? Parent { get; private set; }

    internal int Number { get; }

    internal string? Tag { get; set; }

    /// <summary>Progress of a container: next child, completed children.</summary>
    internal int Counter { get; set; }

    internal bool IsBreaking { get; set; }

    internal bool IsEnding { get; set; }

    internal bool ByBackwardConnection { get; set; }

    internal Flowcharts.FlowState? Flow { get; set; }

    /// <summary>Number of effects so far, for their keys.</summary>
    internal int Ordinal { get; set; }

    /// <summary>Queued items that this execution or one below it owns.</summary>
    internal int QueuedBelow { get; set; }

    internal Value[]? Slots { get; set; }

    internal List<NamedValue>? Extra { get; set; }

    internal ObjectValue? StoredState { get => _state; set => _state = value; }

    internal bool IsDone => Status is ActivityStatus.Completed or ActivityStatus.Canceled;

    internal int OpenBookmarks { get; set; }

    internal bool HasBookmarkOfThisRun => OpenBookmarks > 0;

    /// <summary>An input's value, converted; the type's default when the input is absent, empty or cannot be converted.</summary>
    public T? Get<T>(Input<T>? input) => input is null ? default : TypeConversion.To<T>(GetValue(input));

    /// <summary>An input's value as it is; Undefined when the input is absent.</summary>
    public Value GetValue(IInput? input)
    {
        if (input is not IBoundInput bound)
            return Value.Undefined;

        if (_inputs is not null && bound.Index >= 0)
            return _inputs[bound.Index];
        return Burst.Evaluate(bound, this);
    }

    /// <summary>Gives a value to an output: to the variable or workflow output bound to it, and to later activities of this burst.</summary>
    public void Set<T>(Output<T>? output, Value value)
    {
        if (output is not null)
            Burst.SetOutput(this, output, value);
    }

    /// <summary>Ends the execution with outcomes; without one with <c>Done</c>. Ignored unless it runs.</summary>
    public void Complete(params string[] outcomes) => Burst.Complete(this, outcomes.Length == 0 ? Outcomes.Done : outcomes);

    /// <summary>Ends the execution as faulted.</summary>
    /// <exception cref="Incidents.ActivityFaultException">Always; it becomes an incident.</exception>
    public void Fault(string message, string kind = "Fault") => throw new Incidents.ActivityFaultException(message, kind);

    /// <summary>Writes a line in plain words to the journal.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="why">The reason, for example a person's comment; null when none.</param>
    public void Note(string message, string? why = null) => Burst.Log("Note", this, message, why, Burst.Request.Actor);

    /// <summary>A read-only service of the host, for example the office directory; null when the host has none.</summary>
    public T? GetService<T>() where T : class => Burst.Request.Services?.GetService(typeof(T)) as T;

    /// <summary>A variable in scope by name; Undefined when there is none.</summary>
    public Value GetVariable(string name) => VariableScope.TryGet(this, name, out var value) ? value : Value.Undefined;

    /// <summary>Sets the nearest variable of that name; makes one in the container around when there is none.</summary>
    public void SetVariable(string name, Value value) => VariableScope.Set(this, name, value);

    internal void Schedule(Activity? activity, string? tag = null, NamedValue[]? variables = null)
    {
        if (activity is null)
            throw new InvalidOperationException("An empty port cannot be scheduled.");
        Burst.Schedule(new ScheduledItem(activity, this, tag, variables, false));
    }

    internal void EvaluateInputs()
    {
        var inputs = Activity.Inputs;
        if (inputs.Length == 0)
            return;

        var values = new Value[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            values[i] = Burst.Evaluate(inputs[i], this);
        _inputs = values;
        if (JournalData.Inputs(inputs, values) is { } computed)
            Burst.LogInputs(this, computed);
    }

    internal void ForgetInputs() => _inputs = null;
}

/// <summary>Outcomes that are used all the time.</summary>
internal static class Outcomes
{
    public static readonly string[] Done = ["Done"];
    public static readonly string[] None = [];
    public static readonly string[] True = ["True"];
    public static readonly string[] False = ["False"];
}
