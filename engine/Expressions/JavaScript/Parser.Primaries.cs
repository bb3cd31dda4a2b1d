using ProductionOffice.Expressions.JavaScript.Syntax;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

internal sealed partial class Parser
{
    private readonly HashSet<Node> _parenthesised = new(ReferenceEqualityComparer.Instance);

    private Node ParsePostfix()
    {
        var begin = _at;
        var start = ParsePrimary();
        List<Link>? links = null;
        if (start is Postfix inner && _parenthesised.Contains(start) && IsLinkAhead())
        {
            // (a.b)() is called on a, as without parentheses; only ?. ends at them.
            links = [.. inner.Links];
            start = inner.Start;
            foreach (var link in links)
                link.SkipTo = Math.Min(link.SkipTo, links.Count);
        }

        var own = links?.Count ?? 0;
        while (TryParseLink(begin, out var link))
        {
            (links ??= []).Add(link);
            RefuseTag(links);
        }

        RefuseTag(links);
        if (links is null)
            return RefuseStepping(start);
        for (var i = own; i < links.Count; i++)
            links[i].SkipTo = links.Count;
        return RefuseStepping(new Postfix(start, [.. links]));
    }

    private bool IsLinkAhead() => Now.Kind == TokenKind.Sign && Now.Text is "." or "?." or "[" or "(";

    private bool TryParseLink(int begin, out Link link)
    {
        link = null!;
        if (!IsLinkAhead())
            return false;
        var token = Now;
        var optional = token.Text == "?.";
        _at++;
        if (token.Text == "." || (optional && !Now.Is("[") && !Now.Is("(")))
        {
            var name = Now;
            if (name.Kind == TokenKind.TemplatePart)
                throw Error(ErrorKind.Syntax, "A template text cannot follow ?.");
            if (name.Kind != TokenKind.Name)
                throw Unexpected();
            Guard(name.Text, name.Column);
            _at++;
            link = new Member(name.Column, name.Text, optional);
            return true;
        }

        var opening = optional ? Now : token;
        if (optional)
            _at++;
        if (opening.Text == "[")
        {
            var index = ParseSequence();
            Expect("]");
            if (index is Literal { Value: { Kind: ValueKind.String } text })
                Guard(text.AsString(), index.Column);
            link = new Syntax.Index(index.Column, index, optional);
            return true;
        }

        link = new Call(opening.Column, ParseArguments(), optional, CalleeText(begin, opening));
        return true;
    }

    // For messages: the words of the callee as they were typed.
    private string CalleeText(int begin, Token opening)
    {
        var words = new List<string>();
        for (var i = begin; i < _tokens.Count && _tokens[i].Start < opening.Start && words.Count < 8; i++)
        {
            if (_tokens[i].Kind == TokenKind.Name || _tokens[i].Text is ".")
                words.Add(_tokens[i].Text);
            else if (words.Count > 0 && _tokens[i].Text is "(")
                return "This";
        }

        return words.Count > 0 ? string.Concat(words) : "This";
    }

    /// <summary>Arguments after the opening parenthesis, the closing one included.</summary>
    public Node[] ParseArguments()
    {
        var arguments = new List<Node>();
        while (!TryTake(")"))
        {
            if (Now.Is("..."))
            {
                var column = Now.Column;
                _at++;
                arguments.Add(new Spread(column, ParseExpression()));
            }
            else
            {
                arguments.Add(ParseArgument());
            }

            if (!TryTake(","))
            {
                Expect(")");
                break;
            }
        }

        return [.. arguments];
    }

    /// <summary>An expression or an arrow function.</summary>
    public Node ParseArgument() => IsArrowAhead() ? ParseArrow() : ParseExpression();

    private Node ParsePrimary()
    {
        var token = Now;
        switch (token.Kind)
        {
            case TokenKind.Number:
                if (token.Text == "n")
                    Refuse("BigInt is not part of the language.", "a plain number");
                _at++;
                return new Literal(token.Column, Value.From(token.Number));
            case TokenKind.Pattern:
                Refuse("Regular expressions are not part of the language.", "includes, startsWith, replaceAll");
                _at++;
                return new Literal(token.Column, Value.Undefined);
            case TokenKind.Text:
                _at++;
                return new Literal(token.Column, Value.From(token.Text));
            case TokenKind.TemplatePart when token.IsHead:
                return ParseTemplate();
            case TokenKind.Name:
                return ParseName();
            case TokenKind.Sign when token.Text == "(":
                return ParseParentheses();
            case TokenKind.Sign when token.Text == "[":
                return ParseList();
            case TokenKind.Sign when token.Text == "{":
                return ParseObject();
            default:
                throw Unexpected();
        }
    }

    private Node ParseName()
    {
        var token = Now;
        if (token.IsEscaped && (token.Text is "true" or "false" or "null" or "new" or "typeof" || Words.Refuse(token) is not null))
            throw Error(ErrorKind.Syntax, $"“{token.Text}” cannot be written with \\u.");
        switch (token.Text)
        {
            case "true": _at++; return new Literal(token.Column, Value.True);
            case "false": _at++; return new Literal(token.Column, Value.False);
            case "null": _at++; return new Literal(token.Column, Value.Null);
            case "undefined" when !_bindings.ContainsKey("undefined"): _at++; return new Literal(token.Column, Value.Undefined);
            case "NaN" when !_bindings.ContainsKey("NaN"): _at++; return new Literal(token.Column, Value.From(double.NaN));
            case "Infinity" when !_bindings.ContainsKey("Infinity"): _at++; return new Literal(token.Column, Value.From(double.PositiveInfinity));
            case "new": return ParseNew();
        }

        if (Words.Refuse(token) is { } refusal && !(Words.MayBeData(token.Text) && !_isStrict))
            return ParseRefusedWord(refusal);
        if (token.Text == "async" && Next.IsWord("function") && !Next.AfterLineBreak)
        {
            _at++;
            return ParseRefusedWord(Words.Refuse(Now)!);
        }

        _at++;
        if (TryBinding(token.Text) is { } binding)
            return new Local(token.Column, token.Text, binding.Slot, binding.IsConstant);
        return new Name(token.Column, token.Text, Words.Refuse(token));
    }

    private Node ParseNew()
    {
        var column = Now.Column;
        if (Next.IsWord("Date") && _tokens[Math.Min(_at + 2, _tokens.Count - 1)].Is("("))
        {
            _at += 3;
            var arguments = ParseArguments();
            if (Array.Exists(arguments, argument => argument is Arrow))
                throw new ExpressionException(ErrorKind.Forbidden, "new Date takes no function.", column);
            return new NewDate(column, arguments);
        }

        return ParseRefusedNew();
    }

    private Node ParseParentheses()
    {
        _at++;
        var inner = ParseSequence();
        Expect(")");
        _parenthesised.Add(inner);
        return inner;
    }

    private TemplateText ParseTemplate()
    {
        var column = Now.Column;
        var texts = new List<string> { Now.Text };
        var values = new List<Node>();
        while (!_tokens[_at].IsTail)
        {
            _at++;
            values.Add(ParseSequence());
            if (Now.Kind != TokenKind.TemplatePart || Now.IsHead)
                throw Unexpected("}");
            texts.Add(Now.Text);
        }

        _at++;
        return new TemplateText(column, [.. texts], [.. values]);
    }

    private ListLiteral ParseList()
    {
        var column = Now.Column;
        _at++;
        var items = new List<Node?>();
        while (!TryTake("]"))
        {
            if (TryTake(","))
            {
                items.Add(null);
                continue;
            }

            if (Now.Is("..."))
            {
                var at = Now.Column;
                _at++;
                items.Add(new Spread(at, ParseExpression()));
            }
            else
            {
                items.Add(ParseExpression());
            }

            if (!TryTake(","))
            {
                Expect("]");
                break;
            }
        }

        return new ListLiteral(column, [.. items]);
    }

    private ObjectLiteral ParseObject()
    {
        var column = Now.Column;
        _at++;
        var fields = new List<ObjectLiteral.Field>();
        while (!TryTake("}"))
        {
            fields.Add(ParseField());
            if (!TryTake(","))
            {
                Expect("}");
                break;
            }
        }

        return new ObjectLiteral(column, [.. fields]);
    }

    private ObjectLiteral.Field ParseField()
    {
        var token = Now;
        if (TryTake("..."))
            return new(null, null, ParseExpression());
        if (TryParseRefusedMethod())
            return new("", null, new Literal(token.Column, Value.Undefined));
        if (TryTake("["))
        {
            var computed = ParseExpression();
            Expect("]");
            Expect(":");
            return new(null, computed, ParseExpression());
        }

        if (token.Kind is not (TokenKind.Name or TokenKind.Text or TokenKind.Number))
            throw Unexpected();
        var name = token.Kind == TokenKind.Number ? NumberText.Of(token.Number) : token.Text;
        if (name == "__proto__")
            Guard(name, token.Column);
        if (token.Kind == TokenKind.Name && !Next.Is(":"))
        {
            if (Next.Is("="))
                throw Error(ErrorKind.Syntax, "A field is written with a colon.", $"{name}: …");
            if (token.Text is "true" or "false" or "null" or "new" or "typeof" || token.IsEscaped || (Words.Refuse(token) is not null && token.Text is not ("eval" or "arguments")))
                throw Error(ErrorKind.Syntax, $"“{token.Text}” cannot stand here.");
            return new(name, null, ParseName());
        }

        _at++;
        Expect(":");
        return new(name, null, ParseExpression());
    }

    private Binding? TryBinding(string name) =>
        _bindings.TryGetValue(name, out var stack) && stack.TryPeek(out var binding) ? binding : null;
}
