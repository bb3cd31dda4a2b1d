using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>What lists and descriptors must know of a stored version, without reading its whole text again.</summary>
/// <param name="Types">Types and versions of its activities; of definitions used as activities too.</param>
/// <param name="Uses">Ids of definitions it uses as activities.</param>
internal sealed record DefinitionDigest(
    string VersionId, string DefinitionId, int Version, bool IsLatest, bool IsPublished, string Name, string? Description, string ToolVersion, bool IsReadonly, bool IsSystem, DateTimeOffset CreatedAt,
    IReadOnlySet<(string Type, int Version)> Types, IReadOnlyDictionary<string, string> Uses, IReadOnlyList<string> Outcomes)
{
    public DateTimeOffset SavedAt { get; init; }
}

/// <summary>Digests of all versions, read once and again when a version has changed.</summary>
internal sealed class DefinitionDigests(WorkflowStore store, Commits commits) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Read? _read;

    /// <summary>Every version of every definition.</summary>
    public async Task<IReadOnlyDictionary<string, DefinitionDigest>> AllAsync(CancellationToken cancellationToken)
    {
        var changes = commits.DefinitionChanges;
        if (_read is { } known && known.Changes == changes)
            return known.Digests;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            changes = commits.DefinitionChanges;
            if (_read is { } meanwhile && meanwhile.Changes == changes)
                return meanwhile.Digests;

            var digests = await ReadAsync(_read?.Digests ?? new Dictionary<string, DefinitionDigest>(), cancellationToken);
            _read = new Read(changes, digests);
            return digests;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Dictionary<string, DefinitionDigest>> ReadAsync(IReadOnlyDictionary<string, DefinitionDigest> before, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var heads = await context.Definitions.Select(d => new { d.VersionId, d.DefinitionId, d.Version, d.IsLatest, d.IsPublished, d.Name, d.CreatedAt }).ToListAsync(cancellationToken);
        var stale = heads.Where(h => !before.TryGetValue(h.VersionId, out var known) || known.SavedAt != h.CreatedAt).Select(h => h.VersionId).ToList();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ids in stale.Chunk(200))
        {
            foreach (var text in await context.Definitions.Where(d => ids.Contains(d.VersionId)).Select(d => new { d.VersionId, d.Json }).ToListAsync(cancellationToken))
                texts[text.VersionId] = text.Json;
        }

        var digests = new Dictionary<string, DefinitionDigest>(StringComparer.Ordinal);
        foreach (var head in heads)
        {
            var digest = texts.TryGetValue(head.VersionId, out var json) ? Of(json, head.VersionId, head.CreatedAt) : before[head.VersionId];
            digests[head.VersionId] = digest with { DefinitionId = head.DefinitionId, Version = head.Version, IsLatest = head.IsLatest, IsPublished = head.IsPublished, Name = head.Name ?? head.DefinitionId };
        }

        return digests;
    }

    private static DefinitionDigest Of(string text, string versionId, DateTimeOffset savedAt)
    {
        var json = StudioForm.Read(text);
        var types = new HashSet<(string, int)>();
        var uses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var activity in ActivityTree.All(json["root"]))
        {
            var type = ElsaJson.Text(activity["type"]) ?? "";
            types.Add((type, ElsaJson.Number(activity["version"]) ?? 1));
            if (ElsaJson.Text(activity["workflowDefinitionId"]) is { } used)
                uses.TryAdd(type, used);
        }

        return new DefinitionDigest(
            versionId, "", 0, false, false, "", ElsaJson.Text(json["description"]), ElsaJson.Text(json["toolVersion"]) ?? "3.8.0.0", ElsaJson.IsTrue(json["isReadonly"]), ElsaJson.IsTrue(json["isSystem"]),
            Created(json) ?? savedAt, types, uses, [.. ElsaJson.Items(json["outcomes"]).Select(o => ElsaJson.Text(o)).OfType<string>()])
        { SavedAt = savedAt };
    }

    private static DateTimeOffset? Created(JsonObject json) =>
        ElsaJson.Text(json["createdAt"]) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at) && at.Year > 1 ? at : null;

    private sealed record Read(long Changes, IReadOnlyDictionary<string, DefinitionDigest> Digests);
}
