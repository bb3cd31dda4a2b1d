namespace ProductionOffice.Server.Api.Contracts;

/// <summary>A workflow that can be started.</summary>
/// <param name="Running">Number of instances that have not ended.</param>
internal sealed record WorkflowJson(
    string Id, string DefinitionId, int Version, string? Name, string? Description, bool IsPublished, bool IsLatest, int Running, IReadOnlyList<WorkflowInputJson> Inputs);

/// <summary>What a workflow can be given at its start.</summary>
internal sealed record WorkflowInputJson(string Name, string Type, string? Description);

/// <summary>Answer to a start: the instance, when its first burst is durable.</summary>
internal sealed record StartedJson(
    string Id, string InstanceId, string DefinitionId, int Version, string Status, string SubStatus, string? CorrelationId, string? Name, string? WaitingFor);
