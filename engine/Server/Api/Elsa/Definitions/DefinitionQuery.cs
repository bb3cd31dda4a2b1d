using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Reads definitions from the store: one version, or a page of summaries.</summary>
internal static class DefinitionQuery
{
    /// <summary>The version that is asked for, the newest of several.</summary>
    /// <exception cref="OfficeProblem">There is none.</exception>
    public static async Task<StoredDefinition> FindAsync(this WorkflowStore store, string definitionId, string? options, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await VersionOptions.Where(context.Definitions.Where(d => d.DefinitionId == definitionId), options).OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancellationToken)
            ?? throw OfficeProblem.NotFound(options is null or "" or "Latest" ? "workflow" : $"version ({options}) of workflow", definitionId, "Look under Workflows.");
    }

    /// <summary>Versions by their own ids, in the order asked for; those that are gone are left out.</summary>
    public static async Task<IReadOnlyList<StoredDefinition>> FindManyAsync(this WorkflowStore store, IReadOnlyCollection<string> versionIds, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var found = await context.Definitions.Where(d => versionIds.Contains(d.VersionId)).ToDictionaryAsync(d => d.VersionId, cancellationToken);
        return [.. versionIds.Distinct().Select(id => found.GetValueOrDefault(id)).OfType<StoredDefinition>()];
    }

    /// <summary>A page of summaries.</summary>
    public static async Task<(IReadOnlyList<JsonObject> Items, int Total)> PageAsync(this WorkflowStore store, DefinitionDigests digests, DefinitionFilter filter, bool mayDraw, CancellationToken cancellationToken)
    {
        // The office has no definitions of its own that people must not see.
        if (filter.IsSystem == true)
            return ([], 0);

        await using var context = await store.ReadAsync(cancellationToken);
        var rows = VersionOptions.Where(context.Definitions, filter.Versions);
        if (filter.DefinitionIds is { Count: > 0 } definitionIds)
            rows = rows.Where(d => definitionIds.Contains(d.DefinitionId));
        if (filter.Ids is { Count: > 0 } ids)
            rows = rows.Where(d => ids.Contains(d.VersionId));
        if (filter.Search is { } search)
        {
            var like = ElsaQuery.Like(search);
            rows = rows.Where(d => EF.Functions.Like(d.Name ?? "", like) || EF.Functions.Like(d.DefinitionId, like) || d.VersionId == search);
        }

        var total = await rows.CountAsync(cancellationToken);
        var page = await Order(rows, filter).Skip(filter.Skip).Take(filter.Take).Select(d => d.VersionId).ToListAsync(cancellationToken);
        var known = await digests.AllAsync(cancellationToken);
        return ([.. page.Select(id => known.GetValueOrDefault(id)).OfType<DefinitionDigest>().Select(d => Summary(d, mayDraw))], total);
    }

    public static JsonObject Summary(DefinitionDigest digest, bool mayDraw) => new()
    {
        ["links"] = DefinitionLinks.Of(digest.DefinitionId, mayDraw),
        ["id"] = digest.VersionId,
        ["definitionId"] = digest.DefinitionId,
        ["name"] = digest.Name,
        ["description"] = digest.Description,
        ["version"] = digest.Version,
        ["toolVersion"] = digest.ToolVersion,
        ["isLatest"] = digest.IsLatest,
        ["isPublished"] = digest.IsPublished,
        ["providerName"] = null,
        ["materializerName"] = "Json",
        ["createdAt"] = digest.CreatedAt,
        ["isReadonly"] = digest.IsReadonly,
        ["isMaterializerAvailable"] = true,
    };

    private static IOrderedQueryable<StoredDefinition> Order(IQueryable<StoredDefinition> rows, DefinitionFilter filter)
    {
        var ordered = (filter.OrderBy?.ToUpperInvariant(), filter.IsDescending) switch
        {
            ("NAME", false) => rows.OrderBy(d => d.Name ?? d.DefinitionId),
            ("NAME", true) => rows.OrderByDescending(d => d.Name ?? d.DefinitionId),
            ("VERSION", false) => rows.OrderBy(d => d.Version),
            ("VERSION", true) => rows.OrderByDescending(d => d.Version),
            (_, false) => rows.OrderBy(d => d.CreatedAt),
            _ => rows.OrderByDescending(d => d.CreatedAt),
        };
        return ordered.ThenBy(d => d.DefinitionId).ThenByDescending(d => d.Version);
    }
}

/// <summary>Which definitions are listed, and how.</summary>
internal sealed record DefinitionFilter(
    string? Versions, IReadOnlyList<string>? DefinitionIds, IReadOnlyList<string>? Ids, string? Search, bool? IsSystem, string? OrderBy, bool IsDescending, int Skip, int Take);
