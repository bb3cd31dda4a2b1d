using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Desk;

/// <summary>Keeps the office moving: due work of the engine, then effects, until nothing is due; sleeps until a commit or the next due moment.</summary>
internal sealed class OfficeLoop(WorkflowRuntime runtime, WorkflowStore store, OutboxWorker outbox, DirectoryCache directory, Commits commits, TimeProvider clock, ILogger<OfficeLoop> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LongestSleep;
            var committed = commits.NextAsync();
            try
            {
                await RunDueAsync(stoppingToken);
                // Our own commits are no news: what they made due has just been run.
                committed = commits.NextAsync();
                if (await NextDueAsync(stoppingToken) is { } next && next - clock.GetUtcNow() is var wait && wait < pause)
                    pause = wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "The office loop stumbled and goes on in 5 s");
                pause = TimeSpan.FromSeconds(5);
            }

            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(committed, Task.Delay(pause, clock, sleep.Token));
            await sleep.CancelAsync();
        }
    }

    private async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        var work = await store.NextDueAsync(DateTimeOffset.MinValue, cancellationToken);
        var effect = await outbox.NextDueAsync(cancellationToken);
        return work is null ? effect : effect is null ? work : work < effect ? work : effect;
    }
}
