using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

/// <summary>What starts a published workflow: stimuli by hash, and timers by their next moment.</summary>
internal static class TriggerIndex
{
    public static IReadOnlyList<Trigger> Stimuli(WorkflowGraph graph)
    {
        var triggers = new List<Trigger>();
        var definition = graph.Definition;
        foreach (var activity in graph.Nodes)
        {
            if (!activity.CanStartWorkflow || activity.Composite != graph.Root || activity is TimerActivity)
                continue;
            if (activity.GetTrigger(new TriggerContext()) is not { } trigger)
                continue;

            var stimulus = trigger.Stimulus.Kind == ValueKind.Undefined ? null : trigger.Stimulus.ToJson();
            triggers.Add(new Trigger(definition.DefinitionId, definition.Id, activity.Id, trigger.Name, StimulusHash.Of(trigger.Name, stimulus), stimulus));
        }

        return triggers;
    }

    /// <summary>Timer triggers with their next moment after <paramref name="last"/>, moments missed meanwhile skipped.</summary>
    public static IEnumerable<(Activity Activity, DateTimeOffset DueAt)> Timers(WorkflowGraph graph, DateTimeOffset last, DateTimeOffset now)
    {
        foreach (var activity in graph.Nodes)
        {
            if (activity is TimerActivity { CanStartWorkflow: true } timer && activity.Composite == graph.Root && Next(timer, last, now) is { } due)
                yield return (activity, due);
        }
    }

    public static WorkItem Work(WorkflowGraph graph, string activityId, DateTimeOffset due)
    {
        var payload = new ObjectValue();
        payload.Set("timer", Value.From(activityId));
        payload.Set("versionId", Value.From(graph.Definition.Id));
        return new WorkItem(string.Create(CultureInfo.InvariantCulture, $"trigger:{graph.Definition.Id}:{activityId}:{due.UtcTicks}"), "start", null, null, due, Value.From(payload).ToJson());
    }

    private static DateTimeOffset? Next(TimerActivity timer, DateTimeOffset last, DateTimeOffset now)
    {
        var context = new TriggerContext();
        switch (timer)
        {
            case Cron cron:
                return CronSchedule.Parse(context.Get(cron.CronExpression) ?? "").Next(now > last ? now : last);
            case StartAt startAt:
                return TypeConversion.ToMoment(context.GetValue(startAt.DateTime)) is { } moment && moment > last ? moment : null;
            case Activities.Timer every when context.Get(every.Interval) is { Ticks: > 0 } interval:
                var due = last + interval;
                return due >= now ? due : due + (interval * Math.Ceiling((now - due) / interval));
            default:
                return null;
        }
    }
}
