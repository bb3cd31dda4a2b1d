using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>Activities joined by connections; where execution goes next is decided by outcomes and joins.</summary>
[Activity("Elsa.Flowchart", "Flow", Description = "A flowchart is a collection of activities and connections between them.")]
internal sealed partial class Flowchart : Activity
{
    private readonly ConcurrentDictionary<Activity, FlowGraph> _graphs = new();
    private List<Activity> _activities = [];
    private Connection[] _connections = [];
    private Activity? _start;

    internal override bool HoldsVariables => true;

    /// <summary>Connections whose ends exist.</summary>
    internal IReadOnlyList<Connection> Connections => _connections;

    internal IReadOnlyList<Activity> Activities => _activities;

    internal override void Bind(ActivityBinder binder)
    {
        _activities = binder.Children(binder.Json["activities"], "activities");
        var byId = new Dictionary<string, Activity>(StringComparer.Ordinal);
        foreach (var activity in _activities)
            byId.TryAdd(activity.Id, activity);
        var connections = new List<Connection>();
        foreach (var json in DefinitionJson.Items(binder.Json["connections"]))
        {
            if (Connection.Read(json) is var (from, port, to) && byId.TryGetValue(from, out var source) && byId.TryGetValue(to, out var target))
                connections.Add(new Connection(connections.Count, source, port, target));
        }

        _connections = [.. connections];
        _start = binder.Json["start"] switch
        {
            JsonObject o when DefinitionJson.Text(o["id"]) is { } id => byId.GetValueOrDefault(id),
            var text when DefinitionJson.Text(text) is { } id => byId.GetValueOrDefault(id),
            _ => null,
        };
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        var start = Start(context);
        if (start is null)
        {
            context.Complete();
            return;
        }

        context.Flow = new FlowState();
        context.Schedule(start);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (child.Activity.IsTerminal)
        {
            context.Complete();
            return;
        }

        if (context.Burst.TokenFlow)
            TokenCompleted(context, child, outcomes);
        else
            CounterCompleted(context, child, outcomes);
    }

    internal override void ChildCanceled(ActivityExecutionContext context, ActivityExecutionContext child)
    {
        if (context.Burst.TokenFlow)
            TokenCanceled(context, child);
        else
            CounterCanceled(context, child);
    }

    /// <summary>Trigger of this start, then the explicit start, a Start activity, one that can start the workflow, one that nothing leads to, the first.</summary>
    internal Activity? Start(ActivityExecutionContext context)
    {
        foreach (var activity in _activities)
        {
            if (context.Burst.IsTrigger(activity))
                return activity;
        }

        return DefaultStart;
    }

    internal Activity? StartOf(string? triggerActivityId) => _activities.Find(a => a.Id == triggerActivityId) ?? DefaultStart;

    internal Activity? DefaultStart => _start
        ?? _activities.FirstOrDefault(a => a is Start)
        ?? _activities.FirstOrDefault(a => a.CanStartWorkflow)
        ?? _activities.FirstOrDefault(a => !Array.Exists(_connections, c => c.Target == a))
        ?? (_activities.Count > 0 ? _activities[0] : null);

    internal FlowGraph GraphFrom(Activity start) => _graphs.GetOrAdd(start, static (from, self) => new FlowGraph(self._connections, from), this);

    private FlowGraph Graph(ActivityExecutionContext context) => GraphFrom(Start(context)!);

    private static bool HasPendingWork(ActivityExecutionContext context) => context.QueuedBelow > 0 || context.HasRunningChild;

    private static void CompleteIfNothingPends(ActivityExecutionContext context)
    {
        if (!HasPendingWork(context) && !context.HasFaultedChild)
            context.Complete();
    }

    /// <summary>Ends the other ways to a join that goes on with the first.</summary>
    internal void CancelAncestors(ActivityExecutionContext context, Activity activity) => CancelAncestors(Graph(context), context, activity);

    /// <summary>Cancels what still runs on the ways that lead to an activity.</summary>
    private static void CancelAncestors(FlowGraph graph, ActivityExecutionContext context, Activity activity)
    {
        var ancestors = graph.Ancestors(activity);
        foreach (var child in context.ChildrenNow())
        {
            if (child.Activity != activity && ancestors.Contains(child.Activity))
                context.Burst.Cancel(child);
        }
    }

    private static bool IsUnderWay(ActivityExecutionContext context, Activity activity)
    {
        for (var child = context.FirstChild; child is not null; child = child.Next)
        {
            if (child.Activity == activity && child.Status == ActivityStatus.Running)
                return true;
        }

        return context.Burst.IsScheduled(context, activity);
    }
}
