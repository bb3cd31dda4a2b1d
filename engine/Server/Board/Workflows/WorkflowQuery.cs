using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>A published workflow.</summary>
/// <param name="StartsBy">What starts it besides people, in words; null when only people do.</param>
/// <param name="MayStart">Whether the viewer may start it.</param>
public sealed record WorkflowLine(string Id, string Name, string Purpose, int Version, int Running, int Stuck, string? StartsBy, bool MayStart);

/// <summary>The published workflows.</summary>
public sealed record WorkflowListView(IReadOnlyList<WorkflowLine> Workflows);

/// <summary>A form to start one.</summary>
public sealed record StartView(string DefinitionId, string Name, string Purpose, IReadOnlyList<FieldGroup> Groups, string Key, ProblemView? Problem);

internal sealed class WorkflowQuery(WorkflowStore store)
{
    public async Task<WorkflowListView> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var definitions = await context.Definitions.Where(d => d.IsPublished).OrderBy(d => d.Name).ToListAsync(cancellationToken);
        var running = await context.Instances.Where(i => i.Status == WorkflowStatus.Running).GroupBy(i => i.DefinitionId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var stuck = await InstanceListQuery.Stuck(context).GroupBy(i => i.DefinitionId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var triggers = (await context.Triggers.Select(t => new { t.DefinitionId, t.Name }).Distinct().ToListAsync(cancellationToken)).ToLookup(t => t.DefinitionId, t => t.Name);
        return new WorkflowListView([.. definitions.Select(d =>
        {
            var form = StartForm.Read(d.DefinitionId, d.Name, d.Json);
            var startsBy = triggers[d.DefinitionId].Select(Words).FirstOrDefault();
            return new WorkflowLine(
                d.DefinitionId, form.Name, form.Description, d.Version, running.GetValueOrDefault(d.DefinitionId), stuck.GetValueOrDefault(d.DefinitionId),
                startsBy, startsBy is null && StartRules.MayStart(caller, form));
        })]);
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

    private static string Words(string trigger) => trigger switch
    {
        "Office.DeliveryLogged" => "starts by itself when the front desk logs a delivery",
        "Elsa.Timer" or "Elsa.Cron" or "Elsa.StartAt" => "starts by itself on its schedule",
        _ => "starts by itself",
    };
}
