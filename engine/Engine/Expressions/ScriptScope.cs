using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

/// <summary>What scripts of a burst see: Elsa's functions, the variables, inputs and outputs of the activity that runs.</summary>
internal sealed partial class ScriptScope : IScope, IScriptHost
{
    private readonly Burst _burst;
    private readonly EvaluationContext _evaluation;
    private ActivityExecutionContext _at = null!;

    public ScriptScope(Burst burst)
    {
        _burst = burst;
        _evaluation = new EvaluationContext { Scope = this, Now = burst.Now };
    }

    /// <summary>Outcomes that the running script chose with <c>setOutcome</c>; null when none.</summary>
    public string[]? ChosenOutcomes { get; set; }

    /// <summary>What an expression is given by the activity that evaluates it, as <c>args</c>.</summary>
    public ObjectValue Arguments { get; set; } = new();

    public IEnumerable<string> Names => ["variables", "Variables", "Input", "args", "CorrelationId", "WorkflowInstanceId", "WorkflowDefinitionId", .. VariableScope.Names(_at)];

    public Value Run(Script script, ActivityExecutionContext context)
    {
        var before = _at;
        _at = context;
        try
        {
            return script.Run(_evaluation, this);
        }
        finally
        {
            _at = before;
        }
    }

    public string Render(LiquidTemplate template, ActivityExecutionContext context)
    {
        var before = _at;
        _at = context;
        try
        {
            return template.Render(_evaluation);
        }
        finally
        {
            _at = before;
        }
    }

    public bool TryGet(string name, out Value value)
    {
        switch (name)
        {
            case "variables" or "Variables":
                value = Value.From(AllVariables());
                return true;
            case "Input" or "Inputs":
                value = Value.From(_burst.Input);
                return true;
            case "args":
                value = Value.From(Arguments);
                return true;
            case "CorrelationId":
                value = Value.From(_burst.CorrelationId);
                return true;
            case "WorkflowInstanceId":
                value = Value.From(_burst.InstanceId);
                return true;
            case "WorkflowDefinitionId":
                value = Value.From(_burst.Graph.Definition.DefinitionId);
                return true;
            default:
                value = Value.Undefined;
                return false;
        }
    }

    public bool TrySetMember(string target, string member, Value value)
    {
        if (target is not ("variables" or "Variables"))
            return false;

        VariableScope.Set(_at, member, value);
        return true;
    }

    private ObjectValue AllVariables()
    {
        var all = new ObjectValue();
        foreach (var name in VariableScope.Names(_at))
        {
            if (VariableScope.TryGet(_at, name, out var value))
                all.Set(name, value);
        }

        return all;
    }
}
