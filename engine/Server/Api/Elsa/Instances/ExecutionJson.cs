using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>An execution as Elsa's clients read it.</summary>
internal static class ExecutionJson
{
    public static JsonObject Summary(Execution execution) => new()
    {
        ["id"] = execution.Id,
        ["workflowInstanceId"] = execution.InstanceId,
        ["activityId"] = execution.ActivityId,
        ["activityNodeId"] = execution.ActivityNodeId,
        ["activityType"] = execution.ActivityType,
        ["activityTypeVersion"] = 1,
        ["activityName"] = null,
        ["metadata"] = new JsonObject(),
        ["startedAt"] = execution.StartedAt,
        ["hasBookmarks"] = execution.HasBookmarks,
        ["status"] = execution.Status.ToString(),
        ["aggregateFaultCount"] = execution.Fault is null ? 0 : 1,
        ["completedAt"] = execution.CompletedAt,
        ["schedulingActivityExecutionId"] = execution.Parent?.Id,
        ["schedulingActivityId"] = execution.Parent?.ActivityId,
        ["schedulingWorkflowInstanceId"] = execution.Parent?.InstanceId,
        ["callStackDepth"] = Depth(execution),
    };

    public static JsonObject Record(Execution execution, StepStates states)
    {
        var record = Summary(execution);
        record["activityState"] = states.Of(execution.ActivityNodeId, execution.StartData);
        record["payload"] = execution.Outcomes is { } outcomes ? new JsonObject { ["Outcomes"] = new JsonArray([.. outcomes.Select(o => (JsonNode)o)]) } : null;
        record["outputs"] = new JsonObject();
        record["properties"] = new JsonObject();
        record["exception"] = execution.Fault is null ? null : Exception(execution.Fault);
        return record;
    }

    public static JsonObject Exception(string message) => new() { ["type"] = "Fault", ["message"] = message, ["stackTrace"] = null, ["innerException"] = null };

    /// <summary>The way from the workflow down to an execution, itself the last.</summary>
    public static IReadOnlyList<Execution> Stack(Execution execution) => execution.Parent is null ? [execution] : [.. Stack(execution.Parent), execution];

    private static int Depth(Execution execution) => Stack(execution).Count - 1;
}
