using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/workflows</c>: what can be started.</summary>
internal static class WorkflowsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflows", ListAsync);
        api.MapGet("/workflows/{definitionId}", ExportAsync);
        api.MapPost("/workflows/publish", PublishAsync);
        api.MapPost("/workflows/{definitionId}/start", StartAsync);
    }

    /// <summary>Each workflow once: the published version, else the latest.</summary>
    private static async Task<IResult> ListAsync(WorkflowStore store, CancellationToken cancellationToken)
    {
        var definitions = await store.ListDefinitionsAsync(cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var running = await context.Instances.Where(i => i.Status == WorkflowStatus.Running)
            .GroupBy(i => i.DefinitionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return OfficeApi.Answer(definitions
            .GroupBy(d => d.DefinitionId)
            .Select(g => g.FirstOrDefault(d => d.IsPublished) ?? g.MaxBy(d => d.Version)!)
            .OrderBy(d => d.DefinitionId, StringComparer.Ordinal)
            .Select(d => Read(d, running.GetValueOrDefault(d.DefinitionId))));
    }

    /// <summary>The published definition as Elsa 3 JSON.</summary>
    private static async Task<IResult> ExportAsync(string definitionId, WorkflowDesk workflows, CancellationToken cancellationToken) =>
        Results.Text((await workflows.FindPublishedAsync(definitionId, cancellationToken)).Json, "application/json");

    private static Task<IResult> PublishAsync(HttpContext http, WorkflowDesk workflows, WorkflowStore store, AuditTrail audit, CancellationToken cancellationToken) => Once.AnswerAsync(http, async key =>
    {
        var caller = http.Caller();
        caller.Need("publish workflows", OfficeRoles.UnitProductionManager);
        var body = await ApiBody.ReadAsync<JsonObject>(http);
        var json = body.ToJsonString();
        var stands = body["definitionId"] is JsonValue id && id.TryGetValue(out string? name) ? await store.FindDefinitionAsync(name, published: true, cancellationToken) : null;
        var isDone = await Begun.NoteAsync(http, key, stands?.Version ?? 0) is { } earlier && stands?.Version > earlier && Begun.IsSame(stands, json);
        using var deed = audit.BeginVersion(caller, "publish-workflow", published: true);
        var published = isDone ? stands! : await workflows.PublishAsync(json, cancellationToken);
        return Read(published, 0);
    });

    private static Task<IResult> StartAsync(
        string definitionId, HttpContext http, WorkflowDesk workflows, WorkflowStore store, DirectoryCache cache, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken) => Once.AnswerAsync(http, async key =>
    {
        var body = await ApiBody.ReadAsync<StartWorkflow>(http);
        var caller = http.Caller();
        using var deed = audit.Begin(caller, "start-workflow", written => written.Instance is { } begun ? (begun.Id, definitionId) : null);
        var id = await workflows.StartAsync(definitionId, body.Input ?? [], caller.Account, key, cancellationToken);
        var instance = await InstanceReader.FindAsync(id, store, cache, clock, CancellationToken.None);
        return new StartedJson(id, id, definitionId, instance.Version, instance.Status, instance.SubStatus, instance.CorrelationId, instance.Name, instance.WaitingFor);
    });

    private static WorkflowJson Read(StoredDefinition definition, int running)
    {
        using var json = JsonDocument.Parse(definition.Json);
        var root = json.RootElement;
        var inputs = root.TryGetProperty("inputs", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(i => new WorkflowInputJson(Text(i, "name") ?? "", Text(i, "type") ?? "Object", Text(i, "description"))).ToList()
            : [];
        return new WorkflowJson(
            definition.DefinitionId, definition.DefinitionId, definition.Version, definition.Name, Text(root, "description"), definition.IsPublished, definition.IsLatest, running, inputs);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Body of <c>POST /office/v1/workflows/{definitionId}/start</c>.</summary>
internal sealed record StartWorkflow(JsonObject? Input = null);
