using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tryout.Kept;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The check list before a workflow goes live, and what came of it.</summary>
internal sealed class PublishQuery(WorkflowStore store, WorkflowRuntime runtime, WorkflowKeeping keeping, VersionQuery versions, KeptTests tests)
{
    /// <summary>Up to so many running instances what would move is worked out without being asked: each is looked at.</summary>
    private const int PlannedAtOnce = 200;

    public async Task<PublishView> ReadAsync(string definitionId, bool plans, bool moves, bool accepts, ProblemView? problem, CancellationToken cancellationToken)
    {
        var all = await keeping.VersionsAsync(definitionId, cancellationToken);
        var (newest, live) = (all[0], all.FirstOrDefault(v => v.IsPublished));
        var (errors, warnings) = await keeping.CheckAsync(DefinitionReader.Read(newest.Json, definitionId), cancellationToken);
        var running = await RunningElsewhereAsync(newest, cancellationToken);
        var isPlanned = errors.Count == 0 && running.Count > 0 && (plans || moves || running.Sum(r => r.Count) <= PlannedAtOnce);
        return new PublishView(
            definitionId, newest.Name ?? definitionId, newest.Version, newest.Revision, newest.IsPublished, live?.Version, errors, warnings,
            live is null || live.VersionId == newest.VersionId ? [] : versions.Between(live, newest),
            newest.IsPublished ? [] : await TestsAsync(newest.Json, cancellationToken), running,
            isPlanned ? await runtime.PlanMigrationAsync(definitionId, null, newest.Version, cancellationToken) : null, moves, accepts, problem);
    }

    /// <summary>What is so after publishing; those that stayed are looked at again for the reason.</summary>
    public async Task<PublishedView> DoneAsync(string definitionId, int? moved, CancellationToken cancellationToken)
    {
        var all = await keeping.VersionsAsync(definitionId, cancellationToken);
        var live = all.FirstOrDefault(v => v.IsPublished)
            ?? throw new OfficeProblem(409, "not-live", $"No version of '{all[0].Name ?? definitionId}' is live.", "Publish it from the list of workflows.");
        var running = await RunningElsewhereAsync(live, cancellationToken);
        var stayed = moved is not null && running.Count > 0 ? (await runtime.PlanMigrationAsync(definitionId, null, live.Version, cancellationToken)).Instances.Where(i => !i.CanMove).Take(PlannedAtOnce).ToList() : [];
        return new PublishedView(definitionId, live.Name ?? definitionId, live.Version, moved, stayed, running);
    }

    private async Task<IReadOnlyList<KeptTest>> TestsAsync(string json, CancellationToken cancellationToken) =>
        [.. (await tests.RunAsync(json, cancellationToken)).Results.Select(r => new KeptTest(r.Name, r.Passed, r.Passed ? null : string.Join(" · ", r.Breaks)))];

    private async Task<List<RunningOn>> RunningElsewhereAsync(StoredDefinition version, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return [.. (await VersionQuery.RunningAsync(context, version.DefinitionId, cancellationToken)).Where(r => r.Version != version.Version)];
    }
}
