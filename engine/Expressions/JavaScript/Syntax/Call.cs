using System.Runtime.CompilerServices;

namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>(arguments)</c></summary>
internal sealed class Call(int column, Node[] arguments, bool isOptional, string callee) : Link(column, isOptional)
{
    private readonly bool _hasSpread = Array.Exists(arguments, argument => argument is Syntax.Spread);
    private readonly bool _hasArrow = Array.Exists(arguments, argument => argument is Arrow);

    public Node[] Arguments => arguments;

    public override Value Apply(Frame frame, ref Value self, Value value)
    {
        var receiver = self;
        self = Value.Undefined;
        var function = value.Reference as FunctionValue;
        if (_hasArrow && function is { CanCall: true })
            RefuseStrayArrows(function);
        if (_hasSpread || arguments.Length > 4)
        {
            var list = Spread(frame, arguments);
            return Run(frame, function, receiver, list);
        }

        var few = default(Few);
        for (var i = 0; i < arguments.Length; i++)
            few[i] = arguments[i].Evaluate(frame);
        return Run(frame, function, receiver, ((Span<Value>)few)[..arguments.Length]);
    }

    /// <summary>Evaluates arguments with spreads into one list.</summary>
    public static ReadOnlySpan<Value> Spread(Frame frame, Node[] arguments)
    {
        var list = new ListValue(arguments.Length);
        foreach (var argument in arguments)
        {
            if (argument is Syntax.Spread spread)
                spread.AddTo(list, frame);
            else
                list.Add(argument.Evaluate(frame));
        }

        return list.Span;
    }

    private Value Run(Frame frame, FunctionValue? function, Value receiver, ReadOnlySpan<Value> args)
    {
        if (function is not { CanCall: true })
            throw new ExpressionException(ErrorKind.Type, $"{callee} is not a function.", Column);
        frame.Column = Column;
        if (Depth.IsTooDeep(0, 0))
            throw frame.Error(ErrorKind.Limit, "The expression is nested too deep for this thread.");
        if (function.IsForbiddenToCall)
            throw frame.Error(ErrorKind.Forbidden, $"{function.Name}(…) is not part of the language.");
        if (function.IsMethod && !Members.Suits(function, receiver))
            throw frame.Error(ErrorKind.Type, $"{callee} cannot be called like this.");
        if (function.Arrow is { } arrow)
            return arrow.Invoke(frame, args);
        try
        {
            return function.Body!(frame, receiver, args);
        }
        catch (ExpressionException error) when (error.Column == 0)
        {
            error.Column = Column;
            throw;
        }
    }

    private void RefuseStrayArrows(FunctionValue function)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is Arrow && i != function.CallbackAt)
                throw new ExpressionException(ErrorKind.Forbidden, $"{callee} takes no function here.", arguments[i].Column);
        }
    }

    [InlineArray(4)]
    private struct Few
    {
        private Value _first;
    }
}
