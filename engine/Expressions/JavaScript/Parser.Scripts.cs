using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Statements of workflow scripts: bindings, if/else, assignment, return. No loops, no functions.</summary>
internal sealed partial class Parser
{
    // Names bound by the block that is being read.
    private List<string> _names = [];

    public Block ParseScript()
    {
        var block = ParseStatements([], untilBrace: false);
        ThrowRefusal();
        return block;
    }

    private Block ParseStatements(List<string> names, bool untilBrace)
    {
        Enter();
        var outer = _names;
        _names = names;
        var column = Now.Column;
        var first = Slots;
        var lexical = new List<int>();
        var statements = new List<Statement>();
        Hoist(names, lexical, isWhole: !untilBrace);
        while (!(untilBrace ? Now.Is("}") : Now.Kind == TokenKind.End))
        {
            if (Now.Kind == TokenKind.End)
                throw Error(ErrorKind.Syntax, "“}” is missing at the end.");
            if (!TryTake(";"))
                ParseStatement(statements);
        }

        foreach (var name in names)
            _bindings[name].Pop();
        _names = outer;
        _depth--;
        return new Block(column, [.. statements], [.. lexical]);
    }

    // Names of a block are known from its beginning, as in JavaScript: using one too early is an error, not the data of that name.
    // A var belongs to the whole script, wherever it stands.
    private void Hoist(List<string> names, List<int> lexical, bool isWhole)
    {
        var open = 0;
        var shared = new HashSet<string>(StringComparer.Ordinal);
        for (var i = _at; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            if (IsOpening(token))
                open++;
            else if (IsClosing(token) && --open < 0)
                return;
            if (!IsDeclaration(i) || (token.Text == "var" ? !isWhole : open > 0))
                continue;
            foreach (var name in Declared(i + 1))
                HoistOne(name, token.Text, names, lexical, shared);
        }
    }

    private bool IsDeclaration(int at) => _tokens[at].Kind == TokenKind.Name && _tokens[at].Text is "const" or "let" or "var"
        && at + 1 < _tokens.Count && !(at > 0 && (_tokens[at - 1].Is(".") || _tokens[at - 1].Is("?.")));

    // The plain names of const a = 1, b = 2.
    private IEnumerable<Token> Declared(int at)
    {
        var open = 0;
        for (var isName = true; at < _tokens.Count; at++)
        {
            var token = _tokens[at];
            if (isName && token.Kind == TokenKind.Name)
                yield return token;
            isName = open == 0 && token.Is(",");
            if (IsOpening(token))
                open++;
            else if ((IsClosing(token) && --open < 0) || (open == 0 && (token.Is(";") || (token.Kind == TokenKind.Name && token.Text is "const" or "let" or "var" or "if" or "return"))))
                yield break;
        }
    }

    private static bool IsOpening(Token token) => token.Kind == TokenKind.Sign && token.Text is "{" or "(" or "[";

    private static bool IsClosing(Token token) => token.Kind == TokenKind.Sign && token.Text is "}" or ")" or "]";

    private void HoistOne(Token name, string word, List<string> names, List<int> lexical, HashSet<string> shared)
    {
        if (word == "var" && !shared.Add(name.Text))
            return;
        var slot = Bind(name, names, isConstant: word == "const");
        if (word != "var")
            lexical.Add(slot);
    }

    private void ParseStatement(List<Statement> statements)
    {
        var token = Now;
        switch (token.Kind == TokenKind.Name ? token.Text : "")
        {
            case "const" or "let" or "var" when Next.Kind == TokenKind.Name || Next.Is("[") || Next.Is("{"):
                ParseDeclarations(statements);
                return;
            case "if":
                statements.Add(ParseIf());
                return;
            case "return":
                _at++;
                var isBare = Now.Is(";") || Now.Is("}") || Now.Kind == TokenKind.End || Now.AfterLineBreak;
                statements.Add(new ReturnStatement(token.Column, isBare ? null : ParseSequence()));
                EndStatement();
                return;
            case "for" or "while" or "do":
                throw Error(ErrorKind.Forbidden, "Loops are not part of the language.", "map, filter, reduce");
            case "function" or "async" when token.Text == "function" || Next.IsWord("function"):
                throw Error(ErrorKind.Forbidden, "Functions are not part of the language.");
        }

        if (token.Is("{"))
        {
            _at++;
            statements.Add(ParseStatements([], untilBrace: true));
            Expect("}");
            return;
        }

        statements.Add(new ExpressionStatement(ParseAssignable()));
        EndStatement();
    }

    private void ParseDeclarations(List<Statement> statements)
    {
        var word = Now.Text;
        _at++;
        do
        {
            var column = Now.Column;
            var target = Now.Kind == TokenKind.Name && TryBinding(Now.Text) is { } binding
                ? TakeName(column, binding)
                : ParseTarget(_names, isRest: false);
            Node? value = null;
            if (TryTake("="))
                value = ParseExpression();
            else if (word == "const" || target is not NamePattern)
                throw Error(ErrorKind.Syntax, "A value is missing: = …");
            statements.Add(new Declaration(column, target, value));
        }
        while (TryTake(","));
        EndStatement();
    }

    private NamePattern TakeName(int column, Binding binding)
    {
        _at++;
        return new NamePattern(column, binding.Slot);
    }

    private IfStatement ParseIf()
    {
        Enter();
        var branches = new List<(Node, Statement)>();
        Statement? otherwise = null;
        while (Now.IsWord("if"))
        {
            _at++;
            Expect("(");
            var test = ParseSequence();
            Expect(")");
            branches.Add((test, ParseBody()));
            if (!Now.IsWord("else"))
                break;
            _at++;
            if (Now.IsWord("if"))
                continue;
            otherwise = ParseBody();
            break;
        }

        _depth--;
        return new IfStatement([.. branches], otherwise);
    }

    private Statement ParseBody()
    {
        if (Now.Kind == TokenKind.Name && Now.Text is "const" or "let")
            throw Error(ErrorKind.Syntax, "Put braces around this.");
        if (TryTake(";"))
            return new Block(Now.Column, [], []);
        var body = new List<Statement>();
        ParseStatement(body);
        return body.Count == 1 ? body[0] : new Block(body[0].Column, [.. body], []);
    }

    private Node ParseAssignable()
    {
        Enter();
        var begin = _at;
        var target = ParseStrayArrow() ?? ParseConditional();
        _depth--;
        var token = Now;
        if (token.Kind != TokenKind.Sign)
            return target;
        switch (token.Text)
        {
            case "=" or "&&=" or "||=" or "??=":
                return FinishAssignment(target, token.Text[0], null);
            case "+=": return FinishAssignment(target, '=', Operator.Add);
            case "-=": return FinishAssignment(target, '=', Operator.Subtract);
            case "*=": return FinishAssignment(target, '=', Operator.Multiply);
            case "/=": return FinishAssignment(target, '=', Operator.Divide);
            case "%=": return FinishAssignment(target, '=', Operator.Remainder);
            case "**=": return FinishAssignment(target, '=', Operator.Power);
            default:
                return RefuseAssignment(target, begin);
        }
    }

    private Assignment FinishAssignment(Node target, char sign, Operator? operation)
    {
        var isOwn = target is Local;
        var isMember = target is Postfix { Start: Name, Links: [Member { IsOptional: false } or Syntax.Index { IsOptional: false }] };
        if (!isOwn && !isMember)
            throw Error(ErrorKind.Forbidden, "Only own bindings and members of variables can be set.", "variables.name = …");
        _at++;
        return new Assignment(target, sign, operation, ParseAssignable());
    }

    // A statement ends at a semicolon, a brace, the end, or a line break.
    private void EndStatement()
    {
        if (TryTake(";") || Now.Is("}") || Now.Kind == TokenKind.End || Now.AfterLineBreak)
            return;
        throw Unexpected();
    }
}
