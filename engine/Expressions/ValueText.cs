using ProductionOffice.Expressions.JavaScript;

namespace ProductionOffice.Expressions;

/// <summary>Values as documents show them.</summary>
public static class ValueText
{
    /// <summary>
    /// As JavaScript's <c>String(x)</c>, but nothing for null and undefined, dates as <c>yyyy-MM-dd</c> with <c>Thh:mm</c> when they have a time,
    /// and the text of host content.
    /// </summary>
    /// <exception cref="ExpressionException">An object has no text; the message names its fields.</exception>
    public static string Print(Value value, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        switch (value.Kind)
        {
            case ValueKind.Undefined or ValueKind.Null: return "";
            case ValueKind.Date: return PrintDate(value, context);
            case ValueKind.List: return string.Join(',', value.AsList().Select(item => PrintItem(item, context, 0)));
            case ValueKind.Host: return value.AsHost().ToString() ?? "";
            case ValueKind.Object or ValueKind.Function: throw NoText(value);
            default: return Conversion.ToText(value, null);
        }
    }

    private static string PrintItem(Value value, EvaluationContext context, int depth) => value.Reference is ListValue list && depth < 100
        ? string.Join(',', list.Select(item => PrintItem(item, context, depth + 1)))
        : Print(value, context);

    private static string PrintDate(Value value, EvaluationContext context)
    {
        if (!DateParts.TryRead(value, context, out var parts))
            return "Invalid Date";
        return (parts.Local.TimeOfDay == TimeSpan.Zero ? parts with { HasTime = false } : parts).ToString();
    }

    private static ExpressionException NoText(Value value)
    {
        var names = value.Kind == ValueKind.Object ? string.Join(", ", value.AsObject().Keys.Take(8)) : "";
        return new(ErrorKind.Type, $"An object cannot be printed; its fields are: {names}.");
    }
}
