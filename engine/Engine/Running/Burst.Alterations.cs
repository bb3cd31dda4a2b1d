using ProductionOffice.Engine.Alterations;
using ProductionOffice.Engine.Incidents;

namespace ProductionOffice.Engine.Running;

internal sealed partial class Burst
{
    private void Alter()
    {
        foreach (var alteration in Request.Alterations)
        {
            switch (alteration)
            {
                case RetryActivity retry:
                    Retry(Failed(retry.ActivityInstanceId), Request.Reason);
                    break;
                case SkipActivity skip:
                    Skip(Open(skip.ActivityInstanceId), skip.Outcome);
                    break;
                case CancelActivity cancel:
                    CancelByHand(Open(cancel.ActivityInstanceId));
                    break;
                case ModifyVariable modify:
                    Modify(modify);
                    break;
                case ScheduleActivity schedule:
                    ScheduleByHand(schedule.ActivityId);
                    break;
            }
        }

        _faulted = Graph.IncidentStrategy == IncidentStrategy.Fault && _root?.HasFaultBelow() == true;
    }

    private void Retry(ActivityExecutionContext context, string? why)
    {
        context.Status = ActivityStatus.Running;
        Log("Note", context, "Tried again", why, Request.Actor);
        Log("Started", context);
        Guarded(context, static c =>
        {
            c.EvaluateInputs();
            c.Activity.Run(c);
        });
    }

    private void Skip(ActivityExecutionContext context, string? outcome)
    {
        var outcomes = outcome is null ? Outcomes.Done : [outcome];
        context.Status = ActivityStatus.Running;
        Log("Note", context, $"Skipped: goes on with {outcomes[0]}", Request.Reason, Request.Actor);
        Guarded(context, c => c.Complete(outcomes));
    }

    private void CancelByHand(ActivityExecutionContext context)
    {
        if (context.Parent is not { } parent)
            throw Misfit("this is the whole workflow. Cancel the instance instead.");

        Log("Note", context, "Cancelled by hand", Request.Reason, Request.Actor);
        Guarded(parent, _ => Cancel(context));
    }

    private void Modify(ModifyVariable modify)
    {
        var from = modify.ActivityInstanceId is { } id ? Open(id) : _root!;
        if (!VariableScope.TrySetById(from, modify.Name, modify.Value))
        {
            if (!VariableScope.TryGet(from, modify.Name, out _))
                throw Misfit($"there is no variable '{modify.Name}'. There are: {string.Join(", ", VariableScope.Names(from))}.");
            VariableScope.Set(from, modify.Name, modify.Value);
        }

        Log("Note", from, $"{modify.Name} was set by hand", Request.Reason, Request.Actor);
    }

    private void ScheduleByHand(string activityId)
    {
        var nodes = Graph.Nodes.Where(n => n.Id == activityId).ToList();
        if (nodes.Count == 0)
            throw Misfit($"the definition has no activity '{activityId}'.");

        var owner = _root!.All().LastOrDefault(c => c.Status == ActivityStatus.Running && nodes.Exists(n => n.Parent == c.Activity))
            ?? throw Misfit($"'{activityId}' lies in {nodes[0].Parent?.DisplayText ?? "nothing"}, which is not open.");
        var node = nodes.First(n => n.Parent == owner.Activity);
        Log("Note", owner, $"'{node.DisplayText}' was started by hand", Request.Reason, Request.Actor);
        Schedule(new ScheduledItem(node, owner, null, null, false));
    }

    private ActivityExecutionContext Failed(string id) =>
        Find(id) is { Status: ActivityStatus.Faulted } context ? context : throw Misfit($"the activity execution {id} has not failed.");

    private ActivityExecutionContext Open(string id) =>
        Find(id) is { IsDone: false } context ? context : throw Misfit($"there is no activity execution {id} that failed or waits.");

    private ActivityExecutionContext? Find(string id) => _root?.All().FirstOrDefault(c => c.Id == id);

    private AlterationException Misfit(string problem) => new(InstanceId, problem);
}
