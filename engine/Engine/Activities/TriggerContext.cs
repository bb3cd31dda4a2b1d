using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Reads the fixed inputs of a trigger when its definition is published; there is no instance yet, so scripts see nothing.</summary>
public sealed class TriggerContext
{
    internal TriggerContext()
    {
    }

    /// <summary>An input's value, converted; the default when it is absent or needs an instance.</summary>
    public T? Get<T>(Input<T>? input) => input is null ? default : TypeConversion.To<T>(GetValue(input));

    /// <summary>An input's value as it is; Undefined when it is absent or needs an instance.</summary>
    public Value GetValue(IInput? input) => input is IBoundInput bound ? Fixed(bound.Expression) : Value.Undefined;

    private static Value Fixed(CompiledExpression expression) => expression switch
    {
        LiteralExpression literal => literal.Value,
        ScriptExpression script => script.EvaluateAlone(),
        _ => Value.Undefined,
    };
}
