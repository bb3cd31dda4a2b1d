using System.Collections.Concurrent;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Lets changes of one definition through one after the other, and remembers who made the last.</summary>
/// <remarks>
/// The Studio does not wait for a save before it sends the next, which then names a revision that its own first save has replaced. Such an
/// echo is no conflict: it comes from the same session, and was sent before the answer to the first can have been read.
/// </remarks>
internal sealed class SaveTurns(TimeProvider clock)
{
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private readonly ConcurrentDictionary<string, Last> _last = new(StringComparer.Ordinal);

    public async Task<IDisposable> EnterAsync(string definitionId, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)string.GetHashCode(definitionId, StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    /// <summary>Whether a revision is one that the same session has just replaced itself.</summary>
    public bool IsEcho(string definitionId, string revision, string latest, string session) =>
        _last.TryGetValue(definitionId, out var last) && last.Session == session && last.Revision == latest
        && last.Replaced.TryGetValue(revision, out var at) && clock.GetUtcNow() - at < UnderWay;

    /// <summary>Who made the newest revision; null when it is not known here.</summary>
    public string? MadeBy(string definitionId, string latest) => _last.TryGetValue(definitionId, out var last) && last.Revision == latest ? last.Who : null;

    public void Note(string definitionId, string? replaced, string revision, string session, string who)
    {
        var now = clock.GetUtcNow();
        var before = _last.TryGetValue(definitionId, out var last) && last.Session == session && last.Revision == replaced ? last.Replaced.Where(r => now - r.Value < UnderWay) : [];
        var chain = before.ToDictionary(r => r.Key, r => r.Value);
        if (replaced is not null)
            chain[replaced] = now;
        _last[definitionId] = new Last(revision, session, who, chain);
    }

    private sealed record Last(string Revision, string Session, string Who, Dictionary<string, DateTimeOffset> Replaced);

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
