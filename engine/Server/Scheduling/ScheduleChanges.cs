namespace ProductionOffice.Server.Scheduling;

/// <summary>Tells that workflows were published or taken out of use, so that schedules are looked at again.</summary>
internal sealed class ScheduleChanges : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);

    public void Announce()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has said so already, and nobody has looked since.
        }
    }

    /// <summary>Ends when something was changed since the last time, or after <paramref name="longest"/>.</summary>
    public async Task NextAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _changed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough.
        }
    }

    public void Dispose() => _changed.Dispose();
}
