using ProductionOffice.Expressions.JavaScript.Syntax;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>The operators of ECMAScript on two values.</summary>
internal static class Arithmetic
{
    public static Value Apply(Frame frame, Operator sign, Value a, Value b, int column)
    {
        if (a.IsNumber && b.IsNumber)
            return OnNumbers(sign, a.RawNumber, b.RawNumber, column);
        frame.Column = column;
        switch (sign)
        {
            case Operator.Add: return Add(frame, a, b);
            case Operator.Same: return Value.From(Sameness.Strict(a, b));
            case Operator.NotSame: return Value.From(!Sameness.Strict(a, b));
            case Operator.Equal: return Value.From(LooselyEqual(frame, a, b));
            case Operator.NotEqual: return Value.From(!LooselyEqual(frame, a, b));
            case Operator.Less: return Value.From(Compare(frame, a, b, static (x, y) => x < y, static order => order < 0));
            case Operator.LessOrEqual: return Value.From(Compare(frame, a, b, static (x, y) => x <= y, static order => order <= 0));
            case Operator.Greater: return Value.From(Compare(frame, a, b, static (x, y) => x > y, static order => order > 0));
            case Operator.GreaterOrEqual: return Value.From(Compare(frame, a, b, static (x, y) => x >= y, static order => order >= 0));
            case Operator.In: return Value.From(In(frame, a, b, column));
            default:
                var left = Conversion.ToNumber(a, frame);
                return OnNumbers(sign, left, Conversion.ToNumber(b, frame), column);
        }
    }

    private static Value OnNumbers(Operator sign, double a, double b, int column) => sign switch
    {
        Operator.Add => Value.From(a + b),
        Operator.Subtract => Value.From(a - b),
        Operator.Multiply => Value.From(a * b),
        Operator.Divide => Value.From(a / b),
        Operator.Remainder => Value.From(a % b),
        Operator.Power => Value.From(BuiltIns.Maths.Power.Of(a, b)),
        Operator.Less => Value.From(a < b),
        Operator.LessOrEqual => Value.From(a <= b),
        Operator.Greater => Value.From(a > b),
        Operator.GreaterOrEqual => Value.From(a >= b),
        Operator.Equal or Operator.Same => Value.From(a == b),
        Operator.NotEqual or Operator.NotSame => Value.From(a != b),
        _ => throw new ExpressionException(ErrorKind.Type, "“in” needs a list or an object on its right.", column),
    };

    private static Value Add(Frame frame, Value a, Value b)
    {
        var left = Conversion.ToPrimitive(a, frame, preferText: false);
        var right = Conversion.ToPrimitive(b, frame, preferText: false);
        if (left.Reference is not string && right.Reference is not string)
            return Value.From(Conversion.ToNumber(left, frame) + Conversion.ToNumber(right, frame));
        var first = Conversion.ToText(left, frame);
        var second = Conversion.ToText(right, frame);
        frame.Budget.Text((double)first.Length + second.Length);
        return Value.From(string.Concat(first, second));
    }

    private static bool Compare(Frame frame, Value a, Value b, Func<double, double, bool> numbers, Func<int, bool> texts)
    {
        var left = Conversion.ToNumericPrimitive(a, frame);
        var right = Conversion.ToNumericPrimitive(b, frame);
        return left.Reference is string x && right.Reference is string y
            ? texts(string.CompareOrdinal(x, y))
            : numbers(Conversion.ToNumber(left, frame), Conversion.ToNumber(right, frame));
    }

    private static bool LooselyEqual(Frame frame, Value a, Value b)
    {
        while (true)
        {
            if (a.IsNullish || b.IsNullish)
                return a.IsNullish && b.IsNullish;
            var left = a.Kind;
            var right = b.Kind;
            if (left == right)
                return Sameness.Strict(a, b);
            if (left == ValueKind.Boolean)
                a = Value.From(a.RawNumber);
            else if (right == ValueKind.Boolean)
                b = Value.From(b.RawNumber);
            else if (left is ValueKind.Number or ValueKind.String && right is ValueKind.Number or ValueKind.String)
                return Conversion.ToNumber(a, frame) == Conversion.ToNumber(b, frame);
            else if (left is ValueKind.Number or ValueKind.String)
                b = Conversion.ToPrimitive(b, frame, preferText: false);
            else if (right is ValueKind.Number or ValueKind.String)
                a = Conversion.ToPrimitive(a, frame, preferText: false);
            else
                return false;
        }
    }

    private static bool In(Frame frame, Value key, Value target, int column)
    {
        if (target.Kind is not (ValueKind.Object or ValueKind.List or ValueKind.Date or ValueKind.Function))
            throw new ExpressionException(ErrorKind.Type, "“in” needs a list or an object on its right.", column);
        var name = Conversion.ToPropertyName(key, frame);
        Members.Guard(name, column);
        return Members.Has(target, name);
    }
}
