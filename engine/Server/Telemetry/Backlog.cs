using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Telemetry;

/// <summary>What the office has before it.</summary>
/// <param name="Bookmarks">Places where workflows wait.</param>
/// <param name="OutboxAge">How long the oldest due effect has waited.</param>
/// <param name="Parked">Effects and work set aside for a person.</param>
/// <param name="TimerLag">How late the most overdue work is.</param>
internal sealed record Backlog(int Bookmarks, TimeSpan OutboxAge, int Parked, TimeSpan TimerLag)
{
    public static Backlog Read(WorkflowStore store, DateTimeOffset now) => ReadAsync(store, now, CancellationToken.None).GetAwaiter().GetResult();

    public static async Task<Backlog> ReadAsync(WorkflowStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var effect = await context.Outbox
            .Where(o => EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) == null && EF.Property<DateTimeOffset>(o, Shadow.DueAt) <= now)
            .OrderBy(o => EF.Property<DateTimeOffset>(o, Shadow.DueAt)).Select(o => (DateTimeOffset?)EF.Property<DateTimeOffset>(o, Shadow.DueAt)).FirstOrDefaultAsync(cancellationToken);
        var work = await context.Work.Where(w => EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null && w.DueAt <= now)
            .OrderBy(w => w.DueAt).Select(w => (DateTimeOffset?)w.DueAt).FirstOrDefaultAsync(cancellationToken);
        var parked = await context.Outbox.CountAsync(o => EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null, cancellationToken)
            + await context.Work.CountAsync(w => EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null, cancellationToken);
        return new Backlog(await context.Bookmarks.CountAsync(cancellationToken), now - (effect ?? now), parked, now - (work ?? now));
    }
}
