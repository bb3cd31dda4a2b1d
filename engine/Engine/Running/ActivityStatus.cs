namespace ProductionOffice.Engine.Running;

/// <summary>Where an execution of an activity stands; Elsa's words.</summary>
public enum ActivityStatus
{
    /// <summary>Scheduled.</summary>
    Pending,

    /// <summary>Runs or waits.</summary>
    Running,

    /// <summary>Ended by itself.</summary>
    Completed,

    /// <summary>Ended from outside.</summary>
    Canceled,

    /// <summary>Ended by an incident.</summary>
    Faulted,
}
