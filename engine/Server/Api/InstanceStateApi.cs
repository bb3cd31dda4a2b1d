using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Alterations;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/instances</c>: repairs of single instances, and their way to another office.</summary>
internal static class InstanceStateApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/stimuli", ListKeptAsync);
        api.MapGet("/instances/{id}/export", ExportAsync);
        api.MapPost("/instances/import", ImportAsync);
        api.MapPost("/instances/{id}/alter", AlterAsync);
    }

    /// <summary>Events that nobody has waited for yet.</summary>
    private static async Task<IResult> ListKeptAsync(WorkflowRuntime runtime, CancellationToken cancellationToken) => OfficeApi.Answer(await runtime.ListKeptStimuliAsync(cancellationToken));

    private static async Task<IResult> ExportAsync(string id, HttpContext http, WorkflowRuntime runtime, WorkflowStore store, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Caller().Need("export instances", OfficeRoles.UnitProductionManager);
        if ((await InstanceReader.FindAsync(id, store, cache, clock, cancellationToken)).AtRest != true)
            throw new OfficeProblem(409, "not-at-rest", $"{id} is under way: what it is doing would be lost.", "Export it again in a moment.");
        return Results.Text(await runtime.ExportInstanceAsync(id, cancellationToken), "application/json");
    }

    private static Task<IResult> ImportAsync(HttpContext http, WorkflowRuntime runtime, AuditTrail audit, WorkflowStore store, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken) => Once.AnswerAsync(http, async _ =>
    {
        var caller = http.Caller();
        caller.Need("import instances", OfficeRoles.UnitProductionManager);
        using var deed = audit.Begin(caller, "import-instance", written => written.Instance is { } taken ? (taken.Id, taken.DefinitionId) : null);
        var instance = await runtime.ImportInstanceAsync((await ApiBody.ReadAsync<JsonObject>(http)).ToJsonString(), caller.Account.Name, cancellationToken);
        return await InstanceReader.FindAsync(instance.Id, store, cache, clock, CancellationToken.None);
    });

    private static Task<IResult> AlterAsync(string id, HttpContext http, WorkflowRuntime runtime, AuditTrail audit, WorkflowStore store, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken) => Once.AnswerAsync(http, async _ =>
    {
        var caller = http.Caller();
        caller.Need("repair workflows by hand", OfficeRoles.UnitProductionManager);
        var body = await ApiBody.ReadAsync<AlterBody>(http);
        if (body.Alterations is not { Count: > 0 })
            throw new OfficeProblem(422, "alterations-missing", "It is not said what to change.", "Give alterations: a list of {kind: retry|skip|cancel|set|schedule, …}.");

        var failed = new Lazy<Task<string>>(() => LastFailedAsync(id, store, cancellationToken));
        var alterations = new List<Alteration>();
        foreach (var json in body.Alterations)
            alterations.Add(await ReadAsync(json, failed));
        using var deed = audit.Begin(caller, "alter-instance", id, string.Join(", ", body.Alterations.Select(a => a.Kind)) + (body.Reason is null ? "" : ": " + body.Reason));
        await runtime.AlterAsync(id, alterations, caller.Account.Name, body.Reason, cancellationToken);
        return await InstanceReader.FindAsync(id, store, cache, clock, CancellationToken.None);
    });

    private static async Task<Alteration> ReadAsync(AlterationJson json, Lazy<Task<string>> failed)
    {
        switch (json.Kind)
        {
            case "retry":
                return new RetryActivity(json.ActivityInstanceId ?? await failed.Value);
            case "skip":
                return new SkipActivity(json.ActivityInstanceId ?? await failed.Value, json.Outcome);
            case "cancel":
                return new CancelActivity(json.ActivityInstanceId ?? await failed.Value);
            case "set" when json.Variable is { Length: > 0 } name:
                return new ModifyVariable(name, json.Value is { ValueKind: not JsonValueKind.Undefined } value ? Value.FromJson(value) : Value.Null, json.ActivityInstanceId);
            case "schedule" when json.ActivityId is { Length: > 0 } activity:
                return new ScheduleActivity(activity);
            default:
                throw new OfficeProblem(422, "alteration-unreadable", $"'{json.Kind}' is no change, or lacks what it is about.", "Give kind retry, skip or cancel (activityInstanceId, outcome), set (variable, value) or schedule (activityId).");
        }
    }

    /// <summary>The activity that failed last, so that the usual repair needs no id.</summary>
    private static async Task<string> LastFailedAsync(string id, WorkflowStore store, CancellationToken cancellationToken)
    {
        var instance = await store.FindInstanceAsync(id, cancellationToken) ?? throw OfficeProblem.NotFound("running or finished workflow", id, "List them with 'office instance list'.");
        return Engine.Instances.InstanceSnapshot.Of(instance).Incidents is [.., var last]
            ? last.ActivityInstanceId
            : throw new OfficeProblem(409, "nothing-failed", $"Nothing has failed in {id}.", "Give activityInstanceId of the activity that is meant.");
    }
}

/// <summary>Body of <c>POST /office/v1/instances/{id}/alter</c>; all of it is done or nothing.</summary>
internal sealed record AlterBody(IReadOnlyList<AlterationJson>? Alterations = null, string? Reason = null);

/// <summary>One change.</summary>
/// <param name="Kind">retry, skip, cancel, set or schedule.</param>
/// <param name="ActivityInstanceId">The execution; null for the one that failed last.</param>
internal sealed record AlterationJson(string Kind, string? ActivityInstanceId = null, string? Outcome = null, string? Variable = null, JsonElement? Value = null, string? ActivityId = null);
