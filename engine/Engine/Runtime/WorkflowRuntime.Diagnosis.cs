using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;

namespace ProductionOffice.Engine.Runtime;

public sealed partial class WorkflowRuntime
{
    private const int DiagnosedDepth = 3;

    /// <summary>Says in one sentence why an instance does not move; of one that waits for a workflow it started, why that one does not.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="context">What the host knows beside; null when it knows nothing.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such instance.</exception>
    public Task<Diagnosis> DiagnoseAsync(string instanceId, DiagnosisContext? context = null, CancellationToken cancellationToken = default) =>
        DiagnoseAsync(instanceId, context ?? new DiagnosisContext(), DiagnosedDepth, cancellationToken);

    private async Task<Diagnosis> DiagnoseAsync(string instanceId, DiagnosisContext context, int depth, CancellationToken cancellationToken)
    {
        var instance = await _store.FindInstanceAsync(instanceId, cancellationToken) ?? throw new WorkflowNotFoundException("instance", instanceId);
        WorkflowGraph? graph = null;
        if (await _store.FindDefinitionVersionAsync(instance.DefinitionVersionId, cancellationToken) is { } stored)
            graph = await _definitions.GetAsync(stored, cancellationToken);

        var bookmarks = await _store.ListBookmarksAsync(instanceId, cancellationToken);
        var children = new Dictionary<string, Diagnosis>(StringComparer.Ordinal);
        foreach (var child in depth == 0 ? [] : bookmarks.Select(ChildOf).OfType<string>())
        {
            if (await _store.FindInstanceAsync(child, cancellationToken) is not null)
                children[child] = await DiagnoseAsync(child, new DiagnosisContext { IsPaused = context.IsPaused, Describe = context.Describe }, depth - 1, cancellationToken);
        }

        return Diagnostician.Diagnose(new DiagnosisInput(instance, bookmarks, graph, children, context, Now));
    }

    private static string? ChildOf(Bookmark bookmark) =>
        bookmark is { Name: "Elsa.ExecuteWorkflow", Stimulus: { } stimulus } && ProductionOffice.Expressions.Value.ParseJson(stimulus) is var fields ? Text(fields, "workflowInstanceId") : null;
}
