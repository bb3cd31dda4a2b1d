using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Board.EngineRoom;

/// <summary>What the machinery has done today and what it stumbles over.</summary>
internal sealed class EngineRoomQuery(WorkflowStore store, OfficeDatabase database, RepairDesk repairs, OfficeHealth health, BoardPages pages, TimeProvider clock)
{
    private const int MostTimers = 50;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public async Task<EngineRoomView> ReadAsync(string? notice, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var moments = pages.Moments();
        var (from, _) = moments.Bounds(moments.Today);
        var late = now - Grace;
        var checks = await health.CheckAsync(cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var bursts = await BurstsSince(context, from).CountAsync(cancellationToken);
        var running = await context.Instances.CountAsync(i => i.Status == WorkflowStatus.Running, cancellationToken);
        var effects = await context.Outbox.CountAsync(o => EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) == null, cancellationToken);
        var overdue = await context.Work.Where(w => w.DueAt < late && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null).OrderBy(w => w.DueAt)
            .Select(w => new TimerLine(w.InstanceId, w.DueAt, EF.Property<string?>(w, Shadow.LastError))).Take(MostTimers).ToListAsync(cancellationToken);
        var next = await context.Work.Where(w => w.DueAt >= now && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null).OrderBy(w => w.DueAt).Select(w => (DateTimeOffset?)w.DueAt).FirstOrDefaultAsync(cancellationToken);
        using var process = Process.GetCurrentProcess();
        var node = new NodeLine(
            Environment.MachineName, process.Id.ToString(CultureInfo.InvariantCulture), typeof(EngineRoomQuery).Assembly.GetName().Version?.ToString(3) ?? "",
            new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero), process.WorkingSet64 >> 20);
        var others = (await database.OtherNodesAsync(cancellationToken)).Select(n => new NodeLine(n.Machine, n.Process, n.Version, n.Since, null));
        return new EngineRoomView(
            bursts, running, effects, overdue, next, await repairs.ListAsync(cancellationToken), [node, .. others],
            [.. checks.Select(c => new CheckLine(c.Name, c.Result, c.Detail, c.Fix))], notice);
    }

    /// <summary>One row a burst; all lines of a burst are of one moment.</summary>
    /// <remarks>By way of the instances that have changed since, which an index finds: the journal of years has none by time, and needs none.</remarks>
    internal static IQueryable<object> BurstsSince(OfficeDbContext context, DateTimeOffset from) => context.Instances
        .Where(i => (i.Status == WorkflowStatus.Running || i.Status == WorkflowStatus.Finished) && i.UpdatedAt >= from)
        .Join(context.Journal, i => i.Id, j => j.InstanceId, (_, j) => new { j.InstanceId, j.At })
        .Where(j => j.At >= from).Distinct();
}
