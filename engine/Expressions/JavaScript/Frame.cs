using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>What a running evaluation knows: context, limits, values of parameters and bindings.</summary>
internal sealed class Frame(EvaluationContext context, int slots, IScriptHost? host = null)
{
    public readonly EvaluationContext Context = context;
    public readonly IScope Scope = context.Scope;
    public readonly Budget Budget = context.Budget;
    public readonly Value[] Locals = slots == 0 ? [] : new Value[slots];
    public readonly IScriptHost? Host = host;

    /// <summary>Column of the call that is running, for the errors of built-ins.</summary>
    public int Column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step() => Budget.Step();

    public Value Invoke(FunctionValue function, Value argument) => Invoke(function, [argument]);

    public Value Invoke(FunctionValue function, ReadOnlySpan<Value> args)
    {
        Budget.Step();
        if (function.Arrow is { } arrow)
            return arrow.Invoke(this, args);
        if (function.IsMethod)
            throw Error(ErrorKind.Type, $"{function.Name} must be called on a value.");
        if (function.IsForbiddenToCall)
            throw Error(ErrorKind.Forbidden, $"{function.Name}(…) is not part of the language.");
        return function.Body is { } body
            ? body(this, Value.Undefined, args)
            : throw Error(ErrorKind.Type, $"{function.Name} is not a function.");
    }

    public ExpressionException Error(string kind, string message, string? suggest = null) => new(kind, message, Column, suggest);

    [DoesNotReturn]
    public void Fail(string kind, string message) => throw Error(kind, message);
}
