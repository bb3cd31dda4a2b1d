using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Which desk this is.</summary>
/// <param name="Kiosk">Id that numbers and records carry: the server's, or a provisional one until paired.</param>
/// <param name="Name">What the desk is called.</param>
/// <param name="Production">Working title; empty until known.</param>
/// <param name="Server">Address; null until known.</param>
/// <param name="IsPaired">Whether a token of the server is held.</param>
internal sealed record Station(string Kiosk, string Name, string Production, string? Server, bool IsPaired);

/// <summary>How it stands with the server.</summary>
internal enum Link
{
    Unpaired, Connecting, Online, Offline, Refused,
}

/// <summary>A record the server did not take.</summary>
internal sealed record HeldRecord(long Seq, string What, string Reason);

/// <summary>What the sending side says of itself.</summary>
/// <param name="Queued">Records not yet answered by the server.</param>
/// <param name="Held">Records the server refused, with its reasons.</param>
/// <param name="AckedThrough">Every record up to this number was answered.</param>
/// <param name="LastSync">When the server last answered; null when never.</param>
internal sealed record SyncStatus(Link Link, int Queued, ImmutableArray<HeldRecord> Held, long AckedThrough, DateTimeOffset? LastSync)
{
    public static SyncStatus None { get; } = new(Link.Unpaired, 0, [], 0, null);
}
