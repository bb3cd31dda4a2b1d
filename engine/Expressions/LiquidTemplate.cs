using ProductionOffice.Expressions.Liquid;

namespace ProductionOffice.Expressions;

/// <summary>
/// The part of Liquid that Elsa definitions use: <c>{{ Variables.X | filter }}</c>, <c>if/elsif/else</c>, <c>unless</c>, <c>for</c>,
/// <c>assign</c>, <c>capture</c>, <c>comment</c>, <c>raw</c>. A missing name is blank, as in Liquid.
/// </summary>
/// <remarks>Immutable; may be rendered on many threads at once, each with its own context. The limits of expressions hold.</remarks>
public sealed class LiquidTemplate
{
    private readonly LiquidNode[] _nodes;

    private LiquidTemplate(LiquidNode[] nodes) => _nodes = nodes;

    /// <summary>Reads a Liquid text.</summary>
    /// <exception cref="ExpressionException">A tag or filter is unknown, a section is not closed, or a limit is reached.</exception>
    public static LiquidTemplate Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(new LiquidParser(source).ParseAll());
    }

    /// <summary>The text with all values filled in.</summary>
    /// <exception cref="ExpressionException">A filter cannot take its input, or a limit is reached.</exception>
    public string Render(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Budget.Enter();
        try
        {
            var run = new LiquidRun(context);
            LiquidNode.WriteAll(_nodes, run);
            return run.Text.ToString();
        }
        finally
        {
            context.Budget.Exit();
        }
    }
}
