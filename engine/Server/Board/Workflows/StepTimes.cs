using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>How long a workflow and its steps take, by the last runs; the middle one, which a single forgotten run does not move.</summary>
/// <remarks>Worked out in the database, where an office has a hundred thousand rows of journal, and kept for a minute: the middle of fifty runs does not move faster.</remarks>
internal sealed class StepTimes(TimeProvider clock)
{
    private const int LastRuns = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, WorkflowTimes Times)> _known = new(StringComparer.Ordinal);

    /// <summary>The figures of a workflow, at most a minute old.</summary>
    public async Task<WorkflowTimes> OfAsync(OfficeDbContext context, string definitionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(definitionId, out var known) && now < known.Until)
            return known.Times;

        var slowest = await SlowestAsync(context, definitionId, cancellationToken);
        var times = new WorkflowTimes(await OfRunsAsync(context, definitionId, cancellationToken), slowest?.ActivityId, slowest?.Time);
        _known[definitionId] = (now + Kept, times);
        return times;
    }

    /// <summary>The middle of the last ended runs; null when none has ended.</summary>
    public static async Task<TimeSpan?> OfRunsAsync(OfficeDbContext context, string definitionId, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<Figure>($"""
            WITH recent AS (
                SELECT finished_at - created_at AS ticks FROM po_instance
                WHERE definition_id = {definitionId} AND status = 'Finished' AND sub_status = 'Finished' AND finished_at IS NOT NULL
                ORDER BY updated_at DESC LIMIT {LastRuns}),
            ranked AS (SELECT ticks, ROW_NUMBER() OVER (ORDER BY ticks) AS n, COUNT(*) OVER () AS c FROM recent)
            SELECT '' AS "Step", ticks AS "Ticks" FROM ranked WHERE n = (c + 1) / 2
            """).ToListAsync(cancellationToken);
        return rows is [var middle] ? TimeSpan.FromTicks(middle.Ticks) : null;
    }

    /// <summary>The step that takes longest, by activity id; null when none has been gone through.</summary>
    public static async Task<(string ActivityId, TimeSpan Time)?> SlowestAsync(OfficeDbContext context, string definitionId, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<Figure>($"""
            WITH recent AS (SELECT id FROM po_instance WHERE definition_id = {definitionId} ORDER BY updated_at DESC LIMIT {LastRuns}),
            spans AS (
                SELECT j.activity_id AS step, MAX(CASE WHEN j.event = 'Completed' THEN j.at END) - MIN(CASE WHEN j.event = 'Started' THEN j.at END) AS ticks
                FROM po_journal j JOIN recent r ON r.id = j.instance_id
                WHERE j.event IN ('Started', 'Completed') AND j.activity_type NOT IN ('Elsa.Workflow', 'Elsa.Flowchart', 'Elsa.Sequence', 'Office.AllowWithdrawal')
                GROUP BY j.instance_id, j.activity_instance_id, j.activity_id),
            ranked AS (SELECT step, ticks, ROW_NUMBER() OVER (PARTITION BY step ORDER BY ticks) AS n, COUNT(*) OVER (PARTITION BY step) AS c FROM spans WHERE ticks IS NOT NULL)
            SELECT step AS "Step", ticks AS "Ticks" FROM ranked WHERE n = (c + 1) / 2 ORDER BY ticks DESC LIMIT 1
            """).ToListAsync(cancellationToken);
        return rows is [{ Ticks: > 0 } slowest] ? (slowest.Step, TimeSpan.FromTicks(slowest.Ticks)) : null;
    }

    private sealed record Figure(string Step, long Ticks);
}

/// <summary>How long a workflow takes; null where it has not been gone through.</summary>
internal sealed record WorkflowTimes(TimeSpan? Usual, string? SlowestStep, TimeSpan? SlowestTime);
