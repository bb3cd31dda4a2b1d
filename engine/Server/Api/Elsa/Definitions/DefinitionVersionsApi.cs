using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary><c>/workflow-definitions/{definitionId}</c>: its versions, its end, and who uses it.</summary>
internal static class DefinitionVersionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/versions", ListAsync);
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", RevertAsync);
        api.MapDelete("/workflow-definitions/{definitionId}", DeleteAsync);
        api.MapDelete("/workflow-definition-versions/{id}", DeleteVersionAsync);
        api.MapGet("/workflow-definitions/{definitionId}/consumers", ConsumersAsync);
        api.MapPost("/workflow-definitions/{definitionId}/update-references", UpdateReferencesAsync);
    }

    /// <summary>Newest first.</summary>
    private static async Task<IResult> ListAsync(string definitionId, HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var versions = await context.Definitions.Where(d => d.DefinitionId == definitionId).OrderByDescending(d => d.Version).ToListAsync(cancellationToken);
        var mayDraw = http.Caller().MayDraw();
        return versions.Count == 0 ? throw OfficeProblem.NotFound("workflow", definitionId, "Look under Workflows.") : ElsaJson.List(versions.Select(v => StudioForm.Of(v, registry, mayDraw)).ToList());
    }

    private static async Task<IResult> RevertAsync(string definitionId, int version, HttpContext http, SaveTurns turns, WorkflowRuntime runtime, ActivityRegistry registry, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Drawer();
        using var turn = await turns.EnterAsync(definitionId, cancellationToken);
        using var deed = audit.BeginRevert(caller, version);
        var draft = await runtime.RevertAsync(definitionId, version, cancellationToken);
        return ElsaJson.Answer(StudioForm.Of(draft, registry, mayDraw: true));
    }

    private static async Task<IResult> DeleteAsync(string definitionId, HttpContext http, SaveTurns turns, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Drawer();
        using var turn = await turns.EnterAsync(definitionId, cancellationToken);
        using var deed = audit.Begin(caller, "delete-workflow", definitionId, "all versions");
        await runtime.DeleteDefinitionAsync(definitionId, includeRunning: false, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteVersionAsync(string id, HttpContext http, SaveTurns turns, WorkflowStore store, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Drawer();
        var version = await store.FindDefinitionVersionAsync(id, cancellationToken) ?? throw OfficeProblem.NotFound("version of a workflow", id, "Look under Workflows.");
        using var turn = await turns.EnterAsync(version.DefinitionId, cancellationToken);
        using var deed = audit.Begin(caller, "delete-workflow", version.DefinitionId, $"version {version.Version}");
        await runtime.DeleteVersionAsync(version.DefinitionId, version.Version, includeRunning: false, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ConsumersAsync(string definitionId, DefinitionDigests digests, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { ConsumingWorkflowDefinitionIds = await ConsumersOfAsync(definitionId, digests, cancellationToken) });

    /// <summary>Lets every definition that uses this one as an activity use its published version: as a draft, for somebody to publish.</summary>
    private static async Task<IResult> UpdateReferencesAsync(string definitionId, HttpContext http, WorkflowStore store, WorkflowRuntime runtime, DefinitionDigests digests, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Drawer();
        var child = await store.FindDefinitionAsync(definitionId, published: true, cancellationToken) ?? throw new WorkflowNotFoundException("definition", definitionId);
        var affected = new List<string>();
        foreach (var consumer in await ConsumersOfAsync(definitionId, digests, cancellationToken))
        {
            var json = StudioForm.Read((await store.FindAsync(consumer, "Latest", cancellationToken)).Json);
            var stale = ActivityTree.All(json["root"]).Where(a => ElsaJson.Text(a["workflowDefinitionId"]) == definitionId && ElsaJson.Text(a["workflowDefinitionVersionId"]) != child.VersionId).ToList();
            if (stale.Count == 0)
                continue;

            foreach (var activity in stale)
                (activity["workflowDefinitionVersionId"], activity["version"]) = ((JsonNode)child.VersionId, (JsonNode)child.Version);
            using var deed = audit.Begin(caller, "draft-workflow", consumer, $"uses version {child.Version} of {definitionId}");
            await runtime.SaveDefinitionAsync(json.ToJsonString(ElsaJson.Options), cancellationToken);
            affected.Add(consumer);
        }

        return ElsaJson.Answer(new { AffectedWorkflows = affected });
    }

    private static async Task<IReadOnlyList<string>> ConsumersOfAsync(string definitionId, DefinitionDigests digests, CancellationToken cancellationToken) =>
        [.. (await digests.AllAsync(cancellationToken)).Values.Where(d => d.IsLatest && d.Uses.Values.Contains(definitionId)).Select(d => d.DefinitionId).Order(StringComparer.Ordinal)];
}
