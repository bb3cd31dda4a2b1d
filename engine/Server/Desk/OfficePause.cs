using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Desk;

/// <summary>An office brought back from a backup stands still until it is released: it must not send yesterday's messages again unseen.</summary>
internal static class OfficePause
{
    public const string Setting = "office.paused";

    public static async Task<bool> IsPausedAsync(OfficeDatabase database, CancellationToken cancellationToken)
    {
        await using var context = await database.Contexts.CreateDbContextAsync(cancellationToken);
        return await context.Settings.AnyAsync(s => s.Key == Setting, cancellationToken);
    }

    /// <summary>What a release would let go at once.</summary>
    public static async Task<(long Effects, long Timers)> WaitingAsync(OfficeDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await database.Contexts.CreateDbContextAsync(cancellationToken);
        return (
            await CountAsync(context, $"""SELECT COUNT(*) AS "Value" FROM po_outbox WHERE sent_at IS NULL AND parked_at IS NULL"""),
            await CountAsync(context, $"""SELECT COUNT(*) AS "Value" FROM po_work WHERE parked_at IS NULL AND due_at <= {now.UtcTicks}"""));

        Task<long> CountAsync(OfficeDbContext on, FormattableString sql) => on.Database.SqlQuery<long>(sql).SingleAsync(cancellationToken);
    }

    /// <summary>Lets it act again; false when it was not paused.</summary>
    public static async Task<bool> ReleaseAsync(OfficeDatabase database, CancellationToken cancellationToken)
    {
        var released = 0;
        await database.WriteAsync(
            async context => released = await context.Database.ExecuteSqlAsync($"DELETE FROM po_setting WHERE \"key\" = {Setting}", cancellationToken), isAlone: true, cancellationToken);
        return released > 0;
    }

    /// <summary>After the start: a pause in which nothing waits holds nobody up. Says what waits when something does.</summary>
    public static async Task<string?> LookAsync(OfficeDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await IsPausedAsync(database, cancellationToken))
            return null;

        var (effects, timers) = await WaitingAsync(database, now, cancellationToken);
        if (effects + timers > 0)
            return $"Paused after a restore: {effects} effects and {timers} timers wait. Look first, then: office release";

        await ReleaseAsync(database, cancellationToken);
        return null;
    }
}
