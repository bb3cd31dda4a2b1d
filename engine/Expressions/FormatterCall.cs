using ProductionOffice.Expressions.JavaScript;

namespace ProductionOffice.Expressions;

/// <summary>What a formatter is given: the value before it, its arguments, the context.</summary>
public sealed class FormatterCall
{
    private readonly Frame _frame;
    private readonly int _column;

    internal FormatterCall(string name, Value input, IReadOnlyList<Value> arguments, IReadOnlyDictionary<string, Value> named, Frame frame, int column)
    {
        Name = name;
        Input = input;
        Arguments = arguments;
        Named = named;
        _frame = frame;
        _column = column;
    }

    /// <summary>The formatter's name, in lower case.</summary>
    public string Name { get; }

    /// <summary>The value to format.</summary>
    public Value Input { get; }

    /// <summary>Arguments by position.</summary>
    public IReadOnlyList<Value> Arguments { get; }

    /// <summary>Arguments by name (<c>width="3cm"</c>); names ignore case.</summary>
    public IReadOnlyDictionary<string, Value> Named { get; }

    /// <summary>Context of the evaluation.</summary>
    public EvaluationContext Context => _frame.Context;

    /// <summary>An argument by position, undefined when not given.</summary>
    public Value Argument(int index) => index < Arguments.Count ? Arguments[index] : Value.Undefined;

    /// <summary>A text argument by position or name, or <paramref name="otherwise"/>.</summary>
    public string Text(int index, string otherwise, string? name = null)
    {
        var value = name is not null && Named.TryGetValue(name, out var named) ? named : Argument(index);
        return value.IsNullish ? otherwise : Conversion.ToText(value, _frame);
    }

    /// <summary>A whole number argument within bounds, or <paramref name="otherwise"/>.</summary>
    /// <exception cref="ExpressionException">It is no such number.</exception>
    public int Whole(int index, int otherwise, int from, int to)
    {
        var value = Argument(index);
        if (value.IsUndefined)
            return otherwise;
        var number = Conversion.ToNumber(value, _frame);
        return number >= from && number <= to && Math.Truncate(number) == number
            ? (int)number
            : throw Wrong($"a whole number from {from} to {to} is expected");
    }

    /// <summary>What an item gives for a path in quotes (<c>"deal.rate"</c>) or an arrow function.</summary>
    public Value Select(Value item, Value selector, int index = 0)
    {
        if (selector.Reference is FunctionValue { CanCall: true } function)
            return _frame.Invoke(function, [item, Value.From((double)index)]);
        _frame.Step();
        if (selector.Kind != ValueKind.String)
            throw Wrong("a path in quotes or an arrow function is expected");
        foreach (var word in Conversion.ToText(selector, _frame).Split('.'))
            item = item[word.Trim()];
        return item;
    }

    /// <summary>The error for an argument the formatter cannot take.</summary>
    public ExpressionException Wrong(string problem) => new(ErrorKind.Formatter, $"{Name}: {problem}.", _column);

    internal Frame Frame => _frame;
}
