namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>Operators of one rank, from left to right: <c>a + b - c</c>. A loop, so that long sums need no stack.</summary>
internal sealed class Chain(Node first, Operator[] operators, Node[] operands) : Node(first.Column)
{
    public override IEnumerable<Node> Children => [first, .. operands];

    public override Value Evaluate(Frame frame)
    {
        var value = first.Evaluate(frame);
        for (var i = 0; i < operators.Length; i++)
        {
            frame.Step();
            var right = operands[i].Evaluate(frame);
            value = Arithmetic.Apply(frame, operators[i], value, right, operands[i].Column);
        }

        return value;
    }
}
