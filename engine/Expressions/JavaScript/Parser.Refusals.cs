using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>
/// JavaScript that is not part of the language. It is read to its end before it is refused, so that what no JavaScript could read
/// is told as such: <c>a = 1</c> is forbidden, <c>1 = a</c> and <c>a = </c> are no JavaScript at all.
/// </summary>
internal sealed partial class Parser
{
    private ExpressionException? _refusal;

    private void Refuse(string message, string? suggest = null) => Refuse(Error(ErrorKind.Forbidden, message, suggest));

    private void Refuse(ExpressionException refusal) => _refusal ??= refusal;

    private void Guard(string name, int column)
    {
        if (Members.Refusal(name, column) is { } refusal)
            Refuse(refusal);
    }

    /// <summary>An expression and what the comma operator would put after it.</summary>
    private Node ParseSequence()
    {
        var node = ParseExpression();
        while (Now.Is(","))
        {
            Refuse("The comma operator is not part of the language.");
            _at++;
            node = ParseExpression();
        }

        return node;
    }

    private Arrow? ParseStrayArrow()
    {
        var isAsync = Now.IsWord("async") && !Next.AfterLineBreak && IsArrowAt(_at + 1);
        if (!isAsync && !IsArrowAhead())
            return null;
        Refuse("A function can only be handed to a list method.");
        if (isAsync)
            _at++;
        return ParseArrow();
    }

    private bool IsBitwise(Token token) =>
        token.Kind == TokenKind.Sign && token.Text is "&" or "^" or "<<" or ">>" or ">>>" || (_isStrict && token.Is("|"));

    private Node? ParseRefusedUnary()
    {
        var token = Now;
        var isStep = token.Is("++") || token.Is("--");
        var isDelete = token.IsWord("delete") && _isStrict;
        if (!isStep && !isDelete && !token.Is("~") && !(token.IsWord("void") && _isStrict))
            return null;
        Refuse(isStep ? $"{token.Text} is not part of the language."
            : token.Is("~") ? "Bitwise operators are not part of the language."
            : $"“{token.Text}” is not part of the language.", token.Text switch { "++" => "x + 1", "--" => "x - 1", _ => null });
        _at++;
        Enter();
        var begin = _at;
        var operand = ParseUnary();
        _depth--;
        if (isStep && !IsTarget(operand, begin, mayBeCall: true))
            throw new ExpressionException(ErrorKind.Syntax, $"{token.Text} needs a name after it.", token.Column);
        if (isDelete && operand is Name or Local)
            throw new ExpressionException(ErrorKind.Syntax, "A name cannot be deleted.", token.Column);
        return isStep ? new Literal(token.Column, Value.Undefined) : new Unary(token.Column, '!', operand);
    }

    private Node RefuseStepping(Node node)
    {
        if (!(Now.Is("++") || Now.Is("--")) || Now.AfterLineBreak)
            return node;
        var begin = Math.Max(_at - 1, 0);
        if (!IsTarget(node, begin, mayBeCall: true))
            throw Error(ErrorKind.Syntax, $"{Now.Text} needs a name before it.");
        Refuse($"{Now.Text} is not part of the language.", Now.Text == "++" ? "x + 1" : "x - 1");
        _at++;
        return new Literal(node.Column, Value.Undefined);
    }

    private Node RefuseAssignment(Node target, int begin)
    {
        if (!IsAssignment(Now))
            return target;
        var isPattern = Now.Text == "=" && target is ListLiteral or ObjectLiteral && !_parenthesised.Contains(target);
        if (!isPattern && !IsTarget(target, begin, mayBeCall: Now.Text is not ("&&=" or "||=" or "??=")))
            throw Error(ErrorKind.Syntax, $"Nothing can be assigned to what stands before {Now.Text}.", Now.Text == "=" ? "===" : null);
        Refuse("Assignment is not part of the language.", Now.Text == "=" ? "===" : null);
        _at++;
        ParseExpression();
        return new Unary(target.Column, '!', target);
    }

    private static bool IsAssignment(Token token) => token.Kind == TokenKind.Sign
        && token.Text is "=" or "+=" or "-=" or "*=" or "/=" or "%=" or "**=" or "&&=" or "||=" or "??=" or "&=" or "|=" or "^=" or "<<=" or ">>=" or ">>>=";

    // What JavaScript lets stand left of =. A call fails there only when it runs.
    private bool IsTarget(Node node, int begin, bool mayBeCall) => node switch
    {
        Name or Local => true,
        Literal => _tokens[begin] is { Kind: TokenKind.Name, Text: "undefined" or "NaN" or "Infinity" },
        Postfix postfix => !Array.Exists(postfix.Links, link => link.IsOptional) && (mayBeCall || postfix.Links[^1] is not Call),
        _ => false,
    };

    private void RefuseTag(List<Link>? links)
    {
        while (Now.Kind == TokenKind.TemplatePart && Now.IsHead)
        {
            if (links is not null && links.Exists(link => link.IsOptional))
                throw Error(ErrorKind.Syntax, "A template text cannot follow ?.");
            Refuse("Tagged templates are not part of the language.");
            ParseTemplate();
        }
    }

    private Literal ParseRefusedWord(ExpressionException refusal)
    {
        var token = Now;
        if (refusal.Kind != ErrorKind.Forbidden || token.Text is "super" or "yield" || (token.Text == "import" && !Next.Is("(")))
            throw refusal;
        Refuse(refusal);
        _at++;
        switch (token.Text)
        {
            case "function":
                TryTake("*");
                if (Now.Kind == TokenKind.Name)
                    _at++;
                Skip("(", ")");
                Skip("{", "}");
                break;
            case "class":
                if (Now.Kind == TokenKind.Name && !Now.IsWord("extends"))
                    _at++;
                if (Now.IsWord("extends"))
                {
                    _at++;
                    ParsePostfix();
                }

                Skip("{", "}");
                break;
        }

        return new Literal(token.Column, Value.Undefined);
    }

    private Literal ParseRefusedNew()
    {
        var column = Now.Column;
        Refuse("“new” is only for dates.", "new Date(…)");
        _at++;
        Enter();
        if (TryTake("."))
        {
            if (!Now.IsWord("target"))
                throw Unexpected();
            _at++;
        }
        else
        {
            var callee = Now.IsWord("new") ? ParseNew() : ParsePrimary();
            while ((Now.Is(".") || Now.Is("[")) && TryParseLink(_at, out _))
            {
            }

            if (Now.Is("?.") || callee is null)
                throw Unexpected();
            if (TryTake("("))
                ParseArguments();
        }

        _depth--;
        return new Literal(column, Value.Undefined);
    }

    private bool TryParseRefusedMethod()
    {
        var at = _at;
        if (Now.Kind == TokenKind.Name && Now.Text is "get" or "set" or "async" && !(Next.Is(":") || Next.Is(",") || Next.Is("}") || Next.Is("(") || Next.Is("=")))
            at++;
        if (_tokens[at].Is("*"))
            at++;
        var end = _tokens[at].Is("[") ? SkipBalanced(at) : at;
        if (end + 1 >= _tokens.Count || !_tokens[end + 1].Is("(") || !(_tokens[at].Is("[") || _tokens[at].Kind is TokenKind.Name or TokenKind.Text or TokenKind.Number))
            return false;
        Refuse("Functions are not part of the language.");
        _at = end + 1;
        Skip("(", ")");
        Skip("{", "}");
        return true;
    }

    private Literal ParseRefusedBody(string message, string suggest)
    {
        var column = Now.Column;
        Refuse(message, suggest);
        Skip("{", "}");
        return new Literal(column, Value.Undefined);
    }

    // What stands between brackets of a refused function is not looked at.
    private void Skip(string opening, string closing)
    {
        if (!Now.Is(opening))
            throw Unexpected(opening);
        _at = SkipBalanced(_at);
        Expect(closing);
    }
}
