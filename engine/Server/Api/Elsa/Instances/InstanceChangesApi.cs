using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>Cancels, deletes, exports and takes in instances, one or many.</summary>
internal static class InstanceChangesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id}", CancelAsync);
        api.MapDelete("/workflow-instances/{id}", DeleteAsync);
        api.MapGet("/workflow-instances/{id}/export", ExportAsync);
        var bulk = api.MapGroup("/bulk-actions");
        bulk.MapPost("/cancel/workflow-instances", CancelManyAsync);
        bulk.MapPost("/delete/workflow-instances/by-id", DeleteManyAsync);
        bulk.MapPost("/export/workflow-instances", ExportManyAsync);
        bulk.MapPost("/import/workflow-instances", ImportAsync);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Runner();
        using var deed = audit.Begin(caller, "cancel-instance", id, null);
        await runtime.CancelAsync(id, caller.Account.Name, null, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>By ids, or all that run of a definition or of a version of it.</summary>
    private static async Task<IResult> CancelManyAsync(HttpContext http, WorkflowRuntime runtime, WorkflowStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Runner();
        var body = await ElsaBody.ReadAsync(http);
        var (ids, definitionId, versionId) = (ElsaBulk.Texts(body, "ids"), ElsaJson.Text(body["definitionId"]), ElsaJson.Text(body["definitionVersionId"]));
        if (ids.Count == 0 && definitionId is null && versionId is null)
            throw new OfficeProblem(400, "ids-missing", "It is not said what to cancel.", "Give ids, definitionId or definitionVersionId.");

        await using var context = await store.ReadAsync(cancellationToken);
        var running = await context.Instances
            .Where(i => i.Status == WorkflowStatus.Running && (ids.Count == 0 || ids.Contains(i.Id)) && (definitionId == null || i.DefinitionId == definitionId) && (versionId == null || i.DefinitionVersionId == versionId))
            .Select(i => i.Id).ToListAsync(cancellationToken);
        foreach (var id in running)
        {
            using var deed = audit.Begin(caller, "cancel-instance", id, null);
            await runtime.CancelAsync(id, caller.Account.Name, null, cancellationToken);
        }

        return ElsaJson.Answer(new { Cancelled = running.Count });
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, WorkflowStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = Keeper(http);
        var instance = await InstancesApi.FindAsync(id, store, cancellationToken);
        if (instance.Status == WorkflowStatus.Running)
            throw new OfficeProblem(409, "instance-running", $"'{instance.Name ?? id}' is still running.", "Cancel it first. Nothing was deleted.");

        using var deed = audit.Begin(caller, "delete-instance", id, instance.DefinitionId);
        await store.DeleteInstancesAsync([id], cancellationToken);
        return Results.NoContent();
    }

    /// <summary>What is still running stays, and is not counted.</summary>
    private static async Task<IResult> DeleteManyAsync(HttpContext http, WorkflowStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = Keeper(http);
        var ids = ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "ids");
        await using var context = await store.ReadAsync(cancellationToken);
        var ended = await context.Instances.Where(i => ids.Contains(i.Id) && i.Status == WorkflowStatus.Finished).Select(i => i.Id).ToListAsync(cancellationToken);
        foreach (var id in ended)
        {
            using var deed = audit.Begin(caller, "delete-instance", id, null);
            await store.DeleteInstancesAsync([id], cancellationToken);
        }

        return ElsaJson.Answer(new { Deleted = ended.Count, DeletedCount = ended.Count });
    }

    private static async Task<IResult> ExportAsync(string id, HttpContext http, WorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        Keeper(http);
        return Results.Bytes(Encoding.UTF8.GetBytes(await runtime.ExportInstanceAsync(id, cancellationToken)), "application/json", $"workflow-instance-{id}.json");
    }

    private static async Task<IResult> ExportManyAsync(HttpContext http, WorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        Keeper(http);
        var files = new List<(string, byte[])>();
        foreach (var id in ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "ids"))
            files.Add(($"workflow-instance-{id}.json", Encoding.UTF8.GetBytes(await runtime.ExportInstanceAsync(id, cancellationToken))));
        return Results.Bytes(await Definitions.ElsaArchive.OfAsync(files, cancellationToken), "application/zip", "workflow-instances.zip");
    }

    private static async Task<IResult> ImportAsync(HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = Keeper(http);
        var taken = 0;
        foreach (JsonObject json in await Definitions.ElsaArchive.ReadAsync(http, cancellationToken))
        {
            using var deed = audit.Begin(caller, "import-instance", written => written.Instance is { } instance ? (instance.Id, instance.DefinitionId) : null);
            await runtime.ImportInstanceAsync(json.ToJsonString(ElsaJson.Options), caller.Account.Name, cancellationToken);
            taken++;
        }

        return ElsaJson.Answer(new { Imported = taken, Count = taken });
    }

    private static Caller Keeper(HttpContext http)
    {
        var caller = http.Caller();
        caller.Need("delete, export or take in instances", OfficeRoles.UnitProductionManager);
        return caller;
    }
}
