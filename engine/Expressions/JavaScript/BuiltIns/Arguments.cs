using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>How built-ins read their arguments: what is not given is undefined.</summary>
internal static class Arguments
{
    public static Value At(this ReadOnlySpan<Value> args, int index) => index < args.Length ? args[index] : Value.Undefined;

    public static double Number(this ReadOnlySpan<Value> args, int index, Frame frame) =>
        index < args.Length ? Conversion.ToNumber(args[index], frame) : double.NaN;

    public static double Integer(this ReadOnlySpan<Value> args, int index, Frame frame) =>
        index < args.Length ? Conversion.ToInteger(args[index], frame) : 0;

    public static string Text(this ReadOnlySpan<Value> args, int index, Frame frame) => Conversion.ToText(args.At(index), frame);

    /// <summary>Place from the start; negative counts from the end; not given is <paramref name="otherwise"/>.</summary>
    public static int Place(this ReadOnlySpan<Value> args, int index, Frame frame, int length, int otherwise) =>
        args.At(index).IsUndefined ? otherwise : Conversion.ToPlace(args[index], frame, length);

    public static FunctionValue Callback(this ReadOnlySpan<Value> args, int index, Frame frame) =>
        args.At(index).Reference is FunctionValue { CanCall: true } function
            ? function
            : throw frame.Error(ErrorKind.Type, $"{Shown(args.At(index))} is not a function.");

    private static string Shown(Value value) => value.Kind switch
    {
        ValueKind.Number => NumberText.Of(value.RawNumber),
        ValueKind.String => $"“{value.AsString()}”",
        _ => value.Kind.ToString().ToLowerInvariant(),
    };
}
