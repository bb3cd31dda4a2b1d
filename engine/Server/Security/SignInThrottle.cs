namespace ProductionOffice.Server.Security;

/// <summary>Slows guessing down: a few tries a minute for an account from an address, and more for an address alone. Nobody is locked out for good.</summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    public const int TriesOfAccount = 5;
    public const int TriesOfAddress = 30;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Until, int Tries)> _windows = [];

    /// <summary>Counts a try; how long to wait when there were too many, null when it may go on.</summary>
    public TimeSpan? Try(string account, string address)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_windows.Count > 10_000)
            {
                foreach (var key in _windows.Where(w => w.Value.Until <= now).Select(w => w.Key).ToList())
                    _windows.Remove(key);
            }

            return Count($"{account.ToLowerInvariant()}|{address}", TriesOfAccount, now) ?? Count(address, TriesOfAddress, now);
        }
    }

    /// <summary>Forgets the tries of somebody who got in.</summary>
    public void Forget(string account, string address)
    {
        lock (_gate)
            _windows.Remove($"{account.ToLowerInvariant()}|{address}");
    }

    private TimeSpan? Count(string key, int most, DateTimeOffset now)
    {
        var window = _windows.TryGetValue(key, out var known) && known.Until > now ? known : (Until: now + Window, Tries: 0);
        if (window.Tries >= most)
            return window.Until - now;

        _windows[key] = (window.Until, window.Tries + 1);
        return null;
    }
}
