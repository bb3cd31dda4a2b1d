using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Deliveries;
using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Deliveries;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Overdue;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Today;

/// <summary>The day at a glance.</summary>
/// <param name="Overdue">Number of late things.</param>
/// <param name="DueToday">Number of things due later today.</param>
/// <param name="Mine">What waits for the viewer.</param>
/// <param name="Stale">Number of tasks of others that wait for more than two days.</param>
/// <param name="Stuck">Number of workflows that need a hand.</param>
/// <param name="Present">Number of people in the office.</param>
/// <param name="Signatures">Documents out for signature that are late.</param>
/// <param name="Deliveries">Parcels that wait, oldest first.</param>
/// <param name="DeliveryCount">How many of them there are.</param>
/// <param name="Latest">What happened last, newest first.</param>
/// <param name="Next">What is due after today, when nothing is due today.</param>
public sealed record TodayView(
    int Overdue, int DueToday, IReadOnlyList<TaskLine> Mine, int Stale, int Stuck, int Present,
    IReadOnlyList<TaskLine> Signatures, IReadOnlyList<DeliveryLine> Deliveries, int DeliveryCount, IReadOnlyList<LatestLine> Latest, TaskLine? Next);

/// <summary>Something that happened; without reasons, which may speak of money.</summary>
public sealed record LatestLine(DateTimeOffset At, string What, string InstanceId, string? Workflow);

internal sealed class TodayQuery(WorkflowStore store, DirectoryCache directory, TaskQuery tasks, OverdueQuery overdue)
{
    private const int MostDeliveries = 8;
    private const int MostLatest = 8;
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(2);

    public async Task<TodayView> ReadAsync(Caller caller, Moments moments, CancellationToken cancellationToken)
    {
        var open = await tasks.ListAsync(caller, cancellationToken);
        var due = await overdue.ListAsync(open, moments, cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var waiting = await DeliveryQuery.Waiting(context).OrderBy(d => d.ReceivedAt).ToListAsync(cancellationToken);
        var stuck = await InstanceListQuery.Stuck(context).CountAsync(cancellationToken);
        var present = await context.Presence.CountAsync(p => p.IsIn, cancellationToken);
        return new TodayView(
            due.Count(d => d.Due < moments.Now),
            due.Count(d => d.Due >= moments.Now),
            [.. open.Where(t => t.IsMine)],
            open.Count(t => !t.IsMine && t.Since < moments.Now - StaleAfter),
            stuck, present,
            [.. open.Where(t => t.Kind == "signature" && t.Due < moments.Now)],
            [.. Urgent(waiting).Take(MostDeliveries).Select(d => DeliveryQuery.Line(d, directory.Current))],
            waiting.Count,
            await LatestAsync(context, cancellationToken),
            open.FirstOrDefault(t => t.Due > moments.Now));
    }

    private static async Task<List<LatestLine>> LatestAsync(OfficeDbContext context, CancellationToken cancellationToken)
    {
        // The newest workflows hold the newest lines; reading the whole journal would take longer each week.
        var newest = await context.Instances.OrderByDescending(i => i.UpdatedAt).Take(MostLatest).Select(i => i.Id).ToListAsync(cancellationToken);
        return await (
            from j in context.Journal
            join i in context.Instances on j.InstanceId equals i.Id
            where newest.Contains(j.InstanceId) && j.Message != null
            orderby j.At descending, j.N descending
            select new LatestLine(j.At, j.Message!, j.InstanceId, i.Name)).Take(MostLatest).ToListAsync(cancellationToken);
    }

    /// <summary>What spoils and what nobody knows first, then the oldest.</summary>
    private static IEnumerable<Delivery> Urgent(IEnumerable<Delivery> waiting) =>
        waiting.OrderByDescending(d => d.Perishable).ThenByDescending(d => d.State == "unidentified").ThenBy(d => d.ReceivedAt);
}
