using System.Runtime.CompilerServices;
using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>The conversions of ECMAScript: ToPrimitive, ToNumber, ToString, ToIntegerOrInfinity.</summary>
internal static class Conversion
{
    private const int MaxDepth = 1000;

    /// <summary>Characters of a list as text where no evaluation counts them.</summary>
    private const int LongestText = 1_000_000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToNumber(Value value, Frame? frame) => value.IsNumber ? value.RawNumber : ToNumberSlow(value, frame);

    public static string ToText(Value value, Frame? frame) => value.Reference as string ?? ToTextSlow(value, frame);

    /// <summary>A number cut to an integer; NaN gives 0, infinities stay.</summary>
    public static double ToInteger(Value value, Frame frame)
    {
        var number = ToNumber(value, frame);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0.0;
    }

    public static uint ToUInt32(Value value, Frame frame)
    {
        var number = ToNumber(value, frame);
        if (!double.IsFinite(number))
            return 0;
        var rest = Math.Truncate(number) % 4294967296.0;
        return (uint)(long)(rest < 0 ? rest + 4294967296.0 : rest);
    }

    /// <summary>Place from the start, negative counted from the end, kept within 0 and length.</summary>
    public static int ToPlace(Value value, Frame frame, int length)
    {
        var at = ToInteger(value, frame);
        return (int)(at < 0 ? Math.Max(length + at, 0) : Math.Min(at, length));
    }

    public static Value ToPrimitive(Value value, Frame? frame, bool preferText)
    {
        if (value.Reference is null or string || value.Kind is ValueKind.Null or ValueKind.Boolean or ValueKind.Number)
            return value;
        if (value.IsDate)
            return Value.From(ToText(value, frame));
        if (value.Reference is ObjectValue fields && frame is not null && (fields.TryGet("toString", out _) || fields.TryGet("valueOf", out _)))
            return OwnPrimitive(fields, frame, preferText);
        return Value.From(ToText(value, frame));
    }

    /// <summary>The number to compare or calculate with; dates give their milliseconds.</summary>
    public static Value ToNumericPrimitive(Value value, Frame? frame) =>
        value.IsDate ? Value.From(value.RawNumber) : ToPrimitive(value, frame, preferText: false);

    public static string ToPropertyName(Value value, Frame frame) => ToText(value, frame);

    public static string TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Undefined => "undefined",
        ValueKind.Boolean => "boolean",
        ValueKind.Number => "number",
        ValueKind.String => "string",
        ValueKind.Function when ((FunctionValue)value.Reference!).CanCall => "function",
        _ => "object",
    };

    private static double ToNumberSlow(Value value, Frame? frame) => value.Kind switch
    {
        ValueKind.Undefined => double.NaN,
        ValueKind.Null => 0,
        ValueKind.Boolean or ValueKind.Date => value.RawNumber,
        ValueKind.String => NumberReader.Number(value.AsString()),
        _ => ToNumber(ToPrimitive(value, frame, preferText: false), frame),
    };

    private static string ToTextSlow(Value value, Frame? frame)
    {
        switch (value.Kind)
        {
            case ValueKind.Undefined: return "undefined";
            case ValueKind.Null: return "null";
            case ValueKind.Boolean: return value.AsBoolean() ? "true" : "false";
            case ValueKind.Number: return NumberText.Of(value.RawNumber);
            case ValueKind.Date: return DateText.Full(value.RawNumber, frame?.Context.TimeZone ?? TimeZoneInfo.Utc);
            case ValueKind.List:
                var text = new StringBuilder();
                Join(text, value.AsList(), ",", frame, 0);
                return text.ToString();
            case ValueKind.Function:
                var function = (FunctionValue)value.Reference!;
                return function.CanCall ? $"function {function.Name}() {{ [native code] }}" : $"[object {function.Name}]";
            case ValueKind.Object when frame is not null && value.AsObject() is var fields && (fields.TryGet("toString", out _) || fields.TryGet("valueOf", out _)):
                return ToText(OwnPrimitive(fields, frame, preferText: true), frame);
            default: return "[object Object]";
        }
    }

    public static void Join(StringBuilder text, ListValue list, string separator, Frame? frame, int depth)
    {
        if (Depth.IsTooDeep(depth, MaxDepth))
            throw new ExpressionException(ErrorKind.Limit, $"The data is nested deeper than {MaxDepth:N0}.");
        frame?.Budget.Text(list.Count * (double)separator.Length);
        for (var i = 0; i < list.Count; i++)
        {
            frame?.Step();
            if (i > 0)
                text.Append(separator);
            var item = list[i];
            if (item.Reference is ListValue inner)
                Join(text, inner, ",", frame, depth + 1);
            else if (!item.IsNullish)
                text.Append(ToText(item, frame));
            if (frame is not null && text.Length > frame.Budget.MaxText)
                frame.Budget.Text(text.Length);
            if (frame is null && text.Length > LongestText)
                throw new ExpressionException(ErrorKind.Limit, $"The text of the list is longer than {LongestText:N0} characters.");
        }

        if (depth == 0)
            frame?.Budget.Text(text.Length);
    }

    // An object of data may carry functions of the language under these two names.
    private static Value OwnPrimitive(ObjectValue fields, Frame frame, bool preferText)
    {
        foreach (var name in preferText ? (ReadOnlySpan<string>)["toString", "valueOf"] : ["valueOf", "toString"])
        {
            if (!fields.TryGet(name, out var method))
            {
                if (name == "toString")
                    return Value.From("[object Object]");
                continue;
            }

            if (method.Reference is FunctionValue { CanCall: true } function
                && frame.Invoke(function, []) is var result && result.Kind is not (ValueKind.Object or ValueKind.List or ValueKind.Date or ValueKind.Function or ValueKind.Host))
                return result;
        }

        throw frame.Error(ErrorKind.Type, "The object cannot be turned into a text or number.");
    }
}
