namespace ProductionOffice.Server.Security;

/// <summary>Lets an address without an account send so many requests a minute to workflows, and no more.</summary>
internal sealed class RequestThrottle(TimeProvider clock)
{
    public const int Most = 60;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Until, int Count)> _windows = [];

    /// <summary>Counts a request; how long to wait when there were too many, null when it may go on.</summary>
    public TimeSpan? Try(string address)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_windows.Count > MostAddresses)
            {
                foreach (var old in _windows.Where(w => w.Value.Until <= now).Select(w => w.Key).ToList())
                    _windows.Remove(old);
            }

            var window = _windows.TryGetValue(address, out var known) && known.Until > now ? known : (Until: now + Window, Count: 0);
            if (window.Count >= Most)
                return window.Until - now;

            _windows[address] = (window.Until, window.Count + 1);
            return null;
        }
    }
}
