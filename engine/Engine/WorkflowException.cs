namespace ProductionOffice.Engine;

/// <summary>Root of what the engine throws at its callers; faults of a running workflow are incidents instead.</summary>
public abstract class WorkflowException(string message, Exception? inner = null) : Exception(message, inner);
