namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>!</c>, <c>-</c>, <c>+</c> and <c>typeof</c>.</summary>
internal sealed class Unary(int column, char sign, Node operand) : Node(column)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Frame frame)
    {
        frame.Step();
        if (sign == 't')
            return Value.From(operand is Name name ? TypeOfName(name, frame) : Conversion.TypeOf(operand.Evaluate(frame)));
        var value = operand.Evaluate(frame);
        return sign switch
        {
            '!' => Value.From(!value.IsTruthy),
            '-' => Value.From(-Conversion.ToNumber(value, frame)),
            _ => Value.From(Conversion.ToNumber(value, frame)),
        };
    }

    private static string TypeOfName(Name name, Frame frame)
    {
        if (name.TryEvaluate(frame, out var value))
            return Conversion.TypeOf(value);
        if (BuiltIns.Globals.IsLeftOut(name.Text))
            return Conversion.TypeOf(name.Evaluate(frame));
        return "undefined";
    }
}
