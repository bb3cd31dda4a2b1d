using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Definitions.Differences;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The versions of a workflow: who made them, what runs on them, what differs between two.</summary>
internal sealed class VersionQuery(WorkflowStore store, WorkflowKeeping keeping, ActivityRegistry registry, DirectoryCache directory)
{
    public async Task<VersionsView> ReadAsync(string definitionId, int? from, int? to, ProblemView? problem, string? notice, CancellationToken cancellationToken)
    {
        var versions = await keeping.VersionsAsync(definitionId, cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var marks = (await VersionMark.ReadAsync(context, definitionId, directory.Current, cancellationToken))[definitionId].ToList();
        var running = (await RunningAsync(context, definitionId, cancellationToken)).ToDictionary(r => r.Version, r => r.Count);
        var (newest, live) = (versions[0], versions.FirstOrDefault(v => v.IsPublished));
        var off = live is null ? WorkflowQuery.OffVersion(marks, newest.Version, newest.CreatedAt)?.Version : null;

        // Without a choice: what waits against what is live, else the newest against the one before it.
        var after = versions.FirstOrDefault(v => v.Version == to) ?? newest;
        var before = versions.FirstOrDefault(v => v.Version == from) ?? (live is not null && live.Version != after.Version ? live : versions.FirstOrDefault(v => v.Version < after.Version));
        return new VersionsView(
            definitionId, newest.Name ?? definitionId,
            [.. versions.Select(v => Line(v, marks, running.GetValueOrDefault(v.Version), off, v.Version != newest.Version))],
            before?.Version, after.Version, before is null ? [] : Between(before, after), newest.IsPublished || off == newest.Version ? null : newest.Version, live?.Version, problem, notice);
    }

    /// <summary>What differs between two versions, in the office's words.</summary>
    public IReadOnlyList<DefinitionChange> Between(StoredDefinition before, StoredDefinition after) =>
        DefinitionDifference.Between(DefinitionReader.Read(before.Json), DefinitionReader.Read(after.Json), registry, Words.Choice);

    /// <summary>How many run on which version, newest version first.</summary>
    public static async Task<List<RunningOn>> RunningAsync(OfficeDbContext context, string definitionId, CancellationToken cancellationToken) =>
        [.. (await context.Instances.Where(i => i.DefinitionId == definitionId && i.Status == WorkflowStatus.Running).GroupBy(i => i.DefinitionVersion)
            .Select(g => new { Version = g.Key, Count = g.Count() }).ToListAsync(cancellationToken)).OrderByDescending(g => g.Version).Select(g => new RunningOn(g.Version, g.Count))];

    private static VersionLine Line(StoredDefinition version, List<VersionMark> marks, int running, int? off, bool mayRevert)
    {
        var own = marks.Where(m => m.Version == version.Version).ToList();
        var published = own.FirstOrDefault(m => m.Action is VersionMark.Published or VersionMark.SwitchedOn);
        var saved = own.FirstOrDefault(m => m.Action is not (VersionMark.Published or VersionMark.SwitchedOn or VersionMark.SwitchedOff));
        var state = version.IsPublished ? new StateView("●", "Live", "ok")
            : off == version.Version ? new StateView("–", "Switched off", "idle")
            : version.IsLatest ? StateView.Waiting("Draft, not live")
            : new StateView("○", "Earlier", "idle");

        // A version that nobody here published came with the program: live since it was stored.
        return new VersionLine(
            version.Version, state, saved?.At ?? version.CreatedAt, saved?.Who, published?.At ?? (version.IsPublished ? version.CreatedAt : null), published?.Who, running, mayRevert);
    }
}
