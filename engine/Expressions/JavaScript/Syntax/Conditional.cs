namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>a ? b : c ? d : e</c>: tests and results in pairs, then the last alternative.</summary>
internal sealed class Conditional((Node Test, Node Result)[] branches, Node otherwise) : Node(branches[0].Test.Column)
{
    public override IEnumerable<Node> Children => [.. branches.SelectMany(branch => (Node[])[branch.Test, branch.Result]), otherwise];

    public override Value Evaluate(Frame frame)
    {
        foreach (var (test, result) in branches)
        {
            frame.Step();
            if (test.Evaluate(frame).IsTruthy)
                return result.Evaluate(frame);
        }

        return otherwise.Evaluate(frame);
    }
}
