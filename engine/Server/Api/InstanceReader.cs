using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Api;

/// <summary>Reads instances with what they wait for.</summary>
internal static class InstanceReader
{
    private const int Most = 1000;

    public static async Task<List<InstanceJson>> ListAsync(WorkflowStore store, DirectoryCache cache, string? definition, string? status, CancellationToken cancellationToken)
    {
        WorkflowStatus? wanted = status is null ? null
            : Enum.TryParse<WorkflowStatus>(status, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : throw new OfficeProblem(422, "parameter-unreadable", $"'{status}' is no value for status.", "Give Running or Finished.");
        await using var context = await store.ReadAsync(cancellationToken);
        var rows = await Lean(context.Instances
            .Where(i => (definition == null || i.DefinitionId == definition) && (wanted == null || i.Status == wanted))
            .OrderByDescending(i => i.UpdatedAt).ThenBy(i => i.Id).Take(Most)).ToListAsync(cancellationToken);
        var waiting = await WaitingFor.ReadAsync(context, null, cache.Current, cancellationToken);
        return [.. rows.Select(r => Complete(r, waiting))];
    }

    /// <exception cref="OfficeProblem">There is none.</exception>
    public static async Task<InstanceJson> FindAsync(string id, WorkflowStore store, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        while (true)
        {
            var bursts = await BurstsAsync(context, id, cancellationToken);
            // Effects before work, as work follows from effects; a burst between the reads would show a state that never was.
            var hasEffects = await context.Outbox.AnyAsync(o => o.InstanceId == id && EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) == null, cancellationToken);
            var now = clock.GetUtcNow();
            var hasWork = await context.Work.AnyAsync(w => w.InstanceId == id && w.DueAt <= now && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null, cancellationToken);
            var row = await Lean(context.Instances.Where(i => i.Id == id)).FirstOrDefaultAsync(cancellationToken)
                ?? throw OfficeProblem.NotFound("running or finished workflow", id, "List them with 'office instance list'.");
            var waiting = await WaitingFor.ReadAsync(context, id, cache.Current, cancellationToken);
            if (bursts != await BurstsAsync(context, id, cancellationToken))
                continue;

            var isBusy = hasEffects || hasWork || row.SubStatus is nameof(WorkflowSubStatus.Pending) or nameof(WorkflowSubStatus.Executing) or nameof(WorkflowSubStatus.Interrupted);
            return Complete(row, waiting) with { AtRest = !isBusy };
        }
    }

    private static Task<int> BurstsAsync(OfficeDbContext context, string id, CancellationToken cancellationToken) =>
        context.Instances.Where(i => i.Id == id).Select(i => i.Version).FirstOrDefaultAsync(cancellationToken);

    private static InstanceJson Complete(InstanceJson row, WaitingFor waiting) => row with
    {
        WaitingFor = row.Status == nameof(WorkflowStatus.Running) || waiting.IsStuck(row.Id) ? waiting.Of(row.Id) : null,
        IsStuck = waiting.IsStuck(row.Id),
    };

    // Without the state, which is by far the largest column.
    private static IQueryable<InstanceJson> Lean(IQueryable<WorkflowInstance> instances) => instances.Select(i => new InstanceJson
    {
        Id = i.Id,
        DefinitionId = i.DefinitionId,
        Version = i.DefinitionVersion,
        Status = i.Status.ToString(),
        SubStatus = i.SubStatus.ToString(),
        CorrelationId = i.CorrelationId,
        Name = i.Name,
        Incidents = i.IncidentCount,
        ParentInstanceId = i.ParentInstanceId,
        CreatedAt = i.CreatedAt,
        UpdatedAt = i.UpdatedAt,
        FinishedAt = i.FinishedAt,
    });
}
