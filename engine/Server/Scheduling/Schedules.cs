using System.Globalization;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using Quartz;

namespace ProductionOffice.Server.Scheduling;

/// <summary>Brings Quartz's triggers in line with what published workflows and the housekeeping ask for.</summary>
/// <remarks>A trigger's name follows from all that it is made of: what changed is another trigger, and what stayed keeps its next moment, so that an outage's catch-up is not lost.</remarks>
internal sealed class Schedules(IScheduler scheduler, WorkflowRuntime runtime, TimeProvider clock)
{
    private const string Group = "office";
    private static readonly JobKey StartJob = new("start", Group);
    private static readonly JobKey HousekeepingJob = new("housekeeping", Group);

    public async Task ReconcileAsync(TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        await scheduler.AddJob(JobBuilder.Create<StartWorkflow>().WithIdentity(StartJob).StoreDurably().RequestRecovery().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        await scheduler.AddJob(JobBuilder.Create<KeepHouse>().WithIdentity(HousekeepingJob).StoreDurably().RequestRecovery().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        var now = clock.GetUtcNow();
        var schedules = await runtime.ListSchedulesAsync(cancellationToken);
        // One moment that has passed is kept while it is planned, for it is still to be made up for; it is not planned anew.
        var past = schedules.Where(s => s.At <= now).Select(s => Trigger(s, zone).Key).ToHashSet();
        var wanted = schedules.Select(s => Trigger(s, zone))
            .Concat(Housekeeping.Tasks.Select(t => Trigger(t.Name, t.Cron, zone)))
            .ToDictionary(t => t.Key);
        var present = (await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(Group), cancellationToken)).ToHashSet();
        await scheduler.UnscheduleJobs(present.Where(k => !wanted.ContainsKey(k)).ToList(), cancellationToken);
        foreach (var trigger in wanted.Values.Where(t => !present.Contains(t.Key) && !past.Contains(t.Key)))
            await scheduler.ScheduleJob(trigger, new ScheduleJobOptions { Replace = true }, cancellationToken);
    }

    private ITrigger Trigger(WorkflowSchedule schedule, TimeZoneInfo zone)
    {
        var name = Secrets.Hash(string.Join('|', schedule.VersionId, schedule.ActivityId, schedule.Cron, schedule.Every, schedule.At?.UtcTicks.ToString(CultureInfo.InvariantCulture), schedule.Cron is null ? "" : zone.Id))[..32];
        var trigger = TriggerBuilder.Create(clock).WithIdentity(name, Group).ForJob(StartJob)
            .UsingJobData(StartWorkflow.Version, schedule.VersionId).UsingJobData(StartWorkflow.Activity, schedule.ActivityId);
        if (schedule.Cron is { } cron)
            return trigger.WithCronSchedule(CronText.ForQuartz(cron), c => c.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        if (schedule.Every is { } every)
            return trigger.StartAt(clock.GetUtcNow() + every).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)).Build();
        return trigger.StartAt(schedule.At!.Value).WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)).Build();
    }

    private ITrigger Trigger(string task, string cron, TimeZoneInfo zone) => TriggerBuilder.Create(clock)
        .WithIdentity(Secrets.Hash($"{task}|{cron}|{zone.Id}")[..32], Group).ForJob(HousekeepingJob).UsingJobData(KeepHouse.Task, task)
        .WithCronSchedule(CronText.ForQuartz(cron), c => c.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
}

/// <summary>A schedule has come due: plans the start, once for each moment, and leaves the rest to the engine.</summary>
internal sealed class StartWorkflow : IJob
{
    public const string Version = "version";
    public const string Activity = "activity";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var runtime = (WorkflowRuntime)context.Scheduler.Context[nameof(WorkflowRuntime)]!;
        var data = context.MergedJobDataMap;
        CrashPoint.Hit("schedule.before");
        await runtime.FireAsync(data.GetString(Version)!, data.GetString(Activity)!, context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);
        CrashPoint.Hit("schedule.after");
    }
}

/// <summary>A task of the housekeeping has come due.</summary>
internal sealed class KeepHouse : IJob
{
    public const string Task = "task";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await ((Housekeeping)context.Scheduler.Context[nameof(Housekeeping)]!).RunAsync(context.MergedJobDataMap.GetString(Task)!, cancellationToken);
}
