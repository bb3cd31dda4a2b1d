using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Incidents;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>Runs an instance until nothing is left that can run now.</summary>
/// <remarks>
/// Pure: no clock, no store, no chance; ids are counted. Work waits in one first-in first-out queue; a container is one item that queues its
/// children behind what is queued. Follows Elsa 3 (elsa-core, <c>WorkflowRunner</c>, <c>ActivityInvoker</c>) in order and outcome.
/// </remarks>
internal sealed partial class Burst
{
    private readonly Queue<ScheduledItem> _queue = new();
    private ActivityExecutionContext? _root;
    private ActivityExecutionContext? _current;
    private int _open;
    private int _ranNow;
    private int _ranSinceWait;
    private int _contexts;
    private bool _finished;
    private bool _faulted;
    private bool _cancelled;

    private Burst(BurstRequest request)
    {
        Request = request;
        Graph = request.Graph;
        InstanceId = request.InstanceId;
        Now = request.Now;
        Workflow = new WorkflowContext(this);
        Lines = [];
    }

    public BurstRequest Request { get; }

    public WorkflowGraph Graph { get; }

    public string InstanceId { get; }

    public DateTimeOffset Now { get; }

    public WorkflowContext Workflow { get; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public ObjectValue Input { get; private set; } = new();

    public ObjectValue Output { get; private set; } = new();

    public List<Incident> Incidents { get; } = [];

    public List<Fact> Facts { get; } = [];

    /// <summary>What WriteLine wrote, children included, in order.</summary>
    public List<string> Lines { get; private set; }

    public bool TokenFlow { get; private set; }

    /// <summary>Outcomes given to the nearest composite by Complete, on their way up.</summary>
    public string[]? CompositeOutcomes { get; set; }

    public ActivityExecutionContext Current => _current ?? throw new InvalidOperationException("No activity is running.");

    private List<JournalEntry> Journal { get; } = new(32);

    private int JournalCount { get; set; }

    public static BurstOutcome Run(BurstRequest request)
    {
        var burst = new Burst(request);
        burst.Begin();
        return burst.ToOutcome();
    }

    /// <summary>Whether the instance was started by this activity; it need not wait the first time it runs.</summary>
    public bool IsTrigger(Activity activity) => _triggerActivityId is { } id && activity.Id == id;

    public void Log(string what, ActivityExecutionContext context, string? message = null, string? why = null, string? who = null, string? data = null)
    {
        var activity = context.Activity;
        Journal.Add(new JournalEntry(InstanceId, JournalCount++, what, activity.Id, activity.NodeId, context.Id, activity.Type, Now, who, message, why, data));
    }

    /// <summary>Adds what an activity was given to the line that says it started.</summary>
    public void LogInputs(ActivityExecutionContext context, string inputs)
    {
        var line = Journal.FindLastIndex(entry => entry.Event == "Started" && entry.ActivityInstanceId == context.Id);
        if (line >= 0)
            Journal[line] = Journal[line] with { Data = inputs };
    }

    public void Schedule(ScheduledItem item)
    {
        _queue.Enqueue(item);
        for (var owner = item.Owner; owner is not null; owner = owner.Parent)
            owner.QueuedBelow++;
    }

    /// <summary>Whether the activity waits in the queue for this owner.</summary>
    public bool IsScheduled(ActivityExecutionContext owner, Activity activity)
    {
        if (owner.QueuedBelow == 0)
            return false;

        foreach (var item in _queue)
        {
            if (item.Owner == owner && item.Activity == activity)
                return true;
        }

        return false;
    }

    public void Withdraw(ActivityExecutionContext owner, Func<Activity, bool>? which = null)
    {
        if (owner.QueuedBelow == 0)
            return;

        for (var left = _queue.Count; left > 0; left--)
        {
            var item = _queue.Dequeue();
            if (item.Owner == owner && (which is null || which(item.Activity)))
                Uncount(item);
            else
                _queue.Enqueue(item);
        }
    }

    public void Complete(ActivityExecutionContext context, string[] outcomes)
    {
        if (context.Status != ActivityStatus.Running)
            return;

        context.IsEnding = true;
        CancelChildren(context);
        context.Status = ActivityStatus.Completed;
        _open--;
        Log("Completed", context, data: JournalData.Outcomes(outcomes));
        BurnAll(context);
        if (context.Parent is { Status: ActivityStatus.Running, IsEnding: false } owner && !_finished)
            owner.Activity.ChildCompleted(owner, context, outcomes);
        context.UnlinkWhenDone();
    }

    public void Cancel(ActivityExecutionContext context)
    {
        if (context.IsDone)
            return;

        context.IsEnding = true;
        Withdraw(context);
        context.Status = ActivityStatus.Canceled;
        _open--;
        BurnAll(context);
        Log("Canceled", context);
        if (context.Parent is { Status: ActivityStatus.Running, IsEnding: false } owner && !_finished)
            owner.Activity.ChildCanceled(owner, context);
        CancelChildren(context);
        context.UnlinkWhenDone();
    }

    /// <summary>Ends the instance from within: nothing queued runs any more.</summary>
    public void Finish(ActivityExecutionContext context)
    {
        _finished = true;
        _queue.Clear();
        Complete(context, Outcomes.Done);
        BurnAll(null);
    }

    /// <summary>Tells the loops around that their body is to be the last.</summary>
    public static void Break(ActivityExecutionContext from)
    {
        for (var context = from.Parent; context is not null; context = context.Parent)
        {
            var reaction = context.Activity.OnBreak;
            if (reaction == BreakReaction.Ignore)
                continue;
            context.IsBreaking = true;
            if (reaction == BreakReaction.MarkAndStop)
                return;
        }
    }

    /// <summary>Ends the nearest workflow or definition around with these outcomes.</summary>
    public void CompleteComposite(ActivityExecutionContext from, string[] outcomes)
    {
        var composite = from.Parent;
        while (composite is not null && composite.Activity is not WorkflowActivity)
            composite = composite.Parent;
        CompositeOutcomes = outcomes;
        Complete(from, Outcomes.Done);
        if (composite is not null)
            Complete(composite, outcomes);
    }

    private void Begin()
    {
        switch (Request.Cause)
        {
            case BurstCause.Start:
                Input = Request.Input ?? new ObjectValue();
                CorrelationId = Request.CorrelationId;
                Name = Request.Name;
                TokenFlow = Request.TokenFlow || Graph.TokenFlow;
                _triggerActivityId = Request.TriggerActivityId;
                _triggerInput = Request.Stimulus;
                _parentInstanceId = Request.ParentInstanceId;
                _parentBookmarkId = Request.ParentBookmarkId;
                Schedule(new ScheduledItem(Graph.Root, null, null, null, false));
                break;
            case BurstCause.Resume:
                Load();
                _ranSinceWait = 0;
                ResumeBookmark();
                break;
            case BurstCause.Continue:
                Load();
                break;
            case BurstCause.Cancel:
                Load();
                CancelInstance();
                return;
            case BurstCause.Retry:
                Load();
                _ranSinceWait = 0;
                RetryFaulted();
                break;
            case BurstCause.Alter:
                Load();
                _ranSinceWait = 0;
                Alter();
                break;
        }

        RunQueue();
    }

    private void RunQueue()
    {
        while (_queue.Count > 0)
        {
            if (_ranNow >= Request.Limits.ContinueAfter)
                return;

            var item = _queue.Dequeue();
            Uncount(item);
            if (_ranSinceWait >= Request.Limits.Activities)
            {
                StopAtLimit(item);
                return;
            }

            _ranNow++;
            _ranSinceWait++;
            RunItem(item);
        }
    }

    private void RunItem(in ScheduledItem item)
    {
        var activity = item.Activity;
        var context = NewContext(item);
        Log("Started", context, who: item.Owner is null ? Request.Actor : null);
        if (!_triggerSpent && IsTrigger(activity))
        {
            _triggerSpent = true;
            context.IsTriggerOfWorkflow = true;
            Bring(context, _triggerInput);
        }

        Guarded(context, static c =>
        {
            c.EvaluateInputs();
            c.Activity.Run(c);
        });
    }

    private ActivityExecutionContext NewContext(in ScheduledItem item)
    {
        var activity = item.Activity;
        var context = new ActivityExecutionContext(this, activity, item.Owner, ++_contexts)
        {
            Status = ActivityStatus.Running,
            Tag = item.Tag,
            ByBackwardConnection = item.ByBackwardConnection,
        };
        _open++;
        context.Link();
        _root ??= context;
        if (item.Variables is { } variables)
            context.Extra = [.. variables];
        var declared = activity.Variables;
        if (declared.Length > 0)
        {
            var slots = new Value[declared.Length];
            for (var i = 0; i < slots.Length; i++)
                slots[i] = Copies.Of(declared[i].Default);
            context.Slots = slots;
        }

        return context;
    }

    /// <summary>The one place where what an activity throws becomes an incident.</summary>
    private void Guarded(ActivityExecutionContext context, Action<ActivityExecutionContext> run)
    {
        var before = _current;
        _current = context;
        try
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            run(context);
        }
        catch (Exception problem) when (problem is not (ChildNeededException or OutOfMemoryException))
        {
            Fault(context, problem.Message, problem is ActivityFaultException fault ? fault.Kind : problem.GetType().Name);
        }

        _current = before;
        context.ForgetInputs();
        if (context.Status == ActivityStatus.Running && context.OpenBookmarks > 0)
            Log("Suspended", context);
    }

    private void Fault(ActivityExecutionContext context, string message, string kind)
    {
        if (context.Status is ActivityStatus.Completed or ActivityStatus.Canceled)
            _open++;
        context.Status = ActivityStatus.Faulted;
        context.Link();
        Incidents.Add(new Incident(context.Activity.Id, context.Activity.NodeId, context.Id, context.Activity.Type, message, kind, Now));
        Log("Faulted", context, message);
        if (Graph.IncidentStrategy == IncidentStrategy.Fault)
            _faulted = true;
    }

    private void ResumeBookmark()
    {
        var open = FindOpen(Request.BookmarkId!) ?? throw new InvalidOperationException($"Bookmark {Request.BookmarkId} is not open.");
        var context = open.Context;
        var bookmark = open.Bookmark;
        Bring(context, Request.Stimulus);
        context.ResumedBookmark = bookmark;
        if (context.Status == ActivityStatus.Faulted)
            context.Status = ActivityStatus.Running;
        Log("Resumed", context, who: Request.Actor);
        if (bookmark.AutoBurn)
            Remove(open);
        _ranNow++;
        _ranSinceWait++;
        Guarded(context, bookmark.Callback is null
            ? static c => c.Complete()
            : static c =>
            {
                c.Activity.Callback(c.ResumedBookmark!.Callback!)(c);
                if (c.Activity is CodeActivity && c.OpenBookmarks == 0 && c.FirstChild is null && c.QueuedBelow == 0)
                    c.Complete();
            });
    }

    private void RetryFaulted()
    {
        _faulted = false;
        foreach (var context in _root?.Faulted().Where(c => Request.Reason is null || c.Id == Request.Reason).ToList() ?? [])
            Retry(context, null);
    }

    private void CancelInstance()
    {
        _cancelled = true;
        _queue.Clear();
        if (_root is not null)
            Log("Note", _root, "Cancelled", Request.Reason, Request.Actor);
        BurnAll(null);
    }

    private void CancelChildren(ActivityExecutionContext context)
    {
        if (context.FirstChild is null)
            return;

        foreach (var child in context.ChildrenNow())
            Cancel(child);
    }

    private void StopAtLimit(in ScheduledItem item)
    {
        var context = NewContext(item);
        _queue.Clear();
        Fault(context, $"More than {Request.Limits.Activities:N0} activities ran without waiting for anything. Look for a loop that never ends.", "BurstLimit");
        _faulted = true;
    }

    private static void Uncount(in ScheduledItem item)
    {
        for (var owner = item.Owner; owner is not null; owner = owner.Parent)
            owner.QueuedBelow--;
    }
}

/// <summary>Default values are shared by all executions, so lists and objects among them are copied.</summary>
internal static class Copies
{
    public static Value Of(Value value) => value.Kind is ValueKind.List or ValueKind.Object ? Value.ParseJson(value.ToJson()) : value;
}

/// <summary>What a burst gives back.</summary>
/// <param name="Result">The instance's own changes.</param>
/// <param name="Children">Those of the children that ran within it.</param>
/// <param name="Lines">What WriteLine wrote, in order.</param>
internal sealed record BurstOutcome(BurstResult Result, IReadOnlyList<BurstResult> Children, IReadOnlyList<string> Lines);
