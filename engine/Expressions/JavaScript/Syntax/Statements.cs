namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>How a statement ended.</summary>
internal enum Completion : byte
{
    /// <summary>Go on; there may be no value.</summary>
    None,

    /// <summary>Go on; the value is the result so far.</summary>
    Value,

    /// <summary>Stop; the value is the result.</summary>
    Return,
}

/// <summary>A statement of a workflow script.</summary>
internal abstract class Statement(int column)
{
    public int Column => column;

    public abstract Completion Run(Frame frame, ref Value result);
}

internal sealed class ExpressionStatement(Node node) : Statement(node.Column)
{
    public override Completion Run(Frame frame, ref Value result)
    {
        frame.Step();
        result = node.Evaluate(frame);
        return Completion.Value;
    }
}

internal sealed class ReturnStatement(int column, Node? node) : Statement(column)
{
    public override Completion Run(Frame frame, ref Value result)
    {
        result = node?.Evaluate(frame) ?? Value.Undefined;
        return Completion.Return;
    }
}

/// <summary><c>const a = 1</c>; without a value undefined.</summary>
internal sealed class Declaration(int column, Pattern target, Node? value) : Statement(column)
{
    public override Completion Run(Frame frame, ref Value result)
    {
        frame.Step();
        target.Bind(frame, value?.Evaluate(frame) ?? Value.Undefined);
        return Completion.None;
    }
}

internal sealed class IfStatement((Node Test, Statement Body)[] branches, Statement? otherwise) : Statement(branches[0].Test.Column)
{
    public override Completion Run(Frame frame, ref Value result)
    {
        result = Value.Undefined;
        foreach (var (test, body) in branches)
        {
            frame.Step();
            if (test.Evaluate(frame).IsTruthy)
                return AsValue(body.Run(frame, ref result));
        }

        return otherwise is null ? Completion.Value : AsValue(otherwise.Run(frame, ref result));
    }

    private static Completion AsValue(Completion completion) => completion == Completion.Return ? completion : Completion.Value;
}

internal sealed class Block(int column, Statement[] statements, int[] slots) : Statement(column)
{
    public override Completion Run(Frame frame, ref Value result)
    {
        foreach (var slot in slots)
            frame.Locals[slot] = Value.Hole;
        var has = Completion.None;
        foreach (var statement in statements)
        {
            var completion = statement.Run(frame, ref result);
            if (completion == Completion.Return)
                return completion;
            if (completion == Completion.Value)
                has = completion;
        }

        return has;
    }
}
