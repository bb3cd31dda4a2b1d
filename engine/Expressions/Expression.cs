using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions;

/// <summary>A parsed expression of the language: the safe, always ending subset of JavaScript of the template language, section 5.</summary>
/// <remarks>Immutable; may be evaluated on many threads at once, each with its own context.</remarks>
public sealed class Expression
{
    private readonly Node _root;
    private readonly int _slots;
    private readonly string[]? _path;
    private readonly Name? _first;

    internal Expression(Node root, int slots)
    {
        _root = root;
        _slots = slots;
        _path = Paths.PlainPath(root);
        _first = _path is null ? null : root as Name ?? (Name)((Postfix)root).Start;
        FreePaths = Paths.Free(root);
    }

    /// <summary>Data paths the expression reads, such as <c>deal.rate</c>; <c>crew[].name</c> for fields of list items. Each once, in order.</summary>
    public IReadOnlyList<string> FreePaths { get; }

    /// <summary>Whether it is a name with own fields only, such as <c>deal.loanOut.name</c>.</summary>
    public bool IsPlainPath => _path is not null;

    /// <summary>The words of a plain path, else null.</summary>
    public IReadOnlyList<string>? Path => _path;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">It cannot be read, is not in the language, or is over a limit.</exception>
    public static Expression Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var parser = new Parser(source);
        return new Expression(parser.ParseWhole(), parser.Slots);
    }

    /// <summary>Its value now.</summary>
    /// <exception cref="ExpressionException">A name is unknown, JavaScript would throw, or a limit is reached.</exception>
    public Value Evaluate(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_path is not null && TryWalk(context.Scope, out var found))
            return found;
        context.Budget.Enter();
        try
        {
            return Extent.Bounded(_root.Evaluate(new Frame(context, _slots)), context.Budget);
        }
        finally
        {
            context.Budget.Exit();
        }
    }

    /// <summary>Follows a plain path through own fields; false when it is no plain path or a word of it is missing.</summary>
    public bool TryResolve(IScope scope, out Value value)
    {
        ArgumentNullException.ThrowIfNull(scope);
        value = default;
        return _path is not null && TryWalk(scope, out value);
    }

    private bool TryWalk(IScope scope, out Value value)
    {
        if (!scope.TryGet(_first!.Text, out value))
            return false;
        for (var i = 1; i < _path!.Length; i++)
        {
            if (value.Reference is not ObjectValue fields || !fields.TryGet(_path[i], out value))
                return false;
        }

        return true;
    }
}
