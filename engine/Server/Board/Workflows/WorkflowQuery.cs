using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The workflows of the office, as those see them who may start them and those who keep them.</summary>
internal sealed class WorkflowQuery(WorkflowStore store, DirectoryCache directory, StepTimes times)
{
    public async Task<WorkflowListView> ListAsync(Caller caller, string? notice, string? about, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var mayDesign = DesignRules.MayDesign(caller);

        // One version of each is shown: the text of the others stays where it is.
        var heads = await context.Definitions.Select(d => new { d.VersionId, d.DefinitionId, d.Version, d.IsPublished, d.CreatedAt }).ToListAsync(cancellationToken);
        var shown = heads.Where(d => d.IsPublished || mayDesign).GroupBy(d => d.DefinitionId).Select(g => (g.FirstOrDefault(d => d.IsPublished) ?? g.MaxBy(d => d.Version)!).VersionId).ToList();
        var definitions = await context.Definitions.Where(d => shown.Contains(d.VersionId)).ToListAsync(cancellationToken);
        var running = await context.Instances.Where(i => i.Status == WorkflowStatus.Running).GroupBy(i => i.DefinitionId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var stuck = await InstanceListQuery.Stuck(context).GroupBy(i => i.DefinitionId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var triggers = (await context.Triggers.Select(t => new { t.DefinitionId, t.Name }).Distinct().ToListAsync(cancellationToken)).ToLookup(t => t.DefinitionId, t => t.Name);
        var marks = mayDesign ? await VersionMark.ReadAsync(context, null, directory.Current, cancellationToken) : null;
        var lines = new List<WorkflowLine>();
        foreach (var definition in definitions)
        {
            var form = StartForm.Read(definition.DefinitionId, definition.Name, definition.Json);
            var startsBy = triggers[definition.DefinitionId].Select(StartsBy).FirstOrDefault();
            var line = new WorkflowLine(definition.DefinitionId, form.Name, form.Description)
            {
                Live = definition.IsPublished ? definition.Version : null,
                Running = running.GetValueOrDefault(definition.DefinitionId),
                Stuck = stuck.GetValueOrDefault(definition.DefinitionId),
                StartsBy = startsBy,
                MayStart = definition.IsPublished && startsBy is null && StartRules.MayStart(caller, form),
            };
            if (mayDesign)
            {
                var newest = heads.Where(h => h.DefinitionId == definition.DefinitionId).MaxBy(h => h.Version)!;
                line = await KeptAsync(context, line, definition.Json, newest.IsPublished ? null : (newest.Version, newest.CreatedAt), marks![definition.DefinitionId].ToList(), cancellationToken);
            }

            if (mayDesign || line.MayStart)
                lines.Add(line);
        }

        return new WorkflowListView([.. lines.OrderBy(l => l.Name, StringComparer.OrdinalIgnoreCase)], mayDesign, notice, about);
    }

    /// <summary>The form of a published workflow that people start.</summary>
    /// <exception cref="OfficeProblem">There is none, it starts by itself, or the caller may not.</exception>
    public async Task<StartForm> FormAsync(string definitionId, Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var definition = await context.Definitions.FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsPublished, cancellationToken)
            ?? throw OfficeProblem.NotFound("published workflow", definitionId, "Look under Workflows.");
        var form = StartForm.Read(definitionId, definition.Name, definition.Json);
        if (await context.Triggers.AnyAsync(t => t.DefinitionId == definitionId, cancellationToken))
            throw new OfficeProblem(409, "starts-by-itself", $"'{form.Name}' starts by itself.", "Nobody has to start it: see what runs under Workflows.");
        if (!StartRules.MayStart(caller, form))
            throw OfficeProblem.NotAllowed($"{caller.Account.DisplayName} may not start '{form.Name}'.", "Ask the head of the department, the coordinator or the UPM.");
        return form;
    }

    /// <summary>What who keeps it wants to know besides.</summary>
    private async Task<WorkflowLine> KeptAsync(
        OfficeDbContext context, WorkflowLine line, string json, (int Version, DateTimeOffset At)? newest, List<VersionMark> marks, CancellationToken cancellationToken)
    {
        var off = line.Live is null && newest is var (version, savedAt) ? OffVersion(marks, version, savedAt) : null;
        var taken = await times.OfAsync(context, line.Id, cancellationToken);
        return line with
        {
            Draft = newest is { } draft && off?.Version != draft.Version ? draft.Version : null,
            DraftAt = newest?.At,
            Off = off?.Version,
            Owner = Owner(line.Id, json, marks, directory.Current),
            UsualTime = taken.Usual,
            SlowestStep = taken.SlowestStep is { } step ? StepName(json, step) : null,
            SlowestTime = taken.SlowestTime,
        };
    }

    /// <summary>The version that was switched off and can be switched on again as it was; a newest version that was saved since is a draft instead.</summary>
    public static VersionMark? OffVersion(IReadOnlyList<VersionMark> marks, int newest, DateTimeOffset newestSavedAt) =>
        marks.FirstOrDefault(m => m.Action is VersionMark.Published or VersionMark.SwitchedOn or VersionMark.SwitchedOff) is { Action: VersionMark.SwitchedOff } off
            && (off.Version != newest || newestSavedAt <= off.At) ? off : null;

    /// <summary>Who made it here, else who published it last, else nobody: it came with the program.</summary>
    public static string Owner(string definitionId, string json, IReadOnlyList<VersionMark> marks, OfficeDirectory people) =>
        DefinitionCopy.OwnerOf(json) is { } owner ? VersionMark.NameOf(owner, people)
        : marks.FirstOrDefault(m => m.Action == VersionMark.Published)?.Who
        ?? (File.Exists(Path.Combine(DataFolder.Shipped("workflows"), definitionId + ".json")) ? "with the program" : "not known");

    private static string StepName(string json, string activityId) => FlowMap.NameOf(json, activityId);

    private static string StartsBy(string trigger) => trigger switch
    {
        "Office.DeliveryLogged" => "starts by itself when the front desk logs a delivery",
        "Elsa.Timer" or "Elsa.Cron" or "Elsa.StartAt" => "starts by itself on its schedule",
        _ => "starts by itself",
    };
}
