using System.Globalization;
using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Cuts a source into tokens; literals are read as in strict mode.</summary>
internal sealed partial class Lexer
{
    // Longest first within each first sign.
    private static readonly string[] Signs =
    [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
        "{", "}", "(", ")", "[", "]", ".", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=",
    ];

    private readonly string _source;
    private readonly List<Token> _tokens = [];

    // One entry for each open brace: true when it is the ${ of a template.
    private readonly Stack<bool> _braces = new();
    private int _at;
    private bool _lineBreak;

    private Lexer(string source) => _source = source;

    /// <summary>All tokens, the last of kind End.</summary>
    /// <param name="source">Text to cut.</param>
    /// <param name="begin">Where to begin.</param>
    public static List<Token> Read(string source, int begin = 0)
    {
        if (source.Length - begin > Budget.MaxSource)
            throw new ExpressionException(ErrorKind.Limit, $"The expression is longer than {Budget.MaxSource:N0} characters.", 1);
        var lexer = new Lexer(source) { _at = begin };
        while (lexer.ReadToken())
        {
        }

        return lexer._tokens;
    }

    private bool ReadToken()
    {
        SkipSpace();
        var start = _at;
        if (_at >= _source.Length)
        {
            Add(TokenKind.End, start, "");
            return false;
        }

        var c = _source[_at];
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            ReadNumber();
        else if (c is '"' or '\'')
            ReadText(c);
        else if (c == '`')
            ReadTemplatePart(head: true);
        else if (c == '}' && _braces.TryPeek(out var template) && template)
            ReadTemplatePart(head: false);
        else if (IsNameStart(c) || c == '\\' || char.IsSurrogate(c))
            ReadName();
        else if (c == '/' && IsOperandExpected())
            ReadPattern();
        else
            ReadSign();
        return true;
    }

    private void ReadSign()
    {
        foreach (var sign in Signs)
        {
            if (_source[_at] != sign[0] || string.CompareOrdinal(_source, _at, sign, 0, sign.Length) != 0)
                continue;
            if (sign == "?." && char.IsAsciiDigit(Peek(2)))
                continue;
            if (sign == "{")
                _braces.Push(false);
            else if (sign == "}")
                _braces.TryPop(out _);
            var start = _at;
            _at += sign.Length;
            Add(TokenKind.Sign, start, sign);
            return;
        }

        throw Error(_at, $"The sign “{Rune.GetRuneAt(_source, _at)}” cannot stand here.");
    }

    private void ReadName()
    {
        var start = _at;
        var simple = true;
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or '$' or >= '0' and <= '9')
            {
                _at++;
                continue;
            }

            if (c == '\\')
            {
                simple = false;
                _at++;
                if (Peek(0) != 'u')
                    throw Error(_at - 1, "A backslash cannot stand here.");
                _at++;
                ReadUnicode(start);
                continue;
            }

            if (c < 128 || !TryRune(_at, out var rune) || !IsNamePart(rune, first: _at == start))
                break;
            _at += rune.Utf16SequenceLength;
        }

        if (_at == start)
            throw Error(start, "This sign cannot stand here.");
        var text = simple ? _source[start.._at] : Unescaped(start);
        _tokens.Add(new(TokenKind.Name, start, _at, string.IsInterned(text) ?? text, 0, _lineBreak) { IsEscaped = !simple });
    }

    private string Unescaped(int start)
    {
        var end = _at;
        var text = new StringBuilder();
        for (_at = start; _at < end;)
        {
            if (_source[_at] != '\\')
            {
                text.Append(_source[_at++]);
                continue;
            }

            _at += 2;
            text.Append(Rune.TryCreate(ReadUnicode(start), out var rune) ? rune.ToString() : throw Error(start, "This is no name."));
        }

        foreach (var (place, part) in Runes(text.ToString()))
        {
            if (!IsNamePart(part, place == 0))
                throw Error(start, "This is no name.");
        }

        return text.ToString();
    }

    private static IEnumerable<(int Place, Rune Rune)> Runes(string text)
    {
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
            yield return (place++, rune);
    }

    private static bool IsNameStart(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or '$' || (c >= 128 && !NumberReader.IsSpace(c));

    private static bool IsNamePart(Rune rune, bool first)
    {
        if (rune.Value is '$' or '_')
            return true;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber:
                return true;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation:
                return !first;
            default:
                return rune.Value is 0x2118 or 0x212E or 0x309B or 0x309C
                    || (!first && rune.Value is 0x200C or 0x200D or 0xB7 or 0x387 or 0x19DA or >= 0x1369 and <= 0x1371);
        }
    }

    private bool TryRune(int at, out Rune rune) =>
        Rune.DecodeFromUtf16(_source.AsSpan(at), out rune, out _) == System.Buffers.OperationStatus.Done;

    private void SkipSpace()
    {
        _lineBreak = false;
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (NumberReader.IsSpace(c))
            {
                _lineBreak |= c is '\n' or '\r' or '\u2028' or '\u2029';
                _at++;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                while (_at < _source.Length && _source[_at] is not ('\n' or '\r' or '\u2028' or '\u2029'))
                    _at++;
            }
            else if (c == '/' && Peek(1) == '*')
            {
                var end = _source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                    throw Error(_at, "A comment is not closed: */ is missing.");
                _lineBreak |= _source.AsSpan(_at, end - _at).ContainsAny("\n\r\u2028\u2029");
                _at = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private char Peek(int ahead) => _at + ahead < _source.Length ? _source[_at + ahead] : '\0';

    private void Add(TokenKind kind, int start, string text, double number = 0) =>
        _tokens.Add(new(kind, start, _at, text, number, _lineBreak));

    private static ExpressionException Error(int at, string message) => new(ErrorKind.Syntax, message, at + 1);
}
