namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>[1, ...xs, , 2]</c>; a null item is a hole.</summary>
internal sealed class ListLiteral(int column, Node?[] items) : Node(column)
{
    public override IEnumerable<Node> Children => items.OfType<Node>();

    public override Value Evaluate(Frame frame)
    {
        var list = new ListValue(items.Length);
        foreach (var item in items)
        {
            frame.Step();
            if (item is Spread spread)
                spread.AddTo(list, frame);
            else
                list.Add(item is null ? Value.Hole : item.Evaluate(frame));
        }

        frame.Budget.List(list.Count);
        return Value.From(list);
    }
}
