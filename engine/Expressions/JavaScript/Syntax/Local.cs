namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>A parameter of an arrow function or a binding of a script, by its place in the frame.</summary>
/// <remarks>Places are fixed while parsing: nothing recurses, so a function never runs twice at the same time.</remarks>
internal sealed class Local(int column, string name, int slot, bool isConstant = false) : Node(column)
{
    public string Name => name;

    public int Slot => slot;

    public bool IsConstant => isConstant;

    public override Value Evaluate(Frame frame)
    {
        ref var value = ref frame.Locals[slot];
        return value.IsHole ? throw Error(ErrorKind.Reference, $"“{name}” is used before it has a value.") : value;
    }

    public void EnsureReady(Frame frame)
    {
        if (frame.Locals[slot].IsHole)
            throw Error(ErrorKind.Reference, $"“{name}” is used before it has a value.");
    }
}
