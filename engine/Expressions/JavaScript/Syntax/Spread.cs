namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>...e</c> inside a list, an object or arguments.</summary>
internal sealed class Spread(int column, Node operand) : Node(column)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Frame frame) => operand.Evaluate(frame);

    public void AddTo(ListValue list, Frame frame)
    {
        var value = operand.Evaluate(frame);
        frame.Column = Column;
        Iteration.AddItems(list, value, frame);
    }
}
