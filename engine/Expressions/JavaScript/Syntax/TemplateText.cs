using System.Text;

namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>A template literal: one text more than there are values.</summary>
internal sealed class TemplateText(int column, string[] texts, Node[] values) : Node(column)
{
    public override IEnumerable<Node> Children => values;

    public override Value Evaluate(Frame frame)
    {
        if (values.Length == 0)
            return Value.From(texts[0]);
        var text = new StringBuilder(texts[0]);
        for (var i = 0; i < values.Length; i++)
        {
            frame.Step();
            frame.Column = values[i].Column;
            text.Append(Conversion.ToText(values[i].Evaluate(frame), frame)).Append(texts[i + 1]);
            if (text.Length > frame.Budget.MaxText)
                break;
        }

        frame.Budget.Text(text.Length);
        return Value.From(text.ToString());
    }
}
