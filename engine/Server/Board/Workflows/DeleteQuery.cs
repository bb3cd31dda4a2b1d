using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>What a deletion would take along.</summary>
internal sealed class DeleteQuery(WorkflowStore store, WorkflowKeeping keeping)
{
    public async Task<DeleteView> ReadAsync(string definitionId, ProblemView? problem, CancellationToken cancellationToken)
    {
        var versions = await keeping.VersionsAsync(definitionId, cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var counts = await context.Instances.Where(i => i.DefinitionId == definitionId).GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var running = counts.FirstOrDefault(c => c.Key == WorkflowStatus.Running)?.Count ?? 0;
        return new DeleteView(
            definitionId, versions[0].Name ?? definitionId, versions.Count, running, counts.Sum(c => c.Count) - running,
            File.Exists(Path.Combine(DataFolder.Shipped("workflows"), definitionId + ".json")), problem);
    }
}
