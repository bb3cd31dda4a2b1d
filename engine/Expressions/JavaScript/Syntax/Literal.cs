namespace ProductionOffice.Expressions.JavaScript.Syntax;

internal sealed class Literal(int column, Value value) : Node(column)
{
    public Value Value => value;

    public override Value Evaluate(Frame frame) => value;
}
