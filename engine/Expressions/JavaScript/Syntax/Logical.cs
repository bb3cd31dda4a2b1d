namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>&amp;&amp;</c>, <c>||</c> or <c>??</c> over two or more operands.</summary>
internal sealed class Logical(char sign, Node[] operands) : Node(operands[0].Column)
{
    public bool IsCoalesce => sign == '?';

    public override IEnumerable<Node> Children => operands;

    public override Value Evaluate(Frame frame)
    {
        var last = operands.Length - 1;
        for (var i = 0; i < last; i++)
        {
            frame.Step();
            var value = sign == '?' ? operands[i].EvaluateOptional(frame) : operands[i].Evaluate(frame);
            var goOn = sign switch
            {
                '&' => value.IsTruthy,
                '|' => !value.IsTruthy,
                _ => value.IsNullish,
            };
            if (!goOn)
                return value;
        }

        return operands[last].Evaluate(frame);
    }
}
