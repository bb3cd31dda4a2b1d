using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions;

/// <summary>
/// A JavaScript value of a workflow: an expression, or a short script of <c>const|let|var</c> bindings, <c>if/else</c>, calls of the host's
/// functions, assignment to <c>variables.x</c> and own bindings, and <c>return</c>; no loops, no functions.
/// </summary>
/// <remarks>Immutable; may be run on many threads at once, each with its own context and host.</remarks>
public sealed class Script
{
    private readonly Block _body;
    private readonly int _slots;

    private Script(Block body, int slots)
    {
        _body = body;
        _slots = slots;
    }

    /// <summary>Reads a script.</summary>
    /// <exception cref="ExpressionException">It cannot be read, is not in the language, or is over a limit.</exception>
    public static Script Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var parser = new Parser(source);
        var body = parser.ParseScript();
        return new Script(body, parser.Slots);
    }

    /// <summary>Runs it.</summary>
    /// <returns>The value returned, else the value of the last expression, else undefined.</returns>
    /// <exception cref="ExpressionException">A name is unknown, JavaScript would throw, or a limit is reached.</exception>
    public Value Run(EvaluationContext context, IScriptHost host)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(host);
        context.Budget.Enter();
        try
        {
            var result = Value.Undefined;
            _body.Run(new Frame(context, _slots, host), ref result);
            return Extent.Bounded(result, context.Budget);
        }
        finally
        {
            context.Budget.Exit();
        }
    }
}
