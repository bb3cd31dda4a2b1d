using System.Text.Json.Nodes;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Conformance;

/// <summary>What can be seen of a case from outside, in the shape of <c>tests/Conformance/elsa/README.md</c>.</summary>
public static class CaseState
{
    /// <summary>Reads it from the store of a case.</summary>
    /// <param name="store">The store.</param>
    /// <param name="instanceId">The instance under test; null when none was started.</param>
    /// <param name="lines">What WriteLine has written so far.</param>
    public static async Task<JsonObject> ReadAsync(MemoryWorkflowStore store, string? instanceId, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(lines);
        var state = new JsonObject();
        var instance = instanceId is null ? null : await store.FindInstanceAsync(instanceId, default);
        if (instance is not null)
        {
            state["status"] = instance.Status.ToString();
            state["subStatus"] = instance.SubStatus.ToString();
        }

        state["lines"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]);
        var bookmarks = instanceId is null ? [] : await store.ListBookmarksAsync(instanceId, default);
        state["bookmarks"] = new JsonArray([.. bookmarks.Select(b => (JsonNode)new JsonObject { ["activityId"] = b.ActivityId, ["name"] = b.Name })]);
        state["incidents"] = new JsonArray();
        if (instance is not null)
            await DescribeAsync(state, store, instance);
        state["instanceCount"] = store.Instances.Count;
        return state;
    }

    private static async Task DescribeAsync(JsonObject state, MemoryWorkflowStore store, WorkflowInstance instance)
    {
        var snapshot = InstanceSnapshot.Of(instance);
        state["incidents"] = new JsonArray([.. snapshot.Incidents.Select(i => (JsonNode)new JsonObject { ["activityId"] = i.ActivityId, ["activityType"] = i.ActivityType, ["message"] = i.Message })]);
        state["output"] = JsonNode.Parse(Value.From(snapshot.Output).ToJson());
        state["variables"] = JsonNode.Parse(Value.From(snapshot.Variables).ToJson());
        if (instance.CorrelationId is not null)
            state["correlationId"] = instance.CorrelationId;
        if (instance.Name is not null)
            state["name"] = instance.Name;
        state["journal"] = new JsonArray([.. (await store.ListJournalAsync(instance.Id, default)).Where(e => e.Event != "Note").Select(e => (JsonNode)$"{e.ActivityId}:{e.Event}")]);
    }
}
