namespace ProductionOffice.Expressions.Liquid;

/// <summary>A literal, a path or a range, and the filters it goes through.</summary>
internal sealed class LiquidExpression(Func<LiquidRun, Value> source, (LiquidFilter Filter, LiquidExpression[] Arguments)[] filters)
{
    /// <summary>Where it stands, for what fails while it runs.</summary>
    public int Column { get; init; }

    public Value Evaluate(LiquidRun run)
    {
        try
        {
            return Filter(run);
        }
        catch (ExpressionException error) when (error.Column == 0)
        {
            error.Column = Column;
            throw;
        }
    }

    private Value Filter(LiquidRun run)
    {
        run.Context.Budget.Step();
        var value = source(run);
        foreach (var (filter, arguments) in filters)
        {
            run.Context.Budget.Step();
            run.Charge(value);
            value = filter(run, value, Array.ConvertAll(arguments, argument => argument.Evaluate(run)));
            run.Charge(value);
        }

        return value;
    }

    /// <summary>Reads a field, an item, or <c>size first last</c>; nothing where there is none.</summary>
    public static Value Member(Value target, Value key)
    {
        if (target.Kind == ValueKind.Object)
            return key.Kind == ValueKind.String && !target.AsObject().TryGet(key.AsString(), out _) && key.AsString() == "size"
                ? Value.From((double)target.AsObject().Count)
                : target[key.ToString()];
        if (target.Kind == ValueKind.String && key.Kind == ValueKind.String && key.AsString() == "size")
            return Value.From((double)target.AsString().Length);
        if (target.Kind != ValueKind.List)
            return Value.Undefined;
        var list = target.AsList();
        if (key.Kind == ValueKind.Number)
        {
            var at = key.AsNumber() < 0 ? list.Count + key.AsNumber() : key.AsNumber();
            return at >= 0 && at < list.Count ? list[(int)at] : Value.Undefined;
        }

        return key.ToString() switch
        {
            "size" => Value.From((double)list.Count),
            "first" when list.Count > 0 => list[0],
            "last" when list.Count > 0 => list[list.Count - 1],
            _ => Value.Undefined,
        };
    }
}

/// <summary><c>a == b and c or d</c>; <c>and</c> and <c>or</c> are read from the right, as in Liquid.</summary>
internal sealed class LiquidCondition(LiquidExpression left, string comparison, LiquidExpression? right, string joint, LiquidCondition? rest)
{
    /// <summary>The other truth, for <c>unless</c>.</summary>
    public bool IsNegated { get; init; }

    public bool IsTrue(LiquidRun run) => Holds(run) != IsNegated;

    private bool Holds(LiquidRun run)
    {
        var own = right is null ? IsTruthy(left.Evaluate(run)) : Compare(left.Evaluate(run), right.Evaluate(run));
        return joint switch
        {
            "and" => own && rest!.IsTrue(run),
            "or" => own || rest!.IsTrue(run),
            _ => own,
        };
    }

    private static bool IsTruthy(Value value) => !value.IsNullish && !(value.Kind == ValueKind.Boolean && !value.AsBoolean());

    private bool Compare(Value a, Value b)
    {
        switch (comparison)
        {
            case "==": return Same(a, b);
            case "!=" or "<>": return !Same(a, b);
            case "contains":
                return a.Kind == ValueKind.List ? a.AsList().Any(item => Same(item, b))
                    : a.Kind == ValueKind.String && a.AsString().Contains(b.ToString(), StringComparison.Ordinal);
        }

        if (a.IsNullish || b.IsNullish)
            return false;
        var order = a.Kind == ValueKind.String && b.Kind == ValueKind.String
            ? string.CompareOrdinal(a.AsString(), b.AsString())
            : LiquidFilters.ToNumber(a).CompareTo(LiquidFilters.ToNumber(b));
        return comparison switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    public static bool Same(Value a, Value b)
    {
        if (a.IsNullish || b.IsNullish)
            return a.IsNullish && b.IsNullish;
        if (IsEmptyWord(b))
            return IsEmpty(a);
        return IsEmptyWord(a) ? IsEmpty(b) : a == b;
    }

    private static bool IsEmptyWord(Value value) => value.Kind == ValueKind.Host && value.AsHost() is LiquidEmpty;

    private static bool IsEmpty(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString().Length == 0,
        ValueKind.List => value.AsList().Count == 0,
        ValueKind.Object => value.AsObject().Count == 0,
        _ => false,
    };
}

/// <summary>The words <c>empty</c> and <c>blank</c>.</summary>
internal sealed class LiquidEmpty
{
    public static readonly Value Word = Value.FromHost(new LiquidEmpty());

    public override string ToString() => "";
}
