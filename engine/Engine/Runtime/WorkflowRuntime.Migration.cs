using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Engine.Runtime;

/// <summary>What moving running instances to another version would do, or has done.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="ToVersion">The version they move to.</param>
/// <param name="Instances">Every running instance of the other versions asked for.</param>
public sealed record MigrationPlan(string DefinitionId, int ToVersion, IReadOnlyList<InstanceMigration> Instances);

/// <summary>What moving does to one instance.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Name">Shown to people; null when none.</param>
/// <param name="FromVersion">The version it runs on.</param>
/// <param name="Reasons">Why it cannot move; empty when it can.</param>
/// <param name="Notes">What to know though it moves.</param>
/// <param name="IsMoved">Whether it has been moved.</param>
public sealed record InstanceMigration(string InstanceId, string? Name, int FromVersion, IReadOnlyList<string> Reasons, IReadOnlyList<string> Notes, bool IsMoved = false)
{
    /// <summary>Whether it can move.</summary>
    public bool CanMove => Reasons.Count == 0;
}

public sealed partial class WorkflowRuntime
{
    /// <summary>Says what moving running instances to another version would do; changes nothing.</summary>
    /// <param name="definitionId">The definition.</param>
    /// <param name="fromVersion">Only instances of this version; null for all others.</param>
    /// <param name="toVersion">Where they move; null for the published version.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such definition or version.</exception>
    public async Task<MigrationPlan> PlanMigrationAsync(string definitionId, int? fromVersion = null, int? toVersion = null, CancellationToken cancellationToken = default)
    {
        var target = await TargetAsync(definitionId, toVersion, cancellationToken);
        var instances = new List<InstanceMigration>();
        foreach (var instance in await MovingAsync(target, fromVersion, cancellationToken))
            instances.Add((await MigrateAsync(instance, target, cancellationToken)).Migration);
        return new MigrationPlan(definitionId, target.Version, instances);
    }

    /// <summary>Moves running instances to another version; those that cannot move stay where they are. Each moves in a transaction of its own.</summary>
    /// <param name="definitionId">The definition.</param>
    /// <param name="fromVersion">Only instances of this version; null for all others.</param>
    /// <param name="toVersion">Where they move; null for the published version.</param>
    /// <param name="actor">Account that asks; null for the system.</param>
    /// <param name="cancellationToken">Stops before the next instance.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such definition or version.</exception>
    public async Task<MigrationPlan> MigrateAsync(string definitionId, int? fromVersion = null, int? toVersion = null, string? actor = null, CancellationToken cancellationToken = default)
    {
        var target = await TargetAsync(definitionId, toVersion, cancellationToken);
        var instances = new List<InstanceMigration>();
        foreach (var instance in await MovingAsync(target, fromVersion, cancellationToken))
            instances.Add(await MoveAsync(instance.Id, target, actor, cancellationToken));
        return new MigrationPlan(definitionId, target.Version, instances);
    }

    private async Task<InstanceMigration> MoveAsync(string instanceId, StoredDefinition target, string? actor, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var turn = await EnterAsync(instanceId, null, cancellationToken);
            try
            {
                var instance = await _store.FindInstanceAsync(instanceId, cancellationToken) ?? throw new WorkflowNotFoundException("instance", instanceId);
                if (instance.Status == WorkflowStatus.Finished)
                    return new InstanceMigration(instance.Id, instance.Name, instance.DefinitionVersion, ["it has ended meanwhile"], []);

                var (migration, change) = await MigrateAsync(instance, target, cancellationToken);
                if (change is null)
                    return migration;

                await _store.CommitAsync(new Commit { Bursts = [change(actor)] }, cancellationToken);
                return migration with { IsMoved = true };
            }
            catch (ConcurrencyException) when (attempt < _options.Retries)
            {
                // Somebody else was faster: again from fresh state.
            }
        }
    }

    private async ValueTask<(InstanceMigration Migration, Func<string?, BurstResult>? Change)> MigrateAsync(WorkflowInstance instance, StoredDefinition target, CancellationToken cancellationToken)
    {
        if (await _store.FindDefinitionVersionAsync(instance.DefinitionVersionId, cancellationToken) is not { } current)
            return (new InstanceMigration(instance.Id, instance.Name, instance.DefinitionVersion, [$"its version {instance.DefinitionVersion} was deleted, so nobody knows where it stands; import that version first"], []), null);

        var from = await _definitions.GetAsync(current, cancellationToken);
        var to = await _definitions.GetAsync(target, cancellationToken);
        var state = new StateMigration(instance, await _store.ListBookmarksAsync(instance.Id, cancellationToken), from, to);
        var moved = state.Run();
        var migration = new InstanceMigration(instance.Id, instance.Name, instance.DefinitionVersion, [.. state.Reasons.Distinct()], [.. state.Notes.Distinct()]);
        return (migration, migration.CanMove ? actor => Moved(instance, moved, state, to, actor) : null);
    }

    private BurstResult Moved(WorkflowInstance instance, System.Text.Json.Nodes.JsonObject state, StateMigration migration, WorkflowGraph to, string? actor)
    {
        var line = state["j"]!.GetValue<int>();
        state["j"] = line + 1;
        var definition = to.Definition;
        return new BurstResult
        {
            Instance = instance with { DefinitionVersionId = definition.Id, DefinitionVersion = definition.Version, Version = instance.Version + 1, State = state.ToJsonString(), UpdatedAt = Now },
            BookmarksMoved = migration.Moved,
            Journal =
            [
                new JournalEntry(instance.Id, line, "Note", to.Root.Id, to.Root.NodeId, "1", to.Root.Type, Now, actor,
                    $"Moved from version {instance.DefinitionVersion} to version {definition.Version} of the workflow", migration.Notes.Count == 0 ? null : string.Join("; ", migration.Notes.Distinct()))
            ],
        };
    }

    private async ValueTask<StoredDefinition> TargetAsync(string definitionId, int? version, CancellationToken cancellationToken) => version is null
        ? await _store.FindDefinitionAsync(definitionId, published: true, cancellationToken) ?? throw new WorkflowNotFoundException("definition", definitionId)
        : (await ListVersionsAsync(definitionId, cancellationToken)).FirstOrDefault(d => d.Version == version) ?? throw new WorkflowNotFoundException("version", $"{definitionId} {version}");

    private async ValueTask<IEnumerable<WorkflowInstance>> MovingAsync(StoredDefinition target, int? fromVersion, CancellationToken cancellationToken) =>
        (await _store.ListInstancesAsync(target.DefinitionId, onlyRunning: true, cancellationToken))
        .Where(i => i.DefinitionVersionId != target.VersionId && (fromVersion is null || i.DefinitionVersion == fromVersion));
}
