using System.Collections.Concurrent;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>Remembers which hosts do not answer, so that one of them does not hold up the requests to all others.</summary>
/// <remarks>After three failures in a row a host is left alone for half a minute, then for twice as long each time one try fails, up to ten minutes.</remarks>
internal sealed class Destinations(TimeProvider clock)
{
    private const int Patience = 3;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, State> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a host may be tried now; of those that ask when its pause is over, one may.</summary>
    public bool MayTry(string authority)
    {
        if (!_hosts.TryGetValue(authority, out var state) || state.Failures < Patience)
            return true;

        var now = clock.GetUtcNow();
        return now >= state.ClosedUntil && _hosts.TryUpdate(authority, state with { ClosedUntil = now + Pause(state.Failures) }, state);
    }

    public void Answered(string authority) => _hosts.TryRemove(authority, out _);

    public void Failed(string authority) => _hosts.AddOrUpdate(
        authority,
        static (_, _) => new State(1, default),
        static (_, state, now) => new State(state.Failures + 1, now + Pause(state.Failures + 1)),
        clock.GetUtcNow());

    private static TimeSpan Pause(int failures) => First * Math.Pow(2, Math.Clamp(failures - Patience, 0, 5)) is var pause && pause < Longest ? pause : Longest;

    private sealed record State(int Failures, DateTimeOffset ClosedUntil);
}
