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

            foreach (var trigger in activity.GetTriggers(new TriggerContext()))
            {
                var stimulus = trigger.Stimulus.Kind == ValueKind.Undefined ? null : trigger.Stimulus.ToJson();
                triggers.Add(new Trigger(definition.DefinitionId, definition.Id, activity.Id, trigger.Name, StimulusHash.Of(trigger.Name, stimulus), stimulus));
            }
        }

        return triggers;
    }

    /// <summary>What starts the workflow by the clock.</summary>
    public static IEnumerable<WorkflowSchedule> Schedules(WorkflowGraph graph)
    {
        var context = new TriggerContext();
        foreach (var timer in graph.Nodes.OfType<TimerActivity>().Where(t => t.CanStartWorkflow && t.Composite == graph.Root))
        {
            var schedule = new WorkflowSchedule(graph.Definition.DefinitionId, graph.Definition.Id, timer.Id);
            var named = timer switch
            {
                Cron cron => schedule with { Cron = context.Get(cron.CronExpression) ?? "" },
                StartAt at when TypeConversion.ToMoment(context.GetValue(at.DateTime)) is { } moment => schedule with { At = moment.ToUniversalTime() },
                Activities.Timer every when context.Get(every.Interval) is { Ticks: > 0 } interval => schedule with { Every = interval },
                _ => null,
            };
            if (named is not null)
                yield return named;
        }
    }

    /// <summary>The next moments of all schedules after <paramref name="last"/>, moments missed meanwhile skipped.</summary>
    public static IEnumerable<(string ActivityId, DateTimeOffset DueAt)> Timers(WorkflowGraph graph, DateTimeOffset last, DateTimeOffset now, TimeZoneInfo zone)
    {
        foreach (var schedule in Schedules(graph))
        {
            if (Next(schedule, last, now, zone) is { } due)
                yield return (schedule.ActivityId, due);
        }
    }

    public static WorkItem Work(WorkflowGraph graph, string activityId, DateTimeOffset due) => Work(graph.Definition.Id, activityId, due);

    public static WorkItem Work(string versionId, string activityId, DateTimeOffset due)
    {
        var payload = new ObjectValue();
        payload.Set("timer", Value.From(activityId));
        payload.Set("versionId", Value.From(versionId));
        return new WorkItem(string.Create(CultureInfo.InvariantCulture, $"trigger:{versionId}:{activityId}:{due.UtcTicks}"), "start", null, null, due, Value.From(payload).ToJson());
    }

    private static DateTimeOffset? Next(WorkflowSchedule schedule, DateTimeOffset last, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (schedule.Cron is { } cron)
            return CronSchedule.Parse(cron).Next(now > last ? now : last, zone);
        if (schedule.Every is { } interval)
        {
            var due = last + interval;
            return due >= now ? due : due + (interval * Math.Ceiling((now - due) / interval));
        }

        return schedule.At > last ? schedule.At : null;
    }
}
