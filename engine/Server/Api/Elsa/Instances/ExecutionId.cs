namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>Ids of executions: the engine counts them within an instance, Elsa's clients ask for them without one.</summary>
internal static class ExecutionId
{
    public static string Of(string instanceId, string activityInstanceId) => $"{instanceId}.{activityInstanceId}";

    /// <summary>The instance of an execution; null when it is no id of one.</summary>
    public static string? Instance(string id) => id.LastIndexOf('.') is > 0 and var dot ? id[..dot] : null;
}
