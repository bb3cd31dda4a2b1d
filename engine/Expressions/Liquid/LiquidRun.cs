using System.Text;
using ProductionOffice.Expressions.JavaScript;

namespace ProductionOffice.Expressions.Liquid;

/// <summary>A running Liquid text: what is written, and the names assigned so far.</summary>
internal sealed class LiquidRun(EvaluationContext context)
{
    public EvaluationContext Context => context;

    public StringBuilder Text { get; set; } = new();

    public ObjectValue Names { get; } = new();

    /// <summary>Set by <c>break</c> and <c>continue</c> until the loop around them has seen it.</summary>
    public LiquidLeaving Leaving { get; set; }

    /// <summary>Takes the cost of handling a text or list from the budget.</summary>
    public void Charge(Value value)
    {
        if (value.Kind == ValueKind.String)
            context.Budget.Text(value.AsString().Length);
        else if (value.Kind == ValueKind.List)
            context.Budget.List(value.AsList().Count);
    }

    public void Write(string text)
    {
        context.Budget.Step();
        context.Budget.Text(text.Length);
        if (Text.Length + text.Length > context.Budget.MaxText)
            context.Budget.Text(Text.Length + (double)text.Length);
        Text.Append(text);
    }

    public Value Find(string name)
    {
        if (Names.TryGet(name, out var own))
            return own;
        return context.Scope.TryGet(name, out var value) ? value : Value.Undefined;
    }

    /// <summary>Values as Liquid prints them: nothing for nil, list items one after another.</summary>
    public string Print(Value value, int depth = 0) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null or ValueKind.Function => "",
        ValueKind.List when depth < 100 => string.Concat(value.AsList().Select(item => Print(item, depth + 1))),
        ValueKind.Object => value.ToJson(),
        ValueKind.Date => Conversion.ToText(value, new Frame(context, 0)),
        _ => Conversion.ToText(value, null),
    };
}
