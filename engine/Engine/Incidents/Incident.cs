namespace ProductionOffice.Engine.Incidents;

/// <summary>Something went wrong in a running workflow.</summary>
/// <param name="ActivityId">The activity.</param>
/// <param name="ActivityNodeId">Its node id.</param>
/// <param name="ActivityInstanceId">The execution of it.</param>
/// <param name="ActivityType">For example <c>Elsa.Fault</c>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Kind">Type of the exception, or a word of ours such as <c>BurstLimit</c>.</param>
/// <param name="At">UTC.</param>
public sealed record Incident(
    string ActivityId,
    string ActivityNodeId,
    string ActivityInstanceId,
    string ActivityType,
    string Message,
    string Kind,
    DateTimeOffset At);

/// <summary>What becomes of an instance after an incident.</summary>
internal enum IncidentStrategy
{
    /// <summary>The instance ends as Faulted; what is queued already still runs.</summary>
    Fault,

    /// <summary>Other branches go on; the faulted one waits for a person.</summary>
    Continue,
}

/// <summary>A fault raised by an activity on purpose or by the engine on a rule it can name.</summary>
/// <param name="message">One sentence for people.</param>
/// <param name="kind">One word for programs.</param>
public sealed class ActivityFaultException(string message, string kind = "Fault") : Exception(message)
{
    /// <summary>One word for programs, for example the code of a Fault activity.</summary>
    public string Kind { get; } = kind;
}
