namespace ProductionOffice.Engine.Instances;

/// <summary>Whether an instance can still do anything; Elsa's words.</summary>
public enum WorkflowStatus
{
    /// <summary>Runs now or waits to be woken.</summary>
    Running,

    /// <summary>Has ended, however it ended; nothing can wake it.</summary>
    Finished,
}

/// <summary>The finer state of an instance; Elsa's words.</summary>
public enum WorkflowSubStatus
{
    /// <summary>Stored, first burst not begun.</summary>
    Pending,

    /// <summary>A burst is under way or due at once.</summary>
    Executing,

    /// <summary>Waits for its bookmarks.</summary>
    Suspended,

    /// <summary>Ran to its end.</summary>
    Finished,

    /// <summary>Ended by a person or by another workflow.</summary>
    Cancelled,

    /// <summary>Ended by an incident.</summary>
    Faulted,

    /// <summary>Stopped by a shutdown in the middle of a burst; goes on at the next start.</summary>
    Interrupted,
}
