using System.Text.Json.Nodes;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary><c>/tasks/{id}/complete</c> and <c>/events/{name}/trigger</c>: tells what waits that it has come.</summary>
internal static class SignalsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/tasks/{taskId}/complete", CompleteAsync);
        api.MapPost("/events/{eventName}/trigger", TriggerAsync);
    }

    private static async Task<IResult> CompleteAsync(string taskId, HttpContext http, WorkflowRuntime runtime, DirectoryCache directory, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Runner();
        var body = await ElsaBody.ReadAsync(http);
        using var deed = audit.Begin(caller, "complete-task", written => (taskId, written.Instance?.Id), isEach: true);
        var answer = await runtime.SendAsync(Stimulus.TaskCompleted(taskId, Read(body["result"])) with { Actor = caller.Account.Name, Keep = false }, cancellationToken);
        if (answer.Resumed.Count == 0)
            throw OfficeProblem.NotFound("task that is waited for", taskId, "It may have been completed already. Nothing was changed.");

        await directory.RefreshAsync(CancellationToken.None);
        return Results.Ok();
    }

    private static async Task<IResult> TriggerAsync(string eventName, HttpContext http, WorkflowRuntime runtime, DirectoryCache directory, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = http.Runner();
        var body = await ElsaBody.ReadAsync(http);
        var stimulus = Stimulus.Event(eventName, Read(body["input"]), ElsaJson.Text(body["correlationId"]), ElsaJson.Text(body["workflowInstanceId"]));
        using var deed = audit.Begin(caller, "trigger-event", written => (eventName, written.Instance?.Id), isEach: true);
        var answer = await runtime.SendAsync(stimulus with { Actor = caller.Account.Name }, cancellationToken);
        await directory.RefreshAsync(CancellationToken.None);
        return ElsaJson.Answer(new { answer.Started, answer.Resumed, answer.Kept });
    }

    private static Value Read(JsonNode? node) => node is null ? Value.Undefined : Value.ParseJson(node.ToJsonString());
}
