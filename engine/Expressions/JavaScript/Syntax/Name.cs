using ProductionOffice.Expressions.JavaScript.BuiltIns;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>A name of the data, of a host function, or of the language.</summary>
internal sealed class Name(int column, string text, ExpressionException? orElse = null) : Node(column)
{
    private readonly Value? _global = Globals.TryGet(text, out var value) ? value : null;

    public string Text => text;

    public override Value Evaluate(Frame frame) => TryEvaluate(frame, out var value) ? value : throw Unknown(frame);

    public override Value EvaluateOptional(Frame frame)
    {
        if (TryEvaluate(frame, out var value))
            return value;
        return frame.Context.MissingIsNullish && !Globals.IsLeftOut(text) ? Value.Undefined : throw Unknown(frame);
    }

    public bool TryEvaluate(Frame frame, out Value value)
    {
        if (frame.Scope.TryGet(text, out value))
            return true;
        if (frame.Host is not null && frame.Host.TryGetFunction(text, out var function))
        {
            value = Value.From(new FunctionValue(text, (_, _, args) => function(args.ToArray())));
            return true;
        }

        if (_global is not { } global)
            return false;
        value = global;
        return true;
    }

    private ExpressionException Unknown(Frame frame)
    {
        if (orElse is not null)
            return new ExpressionException(orElse.Kind, orElse.Message, Column, orElse.Suggest);
        if (Globals.IsLeftOut(text))
            return Error(ErrorKind.Forbidden, $"“{text}” is not part of the language.");
        var near = Nearest.To(text, frame.Scope.Names);
        return Error(ErrorKind.Reference, $"There is no “{text}” in the data.", near.Count > 0 ? near[0] : null);
    }
}
