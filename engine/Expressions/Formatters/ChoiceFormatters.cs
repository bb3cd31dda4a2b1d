using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Formatters;

/// <summary><c>yesno checkbox</c>.</summary>
internal static class ChoiceFormatters
{
    public static Value YesNo(FormatterCall call)
    {
        var locale = Locale.Of(call.Context.Locale);
        return Value.From(IsTrue(call.Input) ? call.Text(0, locale.Yes) : call.Text(1, locale.No));
    }

    /// <summary>Checked when true; with an argument when equal to it, or a list that holds it.</summary>
    public static Value Checkbox(FormatterCall call)
    {
        var isChecked = call.Arguments.Count == 0 ? IsTrue(call.Input)
            : call.Input.Kind == ValueKind.List ? call.Input.AsList().Any(item => Same(item, call.Argument(0)))
            : Same(call.Input, call.Argument(0));
        return Value.From(isChecked ? "☒" : "☐");
    }

    // A section's truth: an empty list and an object without fields count as false.
    private static bool IsTrue(Value value) => value.Kind switch
    {
        ValueKind.List => value.AsList().Count > 0,
        ValueKind.Object => value.AsObject().Count > 0,
        _ => value.IsTruthy,
    };

    private static bool Same(Value left, Value right) =>
        Sameness.SameValueZero(left, right) || (!left.IsNullish && left.Kind != right.Kind && left.ToString() == right.ToString());
}
