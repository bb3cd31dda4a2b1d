using ProductionOffice.Engine.Incidents;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

/// <summary>An expression of a definition, parsed once per version; evaluated from any number of threads.</summary>
internal abstract class CompiledExpression(string type)
{
    /// <summary>As the definition spells it.</summary>
    public string Type { get; } = type;

    public abstract Value Evaluate(ActivityExecutionContext context);

    public static CompiledExpression Literal(Value value, string type = "Literal") => new LiteralExpression(type, value);
}

/// <summary>A fixed value.</summary>
internal sealed class LiteralExpression(string type, Value value) : CompiledExpression(type)
{
    public Value Value { get; } = value;

    public override Value Evaluate(ActivityExecutionContext context) => Copies.Of(Value);
}

/// <summary>A variable in scope, by id.</summary>
internal sealed class VariableExpression(string id, string? name) : CompiledExpression("Variable")
{
    public string Id { get; } = id;

    public string? VariableName { get; } = name;

    public override Value Evaluate(ActivityExecutionContext context)
    {
        if (VariableScope.TryGetById(context, Id, out var value) || (VariableName is not null && VariableScope.TryGet(context, VariableName, out value)))
            return value;
        throw new ActivityFaultException($"There is no variable '{VariableName ?? Id}' here.", "UnknownVariable");
    }
}

/// <summary>An input of the workflow, or of the definition around.</summary>
internal sealed class InputExpression(string name) : CompiledExpression("Input")
{
    public string InputName { get; } = name;

    public override Value Evaluate(ActivityExecutionContext context) => Burst.FindInput(context, InputName) ?? Value.Null;
}

/// <summary>An output of an activity that ran in this burst.</summary>
internal sealed class OutputExpression(string activity, string? output) : CompiledExpression("Output")
{
    public override Value Evaluate(ActivityExecutionContext context) =>
        context.Burst.TryGetOutput(activity, output, out var value) ? value : Value.Null;
}

/// <summary>A JavaScript expression or short script.</summary>
internal sealed class ScriptExpression(Script script, string source) : CompiledExpression("JavaScript")
{
    public string Source { get; } = source;

    public override Value Evaluate(ActivityExecutionContext context) => context.Burst.Scripts.Run(script, context);

    /// <summary>The value when it needs no instance; Undefined otherwise.</summary>
    public Value EvaluateAlone()
    {
        try
        {
            return script.Run(new EvaluationContext { Scope = new ObjectScope(new ObjectValue()) }, NoHost.Instance);
        }
        catch (ExpressionException)
        {
            return Value.Undefined;
        }
    }

    private sealed class NoHost : IScriptHost
    {
        public static readonly NoHost Instance = new();

        public bool TryGetFunction(string name, out Func<IReadOnlyList<Value>, Value> function)
        {
            function = null!;
            return false;
        }

        public bool TrySetMember(string target, string member, Value value) => false;
    }
}

/// <summary>An expression whose text is wrong: faults when it is needed, and is found by the validator before.</summary>
internal sealed class BrokenExpression(string type, string problem) : CompiledExpression(type)
{
    public string Problem { get; } = problem;

    public override Value Evaluate(ActivityExecutionContext context) => throw new ActivityFaultException(Problem, "Expression");
}

/// <summary>An expression in a language that is not run, such as C#. Publishing refuses it; an old instance gets an empty value and a line that says so.</summary>
internal sealed class ForeignExpression(string type) : CompiledExpression(type)
{
    public override Value Evaluate(ActivityExecutionContext context)
    {
        context.Note($"An input of '{context.Activity.DisplayText}' stays empty: expressions of type {Type} are not run here.", "Write it in JavaScript.");
        return Value.Null;
    }
}
