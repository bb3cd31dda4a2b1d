using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Tokens to nodes, by the grammar of the language:</summary>
/// <remarks>
/// <code>
/// Expr     := Cond
/// Cond     := Short ( "?" Expr ":" Expr )?
/// Short    := Or | Coalesce
/// Coalesce := Eq ( "??" Eq )+         Or := And ( "||" And )*       And := Eq ( "&amp;&amp;" Eq )*
/// Eq       := Rel ( ("===" | "!==" | "==" | "!=") Rel )*
/// Rel      := Add ( ("&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "in") Add )*
/// Add      := Mul ( ("+" | "-") Mul )*          Mul := Pow ( ("*" | "/" | "%") Pow )*
/// Pow      := Unary | Postfix "**" Pow
/// Unary    := ("!" | "-" | "+" | "typeof") Unary | Postfix
/// </code>
/// Recursion is bounded by <see cref="Budget.MaxNesting"/>; chains of operators, members and conditions are loops.
/// </remarks>
internal sealed partial class Parser
{
    private readonly List<Token> _tokens;
    private readonly Dictionary<string, Stack<Binding>> _bindings = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;

    /// <summary>Whether reserved words stay reserved; else a field of the data may be called <c>if</c>.</summary>
    private readonly bool _isStrict;

    /// <param name="source">Text to read.</param>
    /// <param name="begin">Where to begin.</param>
    /// <param name="isStrict">Whether reserved words cannot be names of the data.</param>
    public Parser(string source, int begin = 0, bool isStrict = true)
    {
        _tokens = Lexer.Read(source, begin);
        _isStrict = isStrict;
    }

    /// <summary>How many places for parameters and bindings a frame needs.</summary>
    public int Slots { get; private set; }

    public Token Now => _tokens[_at];

    private Token Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>Reads one expression that must fill the whole source.</summary>
    public Node ParseWhole()
    {
        if (Now.Kind == TokenKind.End)
            throw Error(ErrorKind.Syntax, "An expression is expected.");
        var node = ParseSequence();
        if (Now.Kind != TokenKind.End)
            throw Unexpected();
        ThrowRefusal();
        return node;
    }

    public Node ParseExpression()
    {
        Enter();
        var begin = _at;
        var node = ParseStrayArrow() ?? RefuseAssignment(ParseConditional(), begin);
        _depth--;
        return node;
    }

    private Node ParseConditional()
    {
        // A name alone is what most tags hold; no operator can follow.
        if (Next.Kind == TokenKind.End || (!_isStrict && Next.Is("|")))
            return ParseUnary();
        var test = ParseShort();
        if (!Now.Is("?"))
            return test;
        var branches = new List<(Node, Node)>();
        while (TryTake("?"))
        {
            var result = ParseExpression();
            Expect(":");
            branches.Add((test, result));
            var begin = _at;
            test = ParseStrayArrow() ?? ParseShort();
            if (!Now.Is("?"))
                test = RefuseAssignment(test, begin);
        }

        return new Conditional([.. branches], test);
    }

    private Node ParseShort()
    {
        var first = ParseAnd();
        if (Now.Is("||"))
        {
            var operands = new List<Node> { first };
            while (TryTake("||"))
                operands.Add(ParseAnd());
            RefuseMix();
            return new Logical('|', [.. operands]);
        }

        if (!Now.Is("??"))
            return first;
        if (IsBareAnd(first))
            RefuseMix();
        var alternatives = new List<Node> { first };
        while (TryTake("??"))
            alternatives.Add(ParseEquality());
        if (Now.Is("||") || Now.Is("&&"))
            throw Error(ErrorKind.Syntax, "?? cannot be mixed with || or && without parentheses.");
        return new Logical('?', [.. alternatives]);
    }

    private Node ParseAnd()
    {
        var first = ParseEquality();
        if (!Now.Is("&&"))
            return first;
        var operands = new List<Node> { first };
        while (TryTake("&&"))
            operands.Add(ParseEquality());
        _lastAnd = new Logical('&', [.. operands]);
        return _lastAnd;
    }

    // The && chain read last, when it was not put into parentheses.
    private Node? _lastAnd;

    private bool IsBareAnd(Node node) => ReferenceEquals(node, _lastAnd) && !_parenthesised.Contains(node);

    private void RefuseMix()
    {
        if (Now.Is("??"))
            throw Error(ErrorKind.Syntax, "?? cannot be mixed with || or && without parentheses.");
    }

    private Node ParseEquality()
    {
        var node = ParseComparison();
        while (IsBitwise(Now))
        {
            Refuse("Bitwise operators are not part of the language.", Now.Text switch { "&" => "&&", "|" => "||", _ => null });
            _at++;
            node = ParseComparison();
        }

        return node;
    }

    private Node ParseComparison() => ParseChain(ParseRelation, static token => token.Text switch
    {
        "===" => Operator.Same,
        "!==" => Operator.NotSame,
        "==" => Operator.Equal,
        "!=" => Operator.NotEqual,
        _ => null,
    });

    private Node ParseRelation()
    {
        var node = ParseChain(ParseSum, static token => token.Text switch
        {
            "<" => Operator.Less,
            "<=" => Operator.LessOrEqual,
            ">" => Operator.Greater,
            ">=" => Operator.GreaterOrEqual,
            "in" => Operator.In,
            _ => null,
        });
        while (Now.IsWord("instanceof"))
        {
            Refuse("“instanceof” is not part of the language.", "typeof");
            _at++;
            node = ParseSum();
        }

        return node;
    }

    private Node ParseSum() => ParseChain(ParseProduct, static token => token.Text switch
    {
        "+" => Operator.Add,
        "-" => Operator.Subtract,
        _ => null,
    });

    private Node ParseProduct() => ParseChain(ParsePower, static token => token.Text switch
    {
        "*" => Operator.Multiply,
        "/" => Operator.Divide,
        "%" => Operator.Remainder,
        _ => null,
    });

    private Node ParseChain(Func<Node> parseOperand, Func<Token, Operator?> read)
    {
        var first = parseOperand();
        List<Operator>? operators = null;
        List<Node>? operands = null;
        while (Now.Kind is TokenKind.Sign or TokenKind.Name && !Now.IsEscaped && read(Now) is { } found)
        {
            _at++;
            (operators ??= []).Add(found);
            (operands ??= []).Add(parseOperand());
        }

        return operators is null ? first : new Chain(first, [.. operators], [.. operands!]);
    }

    private Node ParsePower()
    {
        var begin = Now;
        var left = ParseUnary();
        if (!Now.Is("**"))
            return left;
        if (left is Unary && !_parenthesised.Contains(left))
            throw new ExpressionException(ErrorKind.Syntax, "Put parentheses around the sign before **.", begin.Column, "(-x) ** 2");
        _at++;
        Enter();
        var right = ParsePower();
        _depth--;
        return new Power(left, right);
    }

    private Node ParseUnary()
    {
        var token = Now;
        if (token.Kind == TokenKind.Sign && token.Text is "!" or "-" or "+" || token.IsWord("typeof"))
        {
            _at++;
            Enter();
            var operand = ParseUnary();
            _depth--;
            if (token.Text == "-" && operand is Literal { Value.IsNumber: true } literal && !_parenthesised.Contains(operand) && !Now.Is("**"))
                return new Literal(token.Column, Value.From(-literal.Value.RawNumber));
            return new Unary(token.Column, token.Text[0], operand);
        }

        return ParseRefusedUnary() ?? ParsePostfix();
    }

    private void Enter()
    {
        if (Depth.IsTooDeep(++_depth, Budget.MaxNesting + 1))
            throw Error(ErrorKind.Limit, $"The expression is nested deeper than {Budget.MaxNesting}.");
    }

    private bool TryTake(string sign)
    {
        if (!Now.Is(sign))
            return false;
        _at++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!TryTake(sign))
            throw Now.Kind == TokenKind.End ? Error(ErrorKind.Syntax, $"“{sign}” is missing at the end.") : Unexpected(sign);
    }

    private ExpressionException Unexpected(string? wanted = null)
    {
        var token = Now;
        if (token.Kind == TokenKind.End)
            return Error(ErrorKind.Syntax, "The expression ends too early.");
        var shown = token.Kind == TokenKind.Text ? "a text" : token.Kind == TokenKind.Number ? "a number" : $"“{token.Text}”";
        return Error(ErrorKind.Syntax, wanted is null ? $"{char.ToUpperInvariant(shown[0])}{shown[1..]} cannot stand here." : $"“{wanted}” is expected, not {shown}.");
    }

    private ExpressionException Error(string kind, string message, string? suggest = null) => new(kind, message, Now.Column, suggest);

    private sealed record Binding(int Slot, bool IsConstant);
}
