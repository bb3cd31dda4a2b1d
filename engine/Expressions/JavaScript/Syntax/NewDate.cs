using ProductionOffice.Expressions.JavaScript.BuiltIns;

namespace ProductionOffice.Expressions.JavaScript.Syntax;

internal sealed class NewDate(int column, Node[] arguments) : Node(column)
{
    public override IEnumerable<Node> Children => arguments;

    public override Value Evaluate(Frame frame)
    {
        frame.Step();
        var list = Call.Spread(frame, arguments);
        frame.Column = Column;
        return DateFunctions.Construct(frame, list);
    }
}
