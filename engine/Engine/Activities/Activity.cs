using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>A step of a workflow definition; shared by all its executions, so it keeps no state of its own.</summary>
/// <remarks>
/// Inputs and outputs are properties of type <see cref="Input{T}"/> and <see cref="Output{T}"/>, bound by camelCase name; properties of type
/// <see cref="Activity"/> or <see cref="IReadOnlyList{T}"/> of it are ports. State of one execution lives in
/// <see cref="ActivityExecutionContext.State"/>.
/// </remarks>
public abstract class Activity
{
    private ConcurrentDictionary<string, Action<ActivityExecutionContext>>? _callbacks;

    /// <summary>Id within the definition.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>Ids of all ancestors and its own, joined with <c>:</c>.</summary>
    public string NodeId { get; internal set; } = "";

    /// <summary>Name given by the designer; null when none.</summary>
    public string? Name { get; internal set; }

    /// <summary>Full type name.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>Version of the type.</summary>
    public int Version { get; internal set; } = 1;

    /// <summary>The activity as it stands in the definition.</summary>
    public JsonObject Json { get; internal set; } = [];

    /// <summary>Whether it starts the workflow when its stimulus arrives.</summary>
    public bool CanStartWorkflow { get; internal set; }

    /// <summary>Label in the designer; the name, then the id, when none was written.</summary>
    public string DisplayText { get; internal set; } = "";

    internal ActivityDescriptor? Descriptor { get; set; }

    internal Activity? Parent { get; set; }

    internal IReadOnlyList<Activity> Children { get; set; } = [];

    internal IBoundInput[] Inputs { get; set; } = [];

    internal IBoundOutput[] Outputs { get; set; } = [];

    internal VariableDefinition[] Variables { get; set; } = [];

    /// <summary>The workflow or definition-as-activity it stands in.</summary>
    internal CompositeActivity? Composite { get; set; }

    /// <summary>Position in the graph's list of nodes.</summary>
    internal int Index { get; set; }

    internal bool IsTerminal { get; set; }

    /// <summary>Whether variables that scripts make up are kept here.</summary>
    internal virtual bool HoldsVariables => false;

    /// <summary>What happens when a <c>Break</c> below passes.</summary>
    internal virtual BreakReaction OnBreak => BreakReaction.Ignore;

    /// <summary>Begins an execution. It ends by <see cref="ActivityExecutionContext.Complete"/>, now or in a callback.</summary>
    protected abstract void Execute(ActivityExecutionContext context);

    /// <summary>What its trigger waits for when it stands at the start of a workflow; null when it is no trigger.</summary>
    protected internal virtual TriggerStimulus? GetTrigger(TriggerContext context) => null;

    /// <summary>Outcomes it can complete with as it is drawn; null for those of its <see cref="OutcomesAttribute"/>.</summary>
    protected internal virtual IReadOnlyList<string>? GetOutcomes(TriggerContext context) => null;

    /// <summary>All that its trigger waits for, when it is more than one thing.</summary>
    internal virtual IEnumerable<TriggerStimulus> GetTriggers(TriggerContext context) => GetTrigger(context) is { } only ? [only] : [];

    /// <summary>What the host has to know of the trigger before its stimulus is let in; Undefined when nothing.</summary>
    internal virtual Value DescribeTrigger(TriggerContext context) => Value.Undefined;

    internal virtual void Run(ActivityExecutionContext context) => Execute(context);

    /// <summary>Reads what the binder does not know about; children found here are added to <paramref name="binder"/>.</summary>
    internal virtual void Bind(ActivityBinder binder)
    {
    }

    /// <summary>A child scheduled by this activity has completed.</summary>
    internal virtual void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
    }

    /// <summary>A child was cancelled while this activity goes on.</summary>
    internal virtual void ChildCanceled(ActivityExecutionContext context, ActivityExecutionContext child)
    {
    }

    /// <summary>A callback by the name it was stored with.</summary>
    internal Action<ActivityExecutionContext> Callback(string method)
    {
        _callbacks ??= new ConcurrentDictionary<string, Action<ActivityExecutionContext>>();
        return _callbacks.GetOrAdd(method, static (name, self) => self.FindCallback(name), this);
    }

    private Action<ActivityExecutionContext> FindCallback(string name)
    {
        for (var type = GetType(); type is not null; type = type.BaseType)
        {
            var method = type.GetMethod(name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly, [typeof(ActivityExecutionContext)]);
            if (method is not null)
                return method.IsStatic ? method.CreateDelegate<Action<ActivityExecutionContext>>() : method.CreateDelegate<Action<ActivityExecutionContext>>(this);
        }

        throw new InvalidOperationException($"{Type} has no method {name}(ActivityExecutionContext) to resume with. Keep the names of callbacks when an activity changes.");
    }
}

/// <summary>An activity that completes by itself with <c>Done</c>, unless it completed or made a bookmark.</summary>
public abstract class CodeActivity : Activity
{
    internal override void Run(ActivityExecutionContext context)
    {
        Execute(context);
        if (!context.HasBookmarkOfThisRun)
            context.Complete();
    }
}

/// <summary>What a container does with a <c>Break</c> that comes from below.</summary>
internal enum BreakReaction
{
    Ignore,
    Mark,
    MarkAndStop,
}

/// <summary>What wakes a trigger.</summary>
/// <param name="Name">Kind of stimulus, for example <c>Elsa.Event</c>.</param>
/// <param name="Stimulus">What is hashed; null when nothing.</param>
public sealed record TriggerStimulus(string Name, Value Stimulus);
