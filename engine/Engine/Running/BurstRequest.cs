using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>Why a burst runs.</summary>
internal enum BurstCause
{
    Start,
    Resume,
    Continue,
    Cancel,
    Retry,
    Alter,
}

/// <summary>Everything a burst may look at; nothing else reaches it, so the same request gives the same result.</summary>
internal sealed record BurstRequest
{
    public required WorkflowGraph Graph { get; init; }

    public required string InstanceId { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required BurstCause Cause { get; init; }

    /// <summary>As last committed; null for a start.</summary>
    public WorkflowInstance? Instance { get; init; }

    /// <summary>Open bookmarks of the instance as stored.</summary>
    public IReadOnlyList<Bookmark> Bookmarks { get; init; } = [];

    public string? Actor { get; init; }

    public IServiceProvider? Services { get; init; }

    /// <summary>The bookmark to wake.</summary>
    public string? BookmarkId { get; init; }

    /// <summary>What the wake-up brings, or what the stimulus brought that starts the workflow.</summary>
    public Value Stimulus { get; init; }

    public ObjectValue? Input { get; init; }

    /// <summary>Input by name that came with the wake-up and that only this burst sees; null when none.</summary>
    public ObjectValue? WorkflowInput { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public string? TriggerActivityId { get; init; }

    public string? ParentInstanceId { get; init; }

    public string? ParentBookmarkId { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<Alterations.Alteration> Alterations { get; init; } = [];

    /// <summary>Workflow property <c>Flowchart:ExecutionMode</c> of new instances: counter (false) or token (true).</summary>
    public bool TokenFlow { get; init; }

    public required Children Children { get; init; }

    public BurstLimits Limits { get; init; } = new();

    /// <summary>How many workflows around this one run it in their own burst.</summary>
    public int Depth { get; init; }
}

/// <summary>How much a burst may do.</summary>
internal sealed record BurstLimits
{
    /// <summary>Activities after which the state is committed and the rest goes on as new work.</summary>
    public int ContinueAfter { get; init; } = 10_000;

    /// <summary>Activities without waiting for anything after which the instance faults.</summary>
    public int Activities { get; init; } = 100_000;

    /// <summary>Workflows that start each other in one burst.</summary>
    public int Depth { get; init; } = 32;
}

/// <summary>Definitions that a burst may start children of. Asking for one that is not loaded stops the burst; it is run again with it.</summary>
internal sealed class Children
{
    private readonly Dictionary<string, WorkflowGraph?> _loaded = new(StringComparer.Ordinal);

    public void Add(string definitionId, WorkflowGraph? graph) => _loaded[definitionId] = graph;

    public WorkflowGraph? Find(string definitionId) =>
        _loaded.TryGetValue(definitionId, out var graph) ? graph : throw new ChildNeededException(definitionId);
}

/// <summary>The burst needs a definition that was not loaded; nothing of it counts.</summary>
internal sealed class ChildNeededException(string definitionId) : Exception(definitionId)
{
    public string DefinitionId { get; } = definitionId;
}
