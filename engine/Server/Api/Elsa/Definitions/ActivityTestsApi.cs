using System.Text.Json.Nodes;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Api.Elsa.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tryout;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary><c>/tests/activities</c>: runs one step of a definition by itself, in memory; nothing of it is stored and nothing leaves the office.</summary>
internal static class ActivityTestsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tests/activities", RunAsync);

    private static async Task<IResult> RunAsync(HttpContext http, WorkflowStore store, TryoutDesk tryouts, TimeProvider clock, CancellationToken cancellationToken)
    {
        TryoutDesk.Need(http);
        var body = await ElsaBody.ReadAsync(http);
        var stored = await FindAsync(body["workflowDefinitionHandle"] as JsonObject ?? [], store, cancellationToken);
        var definition = StudioForm.Read(stored.Json);
        ActivityTree.Place(definition);
        var step = Step(definition, body["activityHandle"] as JsonObject ?? []);
        definition["root"] = step.DeepClone();

        var setting = await tryouts.SettingAsync(definition.ToJsonString(ElsaJson.Options), cancellationToken);
        var stage = new TryoutStage(setting.Directory, setting.Registry, clock.GetUtcNow(), null);
        await stage.OpenAsync(setting.Json, setting.Others, cancellationToken);
        var id = await stage.StartAsync(new StartRequest { DefinitionId = stored.DefinitionId }, cancellationToken);
        return ElsaJson.Answer(Answer(step, [.. stage.Journal.Where(l => l.InstanceId == id && l.ActivityId == ElsaJson.Text(step["id"]))], await stage.Store.FindInstanceAsync(id, cancellationToken)));
    }

    private static async Task<StoredDefinition> FindAsync(JsonObject handle, WorkflowStore store, CancellationToken cancellationToken) =>
        ElsaJson.Text(handle["definitionVersionId"]) is { Length: > 0 } versionId
            ? await store.FindDefinitionVersionAsync(versionId, cancellationToken) ?? throw OfficeProblem.NotFound("version of a workflow", versionId, "Look under Workflows.")
            : await store.FindAsync(ElsaJson.Text(handle["definitionId"]) ?? "", ElsaJson.Text(handle["versionOptions"]) ?? "Latest", cancellationToken);

    private static JsonObject Step(JsonObject definition, JsonObject handle)
    {
        var (id, nodeId) = (ElsaJson.Text(handle["activityId"]), ElsaJson.Text(handle["activityNodeId"]));
        return ActivityTree.All(definition["root"]).FirstOrDefault(a => nodeId is null ? ElsaJson.Text(a["id"]) == id : ElsaJson.Text(a["nodeId"]) == nodeId)
            ?? throw OfficeProblem.NotFound("step", nodeId ?? id ?? "", "Give activityHandle with the activityId or activityNodeId of a step.");
    }

    private static JsonObject Answer(JsonObject step, IReadOnlyList<JournalEntry> lines, WorkflowInstance? instance)
    {
        var fault = lines.LastOrDefault(l => l.Event == "Faulted")?.Message;
        var outcomes = lines.LastOrDefault(l => l.Event == "Completed")?.Outcomes();
        return new JsonObject
        {
            ["activityState"] = StepStates.Of(step, lines.LastOrDefault(l => l.Event == "Started")?.Data),
            ["payload"] = outcomes is null ? null : new JsonObject { ["Outcomes"] = new JsonArray([.. outcomes.Select(o => (JsonNode)o)]) },
            ["outputs"] = instance is null ? new JsonObject() : InstanceView.Fields(InstanceSnapshot.Of(instance).Output),
            ["exception"] = fault is null ? null : ExecutionJson.Exception(fault),
            ["status"] = (fault is not null ? ActivityStatus.Faulted : outcomes is not null ? ActivityStatus.Completed : ActivityStatus.Running).ToString(),
        };
    }
}
