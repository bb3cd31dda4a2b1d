using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>What timers have in common: they wait for a moment, years ahead if need be.</summary>
internal abstract class TimerActivity : Activity
{
    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow || DueAt(context) is not { } due || due <= context.Workflow.Now && CompletesWhenPast)
        {
            context.Complete();
            return;
        }

        var payload = new ObjectValue();
        payload.Set("resumeAt", Value.From(due.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", System.Globalization.CultureInfo.InvariantCulture)));
        context.CreateBookmark(new BookmarkRequest { Stimulus = Value.From(payload), Payload = Value.From(payload), DueAt = due });
    }

    /// <summary>Whether a moment that has passed is no wait at all; otherwise it is a wait until the next burst.</summary>
    protected virtual bool CompletesWhenPast => false;

    /// <summary>The moment; null to go on at once.</summary>
    protected abstract DateTimeOffset? DueAt(ActivityExecutionContext context);

    protected static DateTimeOffset After(DateTimeOffset now, TimeSpan span) =>
        span <= TimeSpan.Zero ? now : now > DateTimeOffset.MaxValue - span ? DateTimeOffset.MaxValue : now + span;
}

/// <summary>Waits for a span of time.</summary>
[Activity("Elsa.Delay", "Scheduling", Description = "Delay execution for the specified amount of time.")]
internal sealed class Delay : TimerActivity
{
    [Input(DisplayName = "Time span", Description = "Days, hours, minutes, seconds: 3.00:00:00 is three days.", DefaultValue = "00:01:00")]
    public Input<TimeSpan>? TimeSpan { get; set; }

    protected override DateTimeOffset? DueAt(ActivityExecutionContext context) => After(context.Workflow.Now, context.Get(TimeSpan));
}

/// <summary>Waits until a moment.</summary>
[Activity("Elsa.StartAt", "Scheduling", DisplayName = "Start At", Description = "Trigger execution at a specific moment in the future.", Kind = "Trigger", IsTrigger = true)]
internal sealed class StartAt : TimerActivity
{
    [Input(DisplayName = "Date and time", Description = "The moment, with its offset from UTC.", Required = true)]
    public Input<DateTimeOffset?>? DateTime { get; set; }

    protected override bool CompletesWhenPast => true;

    protected internal override TriggerStimulus? GetTrigger(TriggerContext context)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("executeAt", Value.From(TypeConversion.ToText(context.GetValue(DateTime))));
        return new TriggerStimulus("Elsa.StartAt", Value.From(stimulus));
    }

    protected override DateTimeOffset? DueAt(ActivityExecutionContext context) =>
        context.Get(DateTime) ?? throw new Incidents.ActivityFaultException("The moment to wait for is missing or not a date.", "Timer");
}

/// <summary>Starts a workflow again and again, or waits for one interval within it.</summary>
[Activity("Elsa.Timer", "Scheduling", Description = "Trigger workflow execution at a specific interval.", Kind = "Trigger", IsTrigger = true)]
internal sealed class Timer : TimerActivity
{
    [Input(Description = "The interval.", DefaultValue = "00:01:00")]
    public Input<TimeSpan>? Interval { get; set; }

    protected internal override TriggerStimulus? GetTrigger(TriggerContext context)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("interval", Value.From(TypeConversion.ToText(context.GetValue(Interval))));
        return new TriggerStimulus("Elsa.Timer", Value.From(stimulus));
    }

    protected override DateTimeOffset? DueAt(ActivityExecutionContext context) => After(context.Workflow.Now, context.Get(Interval));
}

/// <summary>Starts a workflow by a cron expression, or waits for its next moment within it.</summary>
[Activity("Elsa.Cron", "Scheduling", Description = "Trigger workflow execution at moments given by a CRON expression.", Kind = "Trigger", IsTrigger = true)]
internal sealed class Cron : TimerActivity
{
    [Input(DisplayName = "CRON expression", Description = "Seconds (optional), minutes, hours, day of month, month, day of week; by the clock of the production.", Required = true)]
    public Input<string>? CronExpression { get; set; }

    protected internal override TriggerStimulus? GetTrigger(TriggerContext context)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("cronExpression", Value.From(context.Get(CronExpression)));
        return new TriggerStimulus("Elsa.Cron", Value.From(stimulus));
    }

    protected override DateTimeOffset? DueAt(ActivityExecutionContext context)
    {
        var text = context.Get(CronExpression) ?? "";
        return CronSchedule.Parse(text).Next(context.Workflow.Now, context.GetService<TimeZoneInfo>() ?? TimeZoneInfo.Utc) ?? throw new Incidents.ActivityFaultException($"The CRON expression '{text}' never comes due.", "Timer");
    }
}
