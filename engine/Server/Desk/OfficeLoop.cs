using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Desk;

/// <summary>Keeps the office moving: several workers do due work, several senders perform effects; each sleeps until a commit or the next due moment.</summary>
/// <remarks>
/// The first worker takes only what has just become due, so that the follow-ups of people's clicks pass a backlog of overdue timers; the others take what is due longest.
/// Nothing here decides that work happens once: that is the commit which removes it. A store that is away ends no worker; each tries again a second later with a new connection.
/// </remarks>
internal sealed class OfficeLoop(
    WorkflowRuntime runtime, WorkflowStore store, OfficeDatabase database, OutboxWorker outbox, DirectoryCache directory, Commits commits, TimeProvider clock, ILogger<OfficeLoop> log) : BackgroundService
{
    private const int Senders = 2;
    private const int MostClaimed = 10;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>In the machine's time: an office whose clock was set, or whose machine slept, must not wait for a moment that has passed.</summary>
    private static readonly TimeSpan LongestSleepAlone = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSleepShared = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>A burst has no waiting in it; one that takes longer than this, in the machine's time, does not come to an end.</summary>
    /// <remarks>Less than the half minute after which PostgreSQL takes back what a silent node holds: it is set aside before another worker runs into it.</remarks>
    public TimeSpan LongestBurst { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Runs everything that is due now, follow-ups included; returns how many items that were.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var done = await runtime.RunDueWorkAsync(50, cancellationToken) + await outbox.RunDueAsync(50, cancellationToken);
            if (done == 0)
                return total;
            total += done;
            await directory.RefreshAsync(cancellationToken);
        }
    }

    /// <remarks>What waits for a connection that is gone already may fail to be called off; the rest still ends in order.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await base.StopAsync(cancellationToken);
        }
        catch (AggregateException e)
        {
            log.LogWarning("Not all could be called off at once: {Reason}", e.InnerException?.Message);
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the host.
        await Task.Yield();
        await WaitForReleaseAsync(stoppingToken);
        var workers = Enumerable.Range(0, Math.Max(2, database.Workers)).Select(n => RepeatAsync(ct => WorkAsync(onlyFresh: n == 0, ct), NextWorkAsync, stoppingToken));
        var senders = Enumerable.Range(0, Senders).Select(_ => RepeatAsync(async ct => await outbox.RunDueAsync(MostClaimed, ct) > 0, outbox.NextDueAsync, stoppingToken));
        await Task.WhenAll([.. workers, .. senders]);
    }

    /// <summary>Acts while there is something to do; sleeps until work was committed, something becomes due, or it is time to look.</summary>
    private async Task RepeatAsync(Func<CancellationToken, Task<bool>> act, Func<CancellationToken, Task<DateTimeOffset?>> nextDue, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var longest = database.IsShared ? LongestSleepShared : LongestSleepAlone;
            var (committed, untilDue) = (commits.NextWorkAsync(), longest);
            try
            {
                if (await act(stoppingToken))
                    continue;
                if (await nextDue(stoppingToken) is { } next && next - clock.GetUtcNow() is var wait && wait < longest)
                    untilDue = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (database.IsTransient(e))
                    log.LogWarning("The store cannot be reached; trying again: {Reason}", e.Message);
                else
                    log.LogError(e, "A worker stumbled and goes on");
                await Task.Delay(AfterFailure, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(committed, Task.Delay(untilDue, clock, sleep.Token), Task.Delay(longest, TimeProvider.System, sleep.Token));
            await sleep.CancelAsync();
        }
    }

    private async Task<bool> WorkAsync(bool onlyFresh, CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        WorkClaim? begun = null;
        var since = onlyFresh ? clock.GetUtcNow() - Fresh : (DateTimeOffset?)null;
        var burst = Task.Run(() => runtime.RunNextWorkAsync(since, claim => begun = claim, cancellationToken), cancellationToken);
        try
        {
            return await burst.WaitAsync(LongestBurst, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException) when (begun is not null && !burst.IsCompleted)
        {
            // Its thread is lost, but what it would commit is refused: parked work is nobody's.
            log.LogError("Work {WorkId} of {InstanceId} does not come to an end and is set aside", begun.Item.Id, begun.Item.InstanceId);
            _ = burst.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            // Under its own claim: on PostgreSQL that holds the row, and whoever else would write it had to wait.
            await store.RetryWorkAsync(begun, $"It did not come to an end within {LongestBurst.TotalSeconds:0} seconds.", null, cancellationToken);
            return true;
        }
    }

    private Task<DateTimeOffset?> NextWorkAsync(CancellationToken cancellationToken) => store.NextDueAsync(clock.GetUtcNow(), cancellationToken).AsTask();

    /// <summary>After a restore nothing goes out until somebody has looked.</summary>
    private async Task WaitForReleaseAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await OfficePause.IsPausedAsync(database, cancellationToken))
                    return;
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("The store cannot be reached; trying again: {Reason}", e.Message);
                await Task.Delay(AfterFailure, clock, cancellationToken);
            }
        }
    }
}
