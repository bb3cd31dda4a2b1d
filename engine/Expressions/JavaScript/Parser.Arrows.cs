using ProductionOffice.Expressions.JavaScript.Syntax;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

internal sealed partial class Parser
{
    /// <summary>Whether <c>x =></c> or <c>( … ) =></c> begins here.</summary>
    private bool IsArrowAhead()
    {
        if (Now.Kind == TokenKind.Name)
            return Next.Is("=>");
        if (!Now.Is("("))
            return false;
        var open = 0;
        for (var i = _at; i < _tokens.Count; i++)
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
        var names = new List<string>();
        var firstSlot = Slots;
        var parameters = new List<Pattern>();
        if (TryTake("("))
        {
            while (!TryTake(")"))
            {
                var isRest = TryTake("...");
                parameters.Add(ParseParameter(names, isRest));
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
            parameters.Add(ParseTarget(names, isRest: false));
        }

        if (Now.AfterLineBreak)
            throw Error(ErrorKind.Syntax, "=> cannot begin a line.");
        Expect("=>");
        if (Now.Is("{"))
            throw Error(ErrorKind.Forbidden, "A function body is an expression.", "({ … }) for an object");
        var body = ParseExpression();
        foreach (var name in names)
            _bindings[name].Pop();
        _depth--;
        return new Arrow(column, [.. parameters], body, [.. Enumerable.Range(firstSlot, Slots - firstSlot)]);
    }

    private Pattern ParseParameter(List<string> names, bool isRest)
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

    private Pattern ParseTarget(List<string> names, bool isRest)
    {
        var column = Now.Column;
        if (Now.Is("["))
            return ParseListPattern(names, column, isRest);
        if (Now.Is("{"))
            return ParseObjectPattern(names, column, isRest);
        if (Now.Kind != TokenKind.Name)
            throw Unexpected();
        var slot = Bind(Now, names, isConstant: false);
        _at++;
        return new NamePattern(column, slot) { IsRest = isRest };
    }

    private int Bind(Token name, List<string> names, bool isConstant)
    {
        if (Words.Refuse(name) is not null || name.Text is "true" or "false" or "null" or "new" or "typeof" or "in" or "eval" or "arguments")
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

    private ListPattern ParseListPattern(List<string> names, int column, bool isRest)
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

    private ObjectPattern ParseObjectPattern(List<string> names, int column, bool isRest)
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

    private ObjectPattern.Field ParsePatternField(List<string> names)
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
        Members.Guard(name, token.Column);
        if (token.Kind == TokenKind.Name && !Next.Is(":"))
            return new(name, null, ParseParameter(names, isRest: false));
        _at++;
        Expect(":");
        return new(name, null, ParseParameter(names, isRest: false));
    }
}
