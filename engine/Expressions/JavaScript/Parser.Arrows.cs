using ProductionOffice.Expressions.JavaScript.Syntax;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

internal sealed partial class Parser
{
    /// <summary>Whether <c>x =></c> or <c>( … ) =></c> begins here.</summary>
    private bool IsArrowAhead() => IsArrowAt(_at);

    private bool IsArrowAt(int at)
    {
        if (_tokens[at].Kind == TokenKind.Name)
            return at + 1 < _tokens.Count && _tokens[at + 1].Is("=>");
        if (!_tokens[at].Is("("))
            return false;
        var open = 0;
        for (var i = at; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            if (token.Kind != TokenKind.Sign)
                continue;
            if (token.Text is "(" or "[" or "{")
                open++;
            else if (token.Text is ")" or "]" or "}" && --open == 0)
                return _tokens[Math.Min(i + 1, _tokens.Count - 1)].Is("=>");
        }

        return false;
    }

    private Arrow ParseArrow()
    {
        Enter();
        var column = Now.Column;
        var firstSlot = Slots;
        var names = BindParameters();
        var parameters = new List<Pattern>();
        if (TryTake("("))
        {
            while (!TryTake(")"))
            {
                var isRest = TryTake("...");
                parameters.Add(ParseParameter(null, isRest));
                if (isRest && Now.Is(","))
                    throw Error(ErrorKind.Syntax, "Nothing may follow the rest.");
                if (!TryTake(","))
                {
                    Expect(")");
                    break;
                }
            }
        }
        else
        {
            parameters.Add(ParseTarget(null, isRest: false));
        }

        if (Now.AfterLineBreak)
            throw Error(ErrorKind.Syntax, "=> cannot begin a line.");
        Expect("=>");
        var body = Now.Is("{") ? ParseRefusedBody("A function body is an expression.", "({ … }) for an object") : ParseExpression();
        foreach (var name in names)
            _bindings[name].Pop();
        _depth--;
        return new Arrow(column, [.. parameters], body, [.. Enumerable.Range(firstSlot, Slots - firstSlot)]);
    }

    // All parameters are known before the first default is read, so that using one too early is an error, not the data of that name.
    private List<string> BindParameters()
    {
        var names = new List<string>();
        if (Now.Kind == TokenKind.Name)
        {
            Bind(Now, names, isConstant: false);
            return names;
        }

        var open = new Stack<string>();
        for (var i = _at; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            if (token.Kind == TokenKind.Name && !_tokens[i + 1].Is(":"))
                Bind(token, names, isConstant: false);
            if (token.Kind != TokenKind.Sign)
                continue;
            if (token.Text == "[" && open.TryPeek(out var around) && around == "{" && _tokens[i - 1].Text is "{" or ",")
                i = SkipBalanced(i);
            else if (token.Text is "(" or "[" or "{")
                open.Push(token.Text);
            else if (token.Text == "=")
                i = SkipDefault(i + 1) - 1;
            else if (token.Text is ")" or "]" or "}" && open.TryPop(out _) && open.Count == 0)
                break;
        }

        return names;
    }

    // Place of the bracket that closes the one here.
    private int SkipBalanced(int at)
    {
        var open = 0;
        for (; at < _tokens.Count; at++)
        {
            if (_tokens[at].Kind != TokenKind.Sign)
                continue;
            if (_tokens[at].Text is "(" or "[" or "{")
                open++;
            else if (_tokens[at].Text is ")" or "]" or "}" && --open == 0)
                return at;
        }

        return _tokens.Count - 1;
    }

    // Place of the comma or bracket that ends a default.
    private int SkipDefault(int at)
    {
        for (; at < _tokens.Count; at++)
        {
            if (_tokens[at].Kind != TokenKind.Sign)
                continue;
            if (_tokens[at].Text is "," or ")" or "]" or "}")
                return at;
            if (_tokens[at].Text is "(" or "[" or "{")
                at = SkipBalanced(at);
        }

        return at;
    }

    private Pattern ParseParameter(List<string>? names, bool isRest)
    {
        Enter();
        var pattern = ParseTarget(names, isRest);
        if (Now.Is("="))
        {
            if (isRest)
                throw Error(ErrorKind.Syntax, "A rest has no default.");
            _at++;
            pattern.Default = ParseExpression();
        }

        _depth--;
        return pattern;
    }

    private Pattern ParseTarget(List<string>? names, bool isRest)
    {
        var column = Now.Column;
        if (Now.Is("["))
            return ParseListPattern(names, column, isRest);
        if (Now.Is("{"))
            return ParseObjectPattern(names, column, isRest);
        if (Now.Kind != TokenKind.Name)
            throw Unexpected();
        var slot = names is null ? TryBinding(Now.Text)?.Slot ?? throw Unexpected() : Bind(Now, names, isConstant: false);
        _at++;
        return new NamePattern(column, slot) { IsRest = isRest };
    }

    private int Bind(Token name, List<string> names, bool isConstant)
    {
        if (name.IsEscaped || Words.Refuse(name) is not null || name.Text is "true" or "false" or "null" or "new" or "typeof" or "in" or "eval" or "arguments")
            throw new ExpressionException(ErrorKind.Syntax, $"“{name.Text}” cannot be a name here.", name.Column);
        if (names.Contains(name.Text))
            throw new ExpressionException(ErrorKind.Syntax, $"There are two “{name.Text}”.", name.Column);
        names.Add(name.Text);
        var slot = Slots++;
        if (!_bindings.TryGetValue(name.Text, out var stack))
            _bindings[name.Text] = stack = new();
        stack.Push(new(slot, isConstant));
        return slot;
    }

    private ListPattern ParseListPattern(List<string>? names, int column, bool isRest)
    {
        _at++;
        var items = new List<Pattern?>();
        while (!TryTake("]"))
        {
            if (TryTake(","))
            {
                items.Add(null);
                continue;
            }

            var rest = TryTake("...");
            items.Add(ParseParameter(names, rest));
            if (rest && Now.Is(","))
                throw Error(ErrorKind.Syntax, "Nothing may follow the rest.");
            if (!TryTake(","))
            {
                Expect("]");
                break;
            }
        }

        return new ListPattern(column, [.. items]) { IsRest = isRest };
    }

    private ObjectPattern ParseObjectPattern(List<string>? names, int column, bool isRest)
    {
        _at++;
        var fields = new List<ObjectPattern.Field>();
        Pattern? rest = null;
        while (!TryTake("}"))
        {
            if (TryTake("..."))
            {
                if (Now.Kind != TokenKind.Name)
                    throw Unexpected();
                rest = ParseTarget(names, isRest: true);
                Expect("}");
                break;
            }

            fields.Add(ParsePatternField(names));
            if (!TryTake(","))
            {
                Expect("}");
                break;
            }
        }

        return new ObjectPattern(column, [.. fields], rest) { IsRest = isRest };
    }

    private ObjectPattern.Field ParsePatternField(List<string>? names)
    {
        var token = Now;
        if (TryTake("["))
        {
            var computed = ParseExpression();
            Expect("]");
            Expect(":");
            return new(null, computed, ParseParameter(names, isRest: false));
        }

        if (token.Kind is not (TokenKind.Name or TokenKind.Text or TokenKind.Number))
            throw Unexpected();
        var name = token.Kind == TokenKind.Number ? NumberText.Of(token.Number) : token.Text;
        Guard(name, token.Column);
        if (token.Kind == TokenKind.Name && !Next.Is(":"))
            return new(name, null, ParseParameter(names, isRest: false));
        _at++;
        Expect(":");
        return new(name, null, ParseParameter(names, isRest: false));
    }
}
