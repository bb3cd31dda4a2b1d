namespace ProductionOffice.Engine.Instances;

/// <summary>One run of a workflow as it is stored.</summary>
/// <param name="Id">Unique over all definitions.</param>
/// <param name="DefinitionId">Stable id of the definition, for example <c>crew-hire</c>.</param>
/// <param name="DefinitionVersionId">Id of the version it runs on; it stays on it until migrated on purpose.</param>
/// <param name="DefinitionVersion">Number of that version, from 1.</param>
/// <param name="Version">Number of committed bursts, from 1; compared on commit so that of two bursts from one state only one wins.</param>
/// <param name="Status">Whether it can still be woken.</param>
/// <param name="SubStatus">The finer state.</param>
/// <param name="CorrelationId">What later events find it by, for example <c>hire:C041:P01</c>; null when never set.</param>
/// <param name="Name">Shown to people; null when never set.</param>
/// <param name="ParentInstanceId">The instance that started it; null for one started from outside.</param>
/// <param name="IncidentCount">Number of incidents so far.</param>
/// <param name="State">The burst state as JSON text; opaque to everybody but the engine.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC of the last commit.</param>
/// <param name="FinishedAt">UTC; null while running.</param>
public sealed record WorkflowInstance(
    string Id,
    string DefinitionId,
    string DefinitionVersionId,
    int DefinitionVersion,
    int Version,
    WorkflowStatus Status,
    WorkflowSubStatus SubStatus,
    string? CorrelationId,
    string? Name,
    string? ParentInstanceId,
    int IncidentCount,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? FinishedAt);
