namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>A part of an expression that has a value. Immutable after parsing.</summary>
internal abstract class Node(int column)
{
    public int Column => column;

    /// <summary>Parts that are evaluated when this is.</summary>
    public virtual IEnumerable<Node> Children => [];

    public abstract Value Evaluate(Frame frame);

    /// <summary>The value where an unknown name counts as undefined when the context says so (left of <c>??</c> and <c>?.</c>).</summary>
    public virtual Value EvaluateOptional(Frame frame) => Evaluate(frame);

    protected ExpressionException Error(string kind, string message, string? suggest = null) => new(kind, message, column, suggest);
}
