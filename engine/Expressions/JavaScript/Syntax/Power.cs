namespace ProductionOffice.Expressions.JavaScript.Syntax;

internal sealed class Power(Node left, Node right) : Node(left.Column)
{
    public override IEnumerable<Node> Children => [left, right];

    public override Value Evaluate(Frame frame)
    {
        frame.Step();
        var a = left.Evaluate(frame);
        return Arithmetic.Apply(frame, Operator.Power, a, right.Evaluate(frame), Column);
    }
}
