namespace ProductionOffice.Server.Api.Contracts;

/// <summary>A paired front desk.</summary>
/// <param name="Records">How many of its records arrived.</param>
/// <param name="Rejected">How many of those were not accepted.</param>
internal sealed record KioskJson(string Id, string Name, DateTimeOffset PairedAt, DateTimeOffset? LastSeenAt, DateTimeOffset? RevokedAt, int Records, int Rejected);

/// <summary>The code a desk is paired with.</summary>
internal sealed record PairingCodeJson(string Code, DateTimeOffset ExpiresAt);
