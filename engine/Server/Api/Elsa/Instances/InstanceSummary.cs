using ProductionOffice.Engine.Instances;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>An instance in a list.</summary>
internal sealed record InstanceSummary(
    string Id, string DefinitionId, string DefinitionVersionId, int Version, string? ParentWorkflowInstanceId, string Status, string SubStatus, string? CorrelationId, string? Name, int IncidentCount,
    bool IsSystem, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Without the state, which is by far the largest column.</summary>
    public static IQueryable<InstanceSummary> Of(IQueryable<WorkflowInstance> rows) => rows.Select(i => new InstanceSummary(
        i.Id, i.DefinitionId, i.DefinitionVersionId, i.DefinitionVersion, i.ParentInstanceId, i.Status.ToString(), i.SubStatus.ToString(), i.CorrelationId, i.Name, i.IncidentCount, false, i.CreatedAt, i.UpdatedAt, i.FinishedAt));
}
