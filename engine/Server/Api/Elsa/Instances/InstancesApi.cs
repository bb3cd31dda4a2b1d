using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary><c>/workflow-instances</c>: what runs and what ran.</summary>
internal static class InstancesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances", FindAllAsync);
        api.MapGet("/workflow-instances", ListAsync);
        api.MapGet("/workflow-instances/{id}", ShowAsync);
        api.MapGet("/workflow-instances/{id}/execution-state", StateAsync);
        api.MapGet("/workflow-instances/{id}/variables", VariablesAsync);
    }

    private static async Task<IResult> FindAllAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken) => await PageAsync(await ElsaBody.ReadAsync(http), store, cancellationToken);

    private static Task<IResult> ListAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken) => PageAsync(InstanceFilter.OfQuery(http), store, cancellationToken);

    private static async Task<IResult> PageAsync(JsonObject filter, WorkflowStore store, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var rows = InstanceFilter.Where(context.Instances, filter);
        var total = await rows.CountAsync(cancellationToken);
        var (skip, take) = ElsaQuery.Page(ElsaJson.Number(filter["page"]), ElsaJson.Number(filter["pageSize"]) ?? 100);
        // Ids first, which an index gives; the rows passed over are not read.
        var ids = await InstanceFilter.Order(rows, filter).Select(i => i.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var found = await InstanceSummary.Of(context.Instances.Where(i => ids.Contains(i.Id))).ToDictionaryAsync(i => i.Id, cancellationToken);
        return ElsaJson.Paged(ids.Select(id => found.GetValueOrDefault(id)).OfType<InstanceSummary>().ToList(), total);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, WorkflowStore store, InstanceView view, CancellationToken cancellationToken)
    {
        var instance = await FindAsync(id, store, cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var json = System.Text.Json.JsonSerializer.SerializeToNode(await InstanceSummary.Of(context.Instances.Where(i => i.Id == id)).FirstAsync(cancellationToken), ElsaJson.Options)!.AsObject();
        json["workflowState"] = await view.StateAsync(instance, http.Caller(), cancellationToken);
        return ElsaJson.Answer(json);
    }

    /// <summary>Asked for every few seconds by each open drawing, so it reads no state.</summary>
    private static async Task<IResult> StateAsync(string id, WorkflowStore store, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var found = await context.Instances.Where(i => i.Id == id).Select(i => new { Status = i.Status.ToString(), WorkflowSubStatus = i.SubStatus.ToString(), i.UpdatedAt }).FirstOrDefaultAsync(cancellationToken);
        return ElsaJson.Answer(found ?? throw Missing(id));
    }

    private static async Task<IResult> VariablesAsync(string id, HttpContext http, WorkflowStore store, InstanceView view, CancellationToken cancellationToken) =>
        ElsaJson.List(await view.VariablesAsync(await FindAsync(id, store, cancellationToken), http.Caller(), cancellationToken));

    public static async Task<WorkflowInstance> FindAsync(string id, WorkflowStore store, CancellationToken cancellationToken) => await store.FindInstanceAsync(id, cancellationToken) ?? throw Missing(id);

    private static OfficeProblem Missing(string id) => OfficeProblem.NotFound("running or finished workflow", id, "List them with 'office instance list'.");
}
