using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>The instance as its activities see it during a burst.</summary>
public sealed class WorkflowContext
{
    private readonly Burst _burst;

    internal WorkflowContext(Burst burst) => _burst = burst;

    /// <summary>Id of the instance.</summary>
    public string InstanceId => _burst.InstanceId;

    /// <summary>Stable id of the definition.</summary>
    public string DefinitionId => _burst.Graph.Definition.DefinitionId;

    /// <summary>Id of the version it runs on.</summary>
    public string DefinitionVersionId => _burst.Graph.Definition.Id;

    /// <summary>Number of that version.</summary>
    public int DefinitionVersion => _burst.Graph.Definition.Version;

    /// <summary>What later events find the instance by; null when never set.</summary>
    public string? CorrelationId { get => _burst.CorrelationId; set => _burst.CorrelationId = value; }

    /// <summary>Shown to people; null when never set.</summary>
    public string? Name { get => _burst.Name; set => _burst.Name = value; }

    /// <summary>What the instance was started with.</summary>
    public ObjectValue Input => _burst.Input;

    /// <summary>What the instance has given out so far.</summary>
    public ObjectValue Output => _burst.Output;

    /// <summary>The moment of the burst, UTC; the same for all its activities.</summary>
    public DateTimeOffset Now => _burst.Now;

    /// <summary>Account that caused the burst; null for the engine itself and for time.</summary>
    public string? Actor => _burst.Request.Actor;

    /// <summary>Names of the variables in scope of the running activity, each once.</summary>
    public IEnumerable<string> VariableNames => VariableScope.Names(_burst.Current);

    /// <summary>A variable in scope of the running activity by name; Undefined when there is none.</summary>
    public Value GetVariable(string name) => _burst.Current.GetVariable(name);

    /// <summary>Sets a variable in scope of the running activity; makes one in the container around when there is none.</summary>
    public void SetVariable(string name, Value value) => _burst.Current.SetVariable(name, value);
}
