using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

/// <summary>Asks for a new instance.</summary>
public sealed record StartRequest
{
    /// <summary>Stable id of the definition; its published version runs.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>A certain version instead of the published one, for trying a draft; null for the published one.</summary>
    public string? VersionId { get; init; }

    /// <summary>Input by name.</summary>
    public ObjectValue? Input { get; init; }

    /// <summary>What later events find the instance by; null when none.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Shown to people; null when none.</summary>
    public string? Name { get; init; }

    /// <summary>Account that asks; null for the system.</summary>
    public string? Actor { get; init; }

    /// <summary>The trigger activity that fired; null for a start by hand.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>What the trigger's stimulus brought; Undefined when nothing.</summary>
    public Value TriggerInput { get; init; }

    /// <summary>Id of the new instance; null lets the runtime choose.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Asking again with the same key gives the first answer and starts nothing; null asks anew each time.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What a repeated key is compared by, when the caller knows it better than the fields here do: a web request's headers change each time. Null for the fields.</summary>
    public string? RequestHash { get; init; }

    /// <summary>Starts although the activation strategy would refuse; default false.</summary>
    public bool IgnoreActivation { get; init; }

    internal string? ParentInstanceId { get; init; }

    internal string? ParentBookmarkId { get; init; }
}

/// <summary>Answer to a start.</summary>
/// <param name="InstanceId">The new instance; empty when it could not start.</param>
/// <param name="Status">After its first burst.</param>
/// <param name="SubStatus">After its first burst.</param>
/// <param name="CannotStart">True when the activation strategy refused, for example because a singleton runs already.</param>
public sealed record StartResult(string InstanceId, WorkflowStatus Status, WorkflowSubStatus SubStatus, bool CannotStart = false)
{
    /// <summary>What the first burst wrote for the web request that waits for it, as JSON; null when nothing.</summary>
    public string? WebResponse { get; init; }
}

/// <summary>Wakes one bookmark.</summary>
public sealed record ResumeRequest
{
    /// <summary>The bookmark.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>What the waiting activity is given; Undefined when nothing.</summary>
    public Value Input { get; init; }

    /// <summary>Input of the workflow by name, which scripts see until the burst ends; null when none.</summary>
    public ObjectValue? WorkflowInput { get; init; }

    /// <summary>Account that wakes it; null for the system and for time.</summary>
    public string? Actor { get; init; }

    /// <summary>Asking again with the same key gives the first answer; null asks anew each time.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>As <see cref="StartRequest.RequestHash"/>.</summary>
    public string? RequestHash { get; init; }
}

/// <summary>Answer to a wake-up.</summary>
/// <param name="InstanceId">The instance that was woken.</param>
/// <param name="Status">After the burst.</param>
/// <param name="SubStatus">After the burst.</param>
public sealed record ResumeResult(string InstanceId, WorkflowStatus Status, WorkflowSubStatus SubStatus)
{
    /// <summary>As <see cref="StartResult.WebResponse"/>.</summary>
    public string? WebResponse { get; init; }
}

/// <summary>Something that happened: starts the workflows whose trigger it is and wakes all that wait for it.</summary>
public sealed record Stimulus
{
    /// <summary>Kind, for example <c>Elsa.Event</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What must equal the waiting side's stimulus; Undefined when nothing.</summary>
    public Value Payload { get; init; }

    /// <summary>Only instances with this correlation id; also given to instances it starts. Null for any.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only this instance, and nothing is started; null for any.</summary>
    public string? InstanceId { get; init; }

    /// <summary>What the waiting activities are given; Undefined when nothing.</summary>
    public Value Input { get; init; }

    /// <summary>Account that caused it; null for the system.</summary>
    public string? Actor { get; init; }

    /// <summary>Sending again with the same key changes nothing; null sends anew each time.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether it waits for somebody to wait for it when nobody does yet; default true.</summary>
    public bool Keep { get; init; } = true;

    /// <summary>An event by name, as the Event activity waits for it.</summary>
    public static Stimulus Event(string name, Value input = default, string? correlationId = null, string? instanceId = null) =>
        new() { Name = Activities.Event.TypeName, Payload = Activities.Event.Stimulus(name), Input = input, CorrelationId = correlationId, InstanceId = instanceId };

    /// <summary>The completion of a task that a RunTask activity asked for.</summary>
    public static Stimulus TaskCompleted(string taskId, Value result = default) =>
        new() { Name = RunTask.TypeName, Payload = RunTask.Stimulus(taskId), Input = result };

    /// <summary>A web request, as the HttpEndpoint activity waits for it.</summary>
    public static Stimulus HttpRequest(string method, string path, Value request) =>
        new() { Name = HttpEndpoint.TypeName, Payload = HttpEndpoint.Stimulus(path, method), Input = request, Keep = false };
}

/// <summary>Answer to a stimulus.</summary>
/// <param name="Started">Instances it started.</param>
/// <param name="Resumed">Instances it woke, one for each bookmark.</param>
/// <param name="Kept">True when nobody waited for it, so that it is kept for a while.</param>
public sealed record StimulusResult(IReadOnlyList<string> Started, IReadOnlyList<string> Resumed, bool Kept = false);

/// <summary>A stimulus that nobody waited for when it came.</summary>
/// <param name="Id">Unique.</param>
/// <param name="Name">Kind, for example <c>Elsa.Event</c>.</param>
/// <param name="Stimulus">What a bookmark must wait for, as JSON; null when nothing.</param>
/// <param name="CorrelationId">Only instances with this correlation id; null for any.</param>
/// <param name="InstanceId">Only this instance; null for any.</param>
/// <param name="Until">UTC moment from which it is forgotten.</param>
public sealed record KeptStimulus(string Id, string Name, string? Stimulus, string? CorrelationId, string? InstanceId, DateTimeOffset Until);
