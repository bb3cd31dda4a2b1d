using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Alterations;

/// <summary>What a person changes by hand in one instance; several are done in one step, in order.</summary>
public abstract record Alteration
{
    private protected Alteration()
    {
    }
}

/// <summary>Runs a failed activity again.</summary>
/// <param name="ActivityInstanceId">The failed execution, from its incident.</param>
public sealed record RetryActivity(string ActivityInstanceId) : Alteration;

/// <summary>Goes on as if an activity that failed or waits had completed.</summary>
/// <param name="ActivityInstanceId">The execution, from its incident or bookmark.</param>
/// <param name="Outcome">The outcome that decides where the flow goes on; null for <c>Done</c>.</param>
public sealed record SkipActivity(string ActivityInstanceId, string? Outcome = null) : Alteration;

/// <summary>Ends an activity that failed or waits; what it holds ends too. A flowchart goes on as if it had been left out.</summary>
/// <param name="ActivityInstanceId">The execution.</param>
public sealed record CancelActivity(string ActivityInstanceId) : Alteration;

/// <summary>Gives a variable another value.</summary>
/// <param name="Name">Name or id of the variable.</param>
/// <param name="Value">Its new value; converted to its type.</param>
/// <param name="ActivityInstanceId">The execution from which the variable is seen; null for the workflow itself.</param>
public sealed record ModifyVariable(string Name, Value Value, string? ActivityInstanceId = null) : Alteration;

/// <summary>Runs an activity of a container that is open.</summary>
/// <param name="ActivityId">The activity's id in the definition.</param>
public sealed record ScheduleActivity(string ActivityId) : Alteration;

/// <summary>An alteration does not fit the instance; nothing was changed.</summary>
/// <param name="instanceId">The instance.</param>
/// <param name="problem">Why, in one sentence.</param>
public sealed class AlterationException(string instanceId, string problem) : WorkflowException($"Instance {instanceId}: {problem} Nothing was changed.")
{
    /// <summary>The instance.</summary>
    public string InstanceId { get; } = instanceId;
}
