using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions;

/// <summary>The body of a tag: an expression and the formatters its value goes through: <c>deal.rate | money: "EUR"</c>.</summary>
/// <remarks>Immutable; may be evaluated on many threads at once, each with its own context.</remarks>
public sealed class Pipeline
{
    private static readonly Dictionary<string, Value> NoNames = [];

    private readonly int _slots;
    private readonly FormatterUse[] _steps;
    private readonly bool _hasOr;

    private Pipeline(Node root, int slots, FormatterUse[] steps, bool isOptional)
    {
        _slots = slots;
        _steps = steps;
        _hasOr = Array.Exists(steps, step => step.Name == "or");
        IsOptional = isOptional;
        Expression = new Expression(root, slots);
        FreePaths = steps.Length == 0 ? Expression.FreePaths
            : [.. Expression.FreePaths.Concat(steps.SelectMany(step => step.ArgumentNodes.Concat(step.NamedNodes.Select(pair => pair.Value))).SelectMany(Paths.Free)).Distinct()];
        AnswersMissing = isOptional || root is Logical { IsCoalesce: true } || _hasOr
            || (root is Postfix postfix && Array.Exists(postfix.Links, link => link.IsOptional));
    }

    /// <summary>The expression before the formatters.</summary>
    public Expression Expression { get; }

    /// <summary>The formatters in order.</summary>
    public IReadOnlyList<FormatterUse> Steps => _steps;

    /// <summary>Whether the tag began with <c>?</c>: blank when the name is missing.</summary>
    public bool IsOptional { get; }

    /// <summary>Whether the tag itself says what a missing value means (<c>?</c>, <c>??</c>, <c>?.</c>, <c>| or</c>): no warning then.</summary>
    public bool AnswersMissing { get; }

    /// <summary>Whether the expression is a name with own fields only.</summary>
    public bool IsPlainPath => Expression.IsPlainPath;

    /// <summary>Data paths that expression and arguments read.</summary>
    public IReadOnlyList<string> FreePaths { get; }

    /// <summary>Reads a tag body, without braces. Typographic signs are normalised first (<see cref="TagText.Normalize"/>).</summary>
    /// <exception cref="ExpressionException">It cannot be read; kind <c>formatter</c> for an unknown formatter.</exception>
    public static Pipeline Parse(string tagBody, FormatterTable formatters)
    {
        ArgumentNullException.ThrowIfNull(tagBody);
        var pipeline = ParseNormalized(TagText.Normalize(tagBody), 0, formatters, out var parser);
        return parser.Now.Kind == TokenKind.End ? pipeline : throw parser.StrayToken();
    }

    /// <summary>Reads the longest pipeline from a place on, for words that may follow (<c>drop</c>, <c>restart</c>, <c>with e</c>).</summary>
    /// <param name="normalized">Text already normalised by <see cref="TagText.Normalize"/>.</param>
    /// <param name="start">0-based place to begin at.</param>
    /// <param name="formatters">Known formatters.</param>
    /// <param name="end">0-based place of the first sign that is no part of it.</param>
    public static Pipeline ParsePrefix(string normalized, int start, FormatterTable formatters, out int end)
    {
        var pipeline = ParseNormalized(normalized, start, formatters, out var parser);
        end = parser.Now.Start;
        return pipeline;
    }

    /// <summary>The value after all formatters.</summary>
    /// <exception cref="ExpressionException">A name is unknown and the tag does not answer for it, evaluation fails, or a limit is reached.</exception>
    public Value Evaluate(EvaluationContext context) => Evaluate(context, _steps.Length);

    /// <summary>The value after the first formatters only; 0 gives that of the expression.</summary>
    public Value Evaluate(EvaluationContext context, int steps)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Format(context, First(context), steps);
    }

    /// <summary>Sends a value through the formatters as if the expression had given it.</summary>
    public Value Format(EvaluationContext context, Value value) => Format(context, value, _steps.Length);

    private Value Format(EvaluationContext context, Value value, int steps)
    {
        if (steps == 0)
            return value;
        context.Budget.Enter();
        try
        {
            var frame = new Frame(context, _slots);
            for (var i = 0; i < steps; i++)
                value = Apply(frame, _steps[i], value);
            return value;
        }
        finally
        {
            context.Budget.Exit();
        }
    }

    // A tag that answers for missing values reads them as undefined.
    private Value First(EvaluationContext context)
    {
        if (!IsOptional && !_hasOr)
            return Expression.Evaluate(context);
        try
        {
            return Expression.Evaluate(context);
        }
        catch (ExpressionException error) when (error.Kind == ErrorKind.Reference || (error.Kind == ErrorKind.Type && IsPlainPath))
        {
            return Value.Undefined;
        }
    }

    private static Value Apply(Frame frame, FormatterUse step, Value value)
    {
        frame.Step();
        if (value.IsNullish && !step.Entry.TakesNull)
            return value;
        var arguments = step.ArgumentNodes.Length == 0 ? [] : new Value[step.ArgumentNodes.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = step.ArgumentNodes[i].Evaluate(frame);
        var named = NoNames;
        if (step.NamedNodes.Length > 0)
        {
            named = new(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, node) in step.NamedNodes)
                named[name] = node.Evaluate(frame);
        }

        frame.Column = step.Column;
        return step.Entry.Body(new FormatterCall(step.Name, value, arguments, named, frame, step.Column));
    }

    private static Pipeline ParseNormalized(string text, int start, FormatterTable formatters, out Parser parser)
    {
        ArgumentNullException.ThrowIfNull(formatters);
        parser = new Parser(text, start, isStrict: false);
        var isOptional = parser.TakeOptionalSign();
        var root = parser.ParseExpression();
        var steps = parser.ParseFormatters(formatters);
        parser.ThrowRefusal();
        return new Pipeline(root, parser.Slots, steps, isOptional);
    }
}
