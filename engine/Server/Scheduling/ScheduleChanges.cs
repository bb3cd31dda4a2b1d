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

    /// <summary>Ends when something was changed since the last time.</summary>
    public Task NextAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);

    public void Dispose() => _changed.Dispose();
}
