using System.Collections.Concurrent;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Engine.Runtime;

/// <summary>Graphs of definition versions, built once. Published versions never change, drafts are compared by their text.</summary>
internal sealed class DefinitionCache(IWorkflowStore store, ActivityRegistry registry)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public void Clear() => _entries.Clear();

    public async ValueTask<WorkflowGraph> GetVersionAsync(string versionId, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(versionId, out var entry) && entry.IsPublished)
            return entry.Graph;

        var stored = await store.FindDefinitionVersionAsync(versionId, cancellationToken) ?? throw new WorkflowNotFoundException("version", versionId);
        return await GetAsync(stored, cancellationToken);
    }

    public async ValueTask<WorkflowGraph> GetAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(stored.VersionId, out var entry) && entry.Json == stored.Json)
            return entry.Graph;

        var definition = DefinitionReader.Read(stored.Json, stored.DefinitionId);
        var (graph, _) = await BuildAsync(definition, cancellationToken);
        _entries[stored.VersionId] = new Entry(stored.Json, graph, stored.IsPublished);
        return graph;
    }

    public async ValueTask<(WorkflowGraph Graph, GraphBuilder Builder)> BuildAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<ChildReference, WorkflowDefinition?>();
        while (true)
        {
            var built = GraphBuilder.Build(definition, registry, reference => loaded.GetValueOrDefault(reference));
            var missing = built.Builder.Missing.Where(reference => !loaded.ContainsKey(reference)).Distinct().ToList();
            if (missing.Count == 0)
                return built;

            foreach (var reference in missing)
                loaded[reference] = await LoadAsync(reference, cancellationToken);
        }
    }

    private async ValueTask<WorkflowDefinition?> LoadAsync(ChildReference reference, CancellationToken cancellationToken)
    {
        StoredDefinition? stored = null;
        if (reference.VersionId is not null)
            stored = await store.FindDefinitionVersionAsync(reference.VersionId, cancellationToken);
        if (stored is null && reference.DefinitionId is not null)
        {
            stored = await store.FindDefinitionAsync(reference.DefinitionId, published: true, cancellationToken)
                ?? await store.FindDefinitionAsync(reference.DefinitionId, published: false, cancellationToken);
        }

        return stored is null ? null : DefinitionReader.Read(stored.Json, stored.DefinitionId);
    }

    private sealed record Entry(string Json, WorkflowGraph Graph, bool IsPublished);
}
