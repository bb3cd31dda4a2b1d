using System.Data.Common;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Server.Effects;

/// <summary>An effect this node performs for a while; only the claim with the newest epoch may say what became of it.</summary>
/// <param name="Message">The effect.</param>
/// <param name="Attempts">Failed attempts so far.</param>
/// <param name="Epoch">Counts the claims of it; an older one is fenced off.</param>
/// <param name="DueAt">UTC.</param>
internal sealed record OutboxClaim(OutboxMessage Message, int Attempts, int Epoch, DateTimeOffset DueAt)
{
    /// <summary>Reads key, instance, kind, payload, bookmark, attempts, epoch, due moment, in this order.</summary>
    public static OutboxClaim Read(DbDataReader row) => new(
        new OutboxMessage(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
        row.GetInt32(5),
        row.GetInt32(6),
        new DateTimeOffset(row.GetInt64(7), TimeSpan.Zero));
}
