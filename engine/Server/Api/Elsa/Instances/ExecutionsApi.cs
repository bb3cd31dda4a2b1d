using System.Text.Json.Nodes;
using ProductionOffice.Engine.Running;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary><c>/activity-executions</c>: what each step of an instance did, and the numbers on the drawing.</summary>
internal static class ExecutionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/activity-executions/report", ReportAsync);
        api.MapGet("/activity-executions/list", RecordsAsync);
        api.MapGet("/activity-executions/count", CountAsync);
        api.MapGet("/activity-execution-summaries/list", SummariesAsync);
        api.MapGet("/activity-executions/by-id", ShowNamedAsync);
        api.MapGet("/activity-executions/{id}", ShowAsync);
        api.MapGet("/activity-executions/{id}/call-stack", CallStackAsync);
    }

    private static async Task<IResult> ReportAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(http);
        var wanted = ElsaBulk.Texts(body, "activityNodeIds");
        var executions = (await ReadAsync(ElsaJson.Text(body["workflowInstanceId"]) ?? "", store, cancellationToken)).ToLookup(e => e.ActivityNodeId);
        var stats = wanted.Where(executions.Contains).Select(nodeId =>
        {
            var all = executions[nodeId].ToList();
            var completed = all.Count(e => e.Status == ActivityStatus.Completed);
            return new
            {
                all[0].ActivityId,
                ActivityNodeId = nodeId,
                StartedCount = all.Count,
                CompletedCount = completed,
                UncompletedCount = all.Count - completed,
                IsBlocked = all.Exists(e => e.HasBookmarks),
                IsFaulted = all.Exists(e => e.Status == ActivityStatus.Faulted),
                AggregateFaultCount = all.Count(e => e.Fault is not null),
                Metadata = new Dictionary<string, object>(),
            };
        });
        return ElsaJson.Answer(new { Stats = stats.ToList() });
    }

    private static async Task<IResult> RecordsAsync(HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken) =>
        ElsaJson.List(await WithStatesAsync(await ListAsync(http, store, cancellationToken), http, store, directory, cancellationToken));

    private static async Task<IResult> SummariesAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken) =>
        ElsaJson.List((await ListAsync(http, store, cancellationToken)).Select(ExecutionJson.Summary).ToList());

    private static async Task<IResult> CountAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { (await ListAsync(http, store, cancellationToken)).Count });

    private static Task<IResult> ShowNamedAsync(HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken) => ShowAsync(ElsaQuery.Text(http, "id") ?? "", http, store, directory, cancellationToken);

    private static async Task<IReadOnlyList<Execution>> ListAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken)
    {
        var (nodeId, activityId, completed) = (ElsaQuery.Text(http, "activityNodeId"), ElsaQuery.Text(http, "activityId"), ElsaQuery.Flag(http, "completed"));
        return [.. (await ReadAsync(ElsaQuery.Text(http, "workflowInstanceId") ?? "", store, cancellationToken))
            .Where(e => (nodeId is null || e.ActivityNodeId == nodeId) && (activityId is null || e.ActivityId == activityId) && (completed is null || completed == (e.CompletedAt is not null)))];
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken) =>
        ElsaJson.Answer((await WithStatesAsync([await FindAsync(id, store, cancellationToken)], http, store, directory, cancellationToken))[0]);

    private static async Task<IResult> CallStackAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken)
    {
        var stack = ExecutionJson.Stack(await FindAsync(id, store, cancellationToken));
        return ElsaJson.Answer(new { ActivityExecutionId = id, Items = await WithStatesAsync(stack, http, store, directory, cancellationToken), TotalCount = stack.Count });
    }

    /// <summary>Executions of one instance with what they were given.</summary>
    private static async Task<IReadOnlyList<JsonObject>> WithStatesAsync(IReadOnlyList<Execution> executions, HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken)
    {
        if (executions.Count == 0)
            return [];

        await using var context = await store.ReadAsync(cancellationToken);
        return await StepStates.ReadAsync(context, executions[0].InstanceId, http.Caller(), directory, cancellationToken) is { } states ? [.. executions.Select(e => ExecutionJson.Record(e, states))] : [];
    }

    private static async Task<Execution> FindAsync(string id, WorkflowStore store, CancellationToken cancellationToken) =>
        (ExecutionId.Instance(id) is { } instanceId ? (await ReadAsync(instanceId, store, cancellationToken)).FirstOrDefault(e => e.Id == id) : null)
        ?? throw OfficeProblem.NotFound("execution of a step", id, $"List them under {ElsaApi.Root}/activity-executions/list.");

    private static async Task<IReadOnlyList<Execution>> ReadAsync(string instanceId, WorkflowStore store, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await Executions.ReadAsync(context, instanceId, cancellationToken);
    }
}
