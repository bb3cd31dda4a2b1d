using Microsoft.Data.Sqlite;
using Npgsql;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence.Postgres;
using Quartz;

namespace ProductionOffice.Server.Scheduling;

/// <summary>Runs Quartz beside the office: built after the office is open, so that nobody waits for it, and kept true to the published workflows.</summary>
/// <remarks>
/// The embedded store gives it a file of its own, which may be lost: it is made anew from the workflows. On PostgreSQL the nodes share its
/// tables and each fire runs on one of them; a node that dies leaves its fire to another.
/// </remarks>
internal sealed class Scheduler(
    ServeOptions options, DataFolder folder, WorkflowRuntime runtime, Housekeeping housekeeping, DirectoryCache directory, ScheduleChanges changes, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<Scheduler> log) : BackgroundService
{
    // A node that published and died before it planned leaves that to whoever looks next.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private IScheduler? _scheduler;

    /// <summary>Whether it fires; null before it was built.</summary>
    public bool? IsRunning => _scheduler is null ? null : _scheduler.Status == SchedulerStatus.Running;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await OpenedAsync(stoppingToken);
            while (true)
                await changes.NextAsync(await TryReconcileAsync(stoppingToken) ? Look : AfterFailure, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The office closes.
        }
    }

    /// <summary>A store that is away ends nothing: false means to try again soon.</summary>
    private async Task<bool> TryReconcileAsync(CancellationToken stoppingToken)
    {
        try
        {
            _scheduler ??= await BuildAsync(options, folder, runtime, housekeeping, clock, stoppingToken);
            await new Schedules(_scheduler, runtime, clock).ReconcileAsync(directory.Zone, stoppingToken);
            if (_scheduler.Status != SchedulerStatus.Running)
                await _scheduler.Start(stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogError(e, "Recurring schedules may not be those of the published workflows; trying again");
            return false;
        }
    }

    /// <summary>A scheduler over the office's store, not started.</summary>
    internal static async Task<IScheduler> BuildAsync(ServeOptions options, DataFolder folder, WorkflowRuntime runtime, Housekeeping housekeeping, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = QuartzSchedulerBuilder.Create(q =>
        {
            q.UseTimeProvider(clock);
            q.UseDefaultThreadPool(2);
            q.ConfigureScheduler(o =>
            {
                o.InstanceName = "office";
                o.GenerateInstanceId = true;
                // What another node adds is seen within this.
                o.IdleWaitTime = TimeSpan.FromSeconds(5);
            });
            q.UsePersistentStore(s =>
            {
                if (options.Store is { } connection)
                {
                    s.UsePostgres(NpgsqlFactory.Instance, PostgresConnection.Read(connection).ConnectionString);
                    s.UseClustering(c =>
                    {
                        c.CheckinInterval = TimeSpan.FromSeconds(5);
                        c.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
                    });
                }
                else
                {
                    s.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = folder.Schedule }.ToString());
                }

                s.ProvisionSchema();
                s.ConfigureStore(o => o.StoreJobDataAsStrings = true);
            });
        });
        var scheduler = await builder.BuildScheduler(cancellationToken);
        scheduler.Context[nameof(WorkflowRuntime)] = runtime;
        scheduler.Context[nameof(Housekeeping)] = housekeeping;
        return scheduler;
    }

    private async Task OpenedAsync(CancellationToken cancellationToken)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(opened.SetResult);
        await opened.Task.WaitAsync(cancellationToken);
    }
}
