using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Engine.Runtime;

public sealed partial class WorkflowRuntime
{
    /// <summary>Stores a definition version exactly as it stands, published flag included, and indexes its triggers; nothing is checked.</summary>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    public async Task<StoredDefinition> ImportDefinitionAsync(string json, CancellationToken cancellationToken = default)
    {
        var definition = DefinitionReader.Read(json);
        return await StoreAsync(definition, cancellationToken);
    }

    /// <summary>Saves what the designer sends: changes the draft, or makes one (version = last + 1) when the newest version is published.</summary>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    public async Task<StoredDefinition> SaveDefinitionAsync(string json, CancellationToken cancellationToken = default)
    {
        var definition = DefinitionReader.Read(json);
        var latest = await _store.FindDefinitionAsync(definition.DefinitionId, published: false, cancellationToken);
        var version = latest is null ? 1 : latest.IsPublished ? latest.Version + 1 : latest.Version;
        definition.Version = version;
        definition.Id = latest is { IsPublished: false } ? latest.VersionId : VersionId(definition.DefinitionId, version);
        definition.IsLatest = true;
        definition.IsPublished = false;
        return await StoreAsync(definition, cancellationToken);
    }

    /// <summary>Publishes the newest version of a definition: it starts from now on, the version published before does not; running instances stay on theirs.</summary>
    /// <exception cref="WorkflowNotFoundException">There is no such definition.</exception>
    /// <exception cref="InvalidDefinitionException">It has errors.</exception>
    public async Task<StoredDefinition> PublishAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        var latest = await _store.FindDefinitionAsync(definitionId, published: false, cancellationToken) ?? throw new WorkflowNotFoundException("definition", definitionId);
        var definition = DefinitionReader.Read(latest.Json, definitionId);
        var problems = await ValidateAsync(definition, cancellationToken);
        if (problems.Any(p => p.IsError))
            throw new InvalidDefinitionException(definitionId, problems);

        definition.IsPublished = true;
        definition.IsLatest = true;
        return await StoreAsync(definition, cancellationToken);
    }

    /// <summary>Takes the published version out of use; it stays as it is otherwise.</summary>
    /// <exception cref="WorkflowNotFoundException">The definition has no published version.</exception>
    public async Task<StoredDefinition> RetractAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        var published = await _store.FindDefinitionAsync(definitionId, published: true, cancellationToken) ?? throw new WorkflowNotFoundException("definition", definitionId);
        var definition = DefinitionReader.Read(published.Json, definitionId);
        definition.IsPublished = false;
        definition.IsLatest = published.IsLatest;
        return await StoreAsync(definition, cancellationToken);
    }

    /// <summary>Makes a draft that is a copy of an older version.</summary>
    /// <exception cref="WorkflowNotFoundException">There is no such version.</exception>
    public async Task<StoredDefinition> RevertAsync(string definitionId, int version, CancellationToken cancellationToken = default)
    {
        var old = (await _store.ListDefinitionsAsync(cancellationToken)).FirstOrDefault(d => d.DefinitionId == definitionId && d.Version == version)
            ?? throw new WorkflowNotFoundException("version", $"{definitionId} {version}");
        return await SaveDefinitionAsync(old.Json, cancellationToken);
    }

    /// <summary>All problems of a definition at once; empty when it can be published.</summary>
    public async Task<IReadOnlyList<DefinitionProblem>> ValidateAsync(WorkflowDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var (graph, builder) = await _definitions.BuildAsync(definition, cancellationToken);
        var known = (await _store.ListDefinitionsAsync(cancellationToken)).Select(d => d.DefinitionId).ToHashSet(StringComparer.Ordinal);
        return WorkflowValidator.Validate(graph, builder, Registry, known);
    }

    /// <summary>Reads definitions anew from now on: somebody else has changed one in the store.</summary>
    public void ForgetDefinitions() => _definitions.Clear();

    private async Task<StoredDefinition> StoreAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var stored = new StoredDefinition(
            definition.Id, definition.DefinitionId, definition.Version, definition.IsLatest, definition.IsPublished, definition.Name, DefinitionWriter.Write(definition), Now);
        IReadOnlyList<Trigger> triggers = [];
        var work = new List<Running.WorkItem>();
        if (stored.IsPublished)
        {
            var (graph, _) = await _definitions.BuildAsync(definition, cancellationToken);
            triggers = TriggerIndex.Stimuli(graph);
            work.AddRange(TriggerIndex.Timers(graph, Now, Now).Select(t => TriggerIndex.Work(graph, t.Activity.Id, t.DueAt)));
        }

        await _store.SaveDefinitionAsync(stored, triggers, cancellationToken);
        _definitions.Clear();
        if (work.Count > 0)
            await _store.CommitAsync(new Commit { Bursts = [], Work = work }, cancellationToken);
        return stored;
    }

    private static string VersionId(string definitionId, int version) => $"{definitionId}-v{version.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
