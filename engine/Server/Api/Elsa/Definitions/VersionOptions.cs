using System.Globalization;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Elsa's choice of versions: <c>Latest</c>, <c>Published</c>, <c>LatestOrPublished</c>, <c>LatestAndPublished</c>, <c>Draft</c>, <c>AllVersions</c> or a number.</summary>
internal static class VersionOptions
{
    /// <summary>The rows that are asked for; <c>LatestOrPublished</c> gives both where they differ, to be taken by the caller.</summary>
    /// <exception cref="OfficeProblem">It is none of these.</exception>
    public static IQueryable<StoredDefinition> Where(IQueryable<StoredDefinition> rows, string? options)
    {
        if (int.TryParse(options, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return rows.Where(d => d.Version == version);

        return options?.ToUpperInvariant() switch
        {
            null or "" or "ALLVERSIONS" => rows,
            "LATEST" => rows.Where(d => d.IsLatest),
            "PUBLISHED" => rows.Where(d => d.IsPublished),
            "LATESTORPUBLISHED" => rows.Where(d => d.IsLatest || d.IsPublished),
            "LATESTANDPUBLISHED" => rows.Where(d => d.IsLatest && d.IsPublished),
            "DRAFT" => rows.Where(d => d.IsLatest && !d.IsPublished),
            _ => throw new OfficeProblem(400, "parameter-unreadable", $"'{options}' is no value for versionOptions.", "Give Latest, Published, LatestOrPublished, LatestAndPublished, Draft, AllVersions or a number."),
        };
    }
}
