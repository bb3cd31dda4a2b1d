using System.Text.Json.Nodes;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary><c>/bulk-actions/…/workflow-definitions</c>: the same for several at once; one that cannot be done keeps no other from it.</summary>
internal static class BulkDefinitionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var bulk = api.MapGroup("/bulk-actions");
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", PublishAsync);
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", RetractAsync);
        bulk.MapPost("/delete/workflow-definitions/by-definition-id", DeleteAsync);
        bulk.MapPost("/delete/workflow-definitions/by-id", DeleteVersionsAsync);
    }

    private static async Task<IResult> PublishAsync(HttpContext http, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        http.Drawer();
        var (published, already, missing, skipped) = (new List<string>(), new List<string>(), new List<string>(), new JsonObject());
        foreach (var id in ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "definitionIds"))
        {
            try
            {
                ((await desk.PublishAsync(id, http, cancellationToken)).AlreadyPublished ? already : published).Add(id);
            }
            catch (WorkflowNotFoundException)
            {
                missing.Add(id);
            }
            catch (DrawingRefusedException refused)
            {
                skipped[id] = string.Join(" ", refused.Errors);
            }
        }

        return ElsaJson.Answer(new { Published = published, AlreadyPublished = already, NotFound = missing, Skipped = skipped.Select(s => s.Key), Errors = skipped, UpdatedConsumers = Array.Empty<string>() });
    }

    private static async Task<IResult> RetractAsync(HttpContext http, DefinitionDesk desk, WorkflowStore store, CancellationToken cancellationToken)
    {
        http.Drawer();
        var (retracted, already, missing) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var id in ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "definitionIds"))
        {
            if (await store.FindDefinitionAsync(id, published: false, cancellationToken) is null)
            {
                missing.Add(id);
                continue;
            }

            var stood = await store.FindDefinitionAsync(id, published: true, cancellationToken) is not null;
            await desk.RetractAsync(id, http, cancellationToken);
            (stood ? retracted : already).Add(id);
        }

        return ElsaJson.Answer(new { Retracted = retracted, AlreadyRetracted = already, NotFound = missing, Skipped = Array.Empty<string>() });
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Drawer();
        return await EachAsync(ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "definitionIds"), async id =>
        {
            using var deed = audit.Begin(caller, "delete-workflow", id, "all versions");
            await runtime.DeleteDefinitionAsync(id, includeRunning: false, cancellationToken);
        });
    }

    private static async Task<IResult> DeleteVersionsAsync(HttpContext http, WorkflowRuntime runtime, WorkflowStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Drawer();
        var versions = await store.FindManyAsync(ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "ids"), cancellationToken);
        return await EachAsync(versions, async version =>
        {
            using var deed = audit.Begin(caller, "delete-workflow", version.DefinitionId, $"version {version.Version}");
            await runtime.DeleteVersionAsync(version.DefinitionId, version.Version, includeRunning: false, cancellationToken);
        });
    }

    /// <summary>What is running, or gone already, is not deleted and not counted.</summary>
    private static async Task<IResult> EachAsync<T>(IReadOnlyList<T> all, Func<T, Task> delete)
    {
        var deleted = 0;
        foreach (var one in all)
        {
            try
            {
                await delete(one);
                deleted++;
            }
            catch (Exception e) when (e is WorkflowNotFoundException or DefinitionInUseException)
            {
                // Stays as it is.
            }
        }

        return ElsaJson.Answer(new { DeletedCount = deleted });
    }
}
