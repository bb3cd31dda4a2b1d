using System.Text.Json.Nodes;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Incidents;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Api.Elsa.Definitions;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>A single instance as Elsa's clients read it; values are left out for those who may not see them.</summary>
internal sealed class InstanceView(WorkflowStore store, DirectoryCache directory)
{
    public async Task<JsonObject> StateAsync(WorkflowInstance instance, Caller caller, CancellationToken cancellationToken)
    {
        var sees = caller.SeesValues(instance.CorrelationId, directory.Current);
        var snapshot = InstanceSnapshot.Of(instance);
        await using var context = await store.ReadAsync(cancellationToken);
        var executions = await Executions.ReadAsync(context, instance.Id, cancellationToken);
        var active = snapshot.ActiveNodeIds.ToHashSet(StringComparer.Ordinal);
        return new JsonObject
        {
            ["id"] = instance.Id,
            ["definitionId"] = instance.DefinitionId,
            ["definitionVersionId"] = instance.DefinitionVersionId,
            ["definitionVersion"] = instance.DefinitionVersion,
            ["correlationId"] = instance.CorrelationId,
            ["name"] = instance.Name,
            ["parentWorkflowInstanceId"] = instance.ParentInstanceId,
            ["status"] = instance.Status.ToString(),
            ["subStatus"] = instance.SubStatus.ToString(),
            ["bookmarks"] = new JsonArray([.. (await store.ListBookmarksAsync(instance.Id, cancellationToken)).Select(b => (JsonNode)Of(b, sees))]),
            ["incidents"] = new JsonArray([.. snapshot.Incidents.Select(i => (JsonNode)Of(i, instance.Id))]),
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray([.. executions.Where(e => e.CompletedAt is null && active.Contains(e.ActivityNodeId)).Select(e => (JsonNode)Of(e))]),
            ["input"] = sees ? Fields(snapshot.Input) : new JsonObject(),
            ["output"] = sees ? Fields(snapshot.Output) : new JsonObject(),
            ["properties"] = new JsonObject(),
            ["createdAt"] = instance.CreatedAt,
            ["updatedAt"] = instance.UpdatedAt,
            ["finishedAt"] = instance.FinishedAt,
        };
    }

    /// <summary>Variables of the workflow with their names; without values for those who may not see them.</summary>
    public async Task<IReadOnlyList<object>> VariablesAsync(WorkflowInstance instance, Caller caller, CancellationToken cancellationToken)
    {
        var sees = caller.SeesValues(instance.CorrelationId, directory.Current);
        var definition = await store.FindDefinitionVersionAsync(instance.DefinitionVersionId, cancellationToken);
        var names = definition is null ? [] : ElsaJson.Items(StudioForm.Read(definition.Json)["variables"]).OfType<JsonObject>()
            .Select(v => (Id: ElsaJson.Text(v["id"]) ?? ElsaJson.Text(v["name"]) ?? "", Name: ElsaJson.Text(v["name"]))).DistinctBy(v => v.Id).ToDictionary(v => v.Id, v => v.Name);
        var variables = new List<object>();
        foreach (var (id, value) in InstanceSnapshot.Of(instance).Variables)
            variables.Add(new { Id = id, Name = names.GetValueOrDefault(id) ?? id, Value = sees ? Json(value) : null });
        return variables;
    }

    private static JsonObject Of(Bookmark bookmark, bool sees) => new()
    {
        ["id"] = bookmark.Id,
        ["name"] = bookmark.Name,
        ["hash"] = bookmark.Hash,
        ["payload"] = sees && bookmark.Stimulus is not null ? JsonNode.Parse(bookmark.Stimulus) : null,
        ["activityNodeId"] = bookmark.ActivityNodeId,
        ["activityId"] = bookmark.ActivityId,
        ["activityInstanceId"] = ExecutionId.Of(bookmark.InstanceId, bookmark.ActivityInstanceId),
        ["createdAt"] = bookmark.CreatedAt,
        ["autoBurn"] = bookmark.AutoBurn,
        ["callbackMethodName"] = bookmark.Callback,
        ["autoComplete"] = bookmark.Callback is null,
        ["metadata"] = null,
    };

    private static JsonObject Of(Incident incident, string instanceId) => new()
    {
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.ActivityNodeId,
        ["activityInstanceId"] = ExecutionId.Of(instanceId, incident.ActivityInstanceId),
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exception"] = null,
        ["timestamp"] = incident.At,
    };

    private static JsonObject Of(Execution execution) => new()
    {
        ["id"] = execution.Id,
        ["parentContextId"] = execution.Parent?.Id,
        ["scheduledActivityNodeId"] = execution.ActivityNodeId,
        ["ownerActivityNodeId"] = execution.Parent?.ActivityNodeId,
        ["status"] = execution.Status.ToString(),
        ["startedAt"] = execution.StartedAt,
        ["completedAt"] = null,
        ["properties"] = new JsonObject(),
        ["activityState"] = null,
    };

    public static JsonObject Fields(ObjectValue fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
            json[name] = Json(value);
        return json;
    }

    private static JsonNode? Json(Value value) => value.IsNullish ? null : JsonNode.Parse(value.ToJson());
}
