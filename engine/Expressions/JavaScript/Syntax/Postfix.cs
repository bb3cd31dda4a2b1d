namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>A primary with what follows it: <c>a.b?.c[0](x)</c>. A loop, so that long paths need no stack.</summary>
internal sealed class Postfix(Node start, Link[] links) : Node(start.Column)
{
    public Node Start => start;

    public Link[] Links => links;

    public override Value Evaluate(Frame frame) => Evaluate(frame, optional: false);

    public override Value EvaluateOptional(Frame frame) => Evaluate(frame, optional: true);

    private Value Evaluate(Frame frame, bool optional)
    {
        var self = Value.Undefined;
        var value = optional || links[0].IsOptional ? start.EvaluateOptional(frame) : start.Evaluate(frame);
        for (var i = 0; i < links.Length; i++)
        {
            var link = links[i];
            if (value.IsNullish && (link.IsOptional || (optional && link is not Call && frame.Context.MissingIsNullish)))
            {
                value = Value.Undefined;
                self = Value.Undefined;
                i = link.SkipTo - 1;
                continue;
            }

            frame.Step();
            value = link.Apply(frame, ref self, value);
        }

        return value;
    }
}

/// <summary>One <c>.name</c>, <c>[index]</c> or <c>(call)</c>.</summary>
internal abstract class Link(int column, bool isOptional)
{
    public int Column => column;

    public bool IsOptional => isOptional;

    /// <summary>Where the chain goes on when this link is optional and has nothing to stand on.</summary>
    public int SkipTo { get; set; } = int.MaxValue;

    /// <param name="frame">The running evaluation.</param>
    /// <param name="self">What a method would be called on; set by member links.</param>
    /// <param name="value">Value so far.</param>
    public abstract Value Apply(Frame frame, ref Value self, Value value);
}
