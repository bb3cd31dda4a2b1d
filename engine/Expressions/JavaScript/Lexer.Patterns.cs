namespace ProductionOffice.Expressions.JavaScript;

internal sealed partial class Lexer
{
    // A slash after an operand divides; elsewhere it opens a regular expression.
    private bool IsOperandExpected()
    {
        if (_tokens.Count == 0)
            return true;
        var last = _tokens[^1];
        return last.Kind switch
        {
            TokenKind.Sign => last.Text is not (")" or "]" or "}" or "++" or "--"),
            TokenKind.TemplatePart => !last.IsTail,
            TokenKind.Name => last.Text is "typeof" or "in" or "instanceof" or "void" or "delete" or "return" or "else" or "new"
                && !(_tokens.Count > 1 && _tokens[^2].Text is "." or "?."),
            _ => false,
        };
    }

    private void ReadPattern()
    {
        var start = _at++;
        var inClass = false;
        var open = 0;
        for (; ; _at++)
        {
            var c = Peek(0);
            if (_at >= _source.Length || c is '\n' or '\r' or '\u2028' or '\u2029')
                throw Error(start, "A regular expression is not closed: / is missing.");
            if (c == '/' && !inClass)
                break;
            if (c == '\\')
                _at++;
            else if (c is '[' or ']')
                inClass = c == '[';
            else if (!inClass && c is '(' or ')' && (open += c == '(' ? 1 : -1) < 0)
                break;
        }

        _at++;
        if (open != 0)
            throw Error(start, "The groups of a regular expression do not match.");
        ReadFlags(start);
        Add(TokenKind.Pattern, start, "");
    }

    private void ReadFlags(int start)
    {
        var from = _at;
        while (_at < _source.Length && (char.IsAsciiLetterOrDigit(_source[_at]) || _source[_at] is '$' or '_' or '\\'))
            _at++;
        var flags = _source[from.._at];
        if (flags.Distinct().Count() < flags.Length || flags.Any(flag => !"dgimsuvy".Contains(flag)) || (flags.Contains('u') && flags.Contains('v')))
            throw Error(start, "A regular expression has unknown flags.");
    }
}
