using System.Text.Json.Nodes;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Api.Elsa.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary><c>execute</c> and <c>dispatch</c>: starts a workflow. Whoever may start workflows starts what is published; drafts are for those who draw.</summary>
internal static class ExecutionApi
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const int MostAtOnce = 100;
    private const string CannotStartHeader = "x-elsa-workflow-cannot-start";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync);
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", DispatchAsync);
        api.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", DispatchManyAsync);
    }

    private static async Task<IResult> ExecuteAsync(string definitionId, HttpContext http, WorkflowStore store, InstanceView view, Starter starter, CancellationToken cancellationToken)
    {
        if (await StartAsync(definitionId, http, store, starter, cancellationToken) is not { } id)
            return ElsaJson.Answer(new { WorkflowState = (object?)null });

        var instance = await store.FindInstanceAsync(id, CancellationToken.None) ?? throw new WorkflowNotFoundException("instance", id);
        return ElsaJson.Answer(new { WorkflowState = await view.StateAsync(instance, http.Caller(), CancellationToken.None) });
    }

    private static async Task<IResult> DispatchAsync(string definitionId, HttpContext http, WorkflowStore store, Starter starter, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { WorkflowInstanceId = await StartAsync(definitionId, http, store, starter, cancellationToken) });

    /// <summary>Starts it several times with the same input; those that may not start now are not among the ids.</summary>
    private static async Task<IResult> DispatchManyAsync(string definitionId, HttpContext http, WorkflowStore store, Starter starter, CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(http);
        var count = body["count"] is null ? 1 : ElsaJson.Number(body["count"]) is { } number and >= 1 and <= MostAtOnce ? number
            : throw new OfficeProblem(400, "count-unreadable", $"'{body["count"]}' is no number from 1 to {MostAtOnce}.", "Nothing was started.");
        var stored = await store.FindAsync(definitionId, ElsaJson.Text(body["versionOptions"]) ?? "Published", cancellationToken);
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (await starter.StartAsync(stored, body, http, cancellationToken) is { } id)
                ids.Add(id);
        }

        return ElsaJson.Answer(new { WorkflowInstanceIds = ids });
    }

    private static async Task<string?> StartAsync(string definitionId, HttpContext http, WorkflowStore store, Starter starter, CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(http);
        var stored = await store.FindAsync(definitionId, ElsaJson.Text(body["versionOptions"]) ?? "Published", cancellationToken);
        var id = await starter.StartAsync(stored, body, http, cancellationToken);
        if (id is null)
            http.Response.Headers[CannotStartHeader] = "true";
        else
            http.Response.Headers[InstanceHeader] = id;
        return id;
    }
}

/// <summary>Starts a version with what an Elsa client sends.</summary>
internal sealed class Starter(WorkflowDesk desk, WorkflowRuntime runtime, DirectoryCache directory, AuditTrail audit)
{
    /// <returns>The instance; null when the workflow may not start now.</returns>
    public async Task<string?> StartAsync(StoredDefinition stored, JsonObject body, HttpContext http, CancellationToken cancellationToken)
    {
        var input = body["input"] as JsonObject ?? [];
        var isPlain = stored.IsPublished && ((string[])["correlationId", "name", "triggerActivityId"]).All(f => string.IsNullOrEmpty(ElsaJson.Text(body[f])));
        var caller = isPlain ? http.Caller() : http.Drawer();
        using var deed = audit.Begin(caller, "start-workflow", written => written.Instance is { } begun ? (begun.Id, $"{stored.DefinitionId} version {stored.Version}") : null);
        return isPlain ? await PublishedAsync(stored, input, caller, cancellationToken) : await VersionAsync(stored, body, input, caller, cancellationToken);
    }

    private async Task<string?> PublishedAsync(StoredDefinition stored, JsonObject input, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.StartAsync(stored.DefinitionId, input, caller.Account, null, cancellationToken);
        }
        catch (OfficeProblem problem) when (problem.Code == "cannot-start")
        {
            return null;
        }
    }

    private async Task<string?> VersionAsync(StoredDefinition stored, JsonObject body, JsonObject input, Caller caller, CancellationToken cancellationToken)
    {
        var started = await runtime.StartAsync(
            new StartRequest
            {
                DefinitionId = stored.DefinitionId,
                VersionId = stored.VersionId,
                Input = Value.ParseJson(input.ToJsonString()).AsObject(),
                CorrelationId = NotEmpty(body["correlationId"]),
                Name = NotEmpty(body["name"]),
                TriggerActivityId = NotEmpty(body["triggerActivityId"]),
                Actor = caller.Account.Name,
            },
            cancellationToken);
        await directory.RefreshAsync(cancellationToken);
        return started.CannotStart ? null : started.InstanceId;
    }

    private static string? NotEmpty(JsonNode? node) => ElsaJson.Text(node) is { Length: > 0 } text ? text : null;
}
