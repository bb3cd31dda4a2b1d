using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Tryout;

/// <summary>A try-out somebody is in.</summary>
/// <param name="Id">In its address.</param>
/// <param name="Account">Whose it is; nobody else sees it.</param>
/// <param name="DefinitionId">The workflow.</param>
/// <param name="Version">Number of the version that is tried.</param>
/// <param name="Plan">What was done so far.</param>
/// <param name="TakenBack">The step taken back last, whose words are offered again; null when none was.</param>
internal sealed record TryoutSession(string Id, string Account, string DefinitionId, int Version, TryoutPlan Plan, TryoutStep? TakenBack = null);

/// <summary>Try-outs of the last hours, in memory: so many a person, the oldest makes room.</summary>
/// <remarks>Each page carries its try-out sealed as well, so that a restart of the office, or another node of it, loses none that is being looked at.</remarks>
internal sealed class TryoutSessions(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int MostOfOne = 12;
    private const int Most = 300;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly IDataProtector _seal = protection.CreateProtector("tryout");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _sessions = new(StringComparer.Ordinal);
    private long _turn;

    public TryoutSession Open(string account, string definitionId, int version, TryoutPlan plan) =>
        Keep(new TryoutSession(Secrets.NewToken()[..16], account, definitionId, version, plan));

    /// <summary>Keeps a session as it is now.</summary>
    public TryoutSession Keep(TryoutSession session)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            _sessions[session.Id] = new Kept(session, now, ++_turn);
            foreach (var id in _sessions.Where(s => s.Value.UsedAt < now - Longest).Select(s => s.Key).ToList())
                _sessions.Remove(id);
            MakeRoom(_sessions.Where(s => s.Value.Session.Account == session.Account), MostOfOne);
            MakeRoom(_sessions, Most);
        }

        return session;
    }

    /// <summary>A session of an account; null when it is gone or somebody else's.</summary>
    public TryoutSession? Find(string id, string account)
    {
        lock (_gate)
            return _sessions.TryGetValue(id, out var found) && found.Session.Account == account ? found.Session : null;
    }

    /// <summary>The session as a page carries it; only this office reads it.</summary>
    public string Seal(TryoutSession session) => _seal.Protect(JsonSerializer.Serialize(session, FactWriter.Json));

    /// <summary>What a page carried; null when it is not ours or not this account's.</summary>
    public TryoutSession? Unseal(string sealedText, string account)
    {
        try
        {
            var session = sealedText.Length == 0 ? null : JsonSerializer.Deserialize<TryoutSession>(_seal.Unprotect(sealedText), FactWriter.Json);
            return session?.Account == account ? session : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    private void MakeRoom(IEnumerable<KeyValuePair<string, Kept>> among, int most)
    {
        foreach (var id in among.OrderByDescending(s => s.Value.Turn).Skip(most).Select(s => s.Key).ToList())
            _sessions.Remove(id);
    }

    private sealed record Kept(TryoutSession Session, DateTimeOffset UsedAt, long Turn);
}
