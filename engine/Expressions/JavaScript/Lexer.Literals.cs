using System.Globalization;
using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

internal sealed partial class Lexer
{
    private void ReadNumber()
    {
        var start = _at;
        var radix = _source[_at] == '0' ? (Peek(1) | 0x20) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 } : 10;
        double number;
        if (radix != 10)
        {
            _at += 2;
            var digits = ReadDigits(radix);
            if (digits.Length == 0)
                throw Error(start, "Digits are missing after the prefix of the number.");
            number = NumberReader.Digits(digits, radix, out _);
        }
        else
        {
            number = ReadDecimal(start);
        }

        var isBig = Peek(0) == 'n' && _source.AsSpan(start, _at - start).IndexOfAny('.', 'e', 'E') is var sign && (sign < 0 || radix == 16);
        if (isBig)
            _at++;
        if (_at < _source.Length && (IsNameStart(_source[_at]) || char.IsAsciiDigit(_source[_at]) || _source[_at] == '\\'))
            throw Error(_at, "A number cannot be followed by a letter.");
        Add(TokenKind.Number, start, isBig ? "n" : "", number);
    }

    private double ReadDecimal(int start)
    {
        if (Peek(0) == '0' && (char.IsAsciiDigit(Peek(1)) || Peek(1) == '_'))
            throw Error(start, "A number cannot begin with 0; write 0o for an octal number.");
        var text = new StringBuilder(ReadDigits(10));
        if (Peek(0) == '.')
        {
            _at++;
            if (Peek(0) == '_')
                throw Error(_at, "_ may only stand between digits.");
            text.Append('.').Append(ReadDigits(10));
        }

        if (Peek(0) is 'e' or 'E')
        {
            _at++;
            text.Append('e');
            if (Peek(0) is '+' or '-')
                text.Append(_source[_at++]);
            var digits = ReadDigits(10);
            if (digits.Length == 0)
                throw Error(start, "Digits are missing after the e of the number.");
            text.Append(digits);
        }

        return NumberReader.Number(text.ToString());
    }

    private string ReadDigits(int radix)
    {
        var text = new StringBuilder();
        var lastWasLine = true;
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (c == '_')
            {
                if (lastWasLine)
                    throw Error(_at, "_ may only stand between digits.");
                lastWasLine = true;
                _at++;
                continue;
            }

            if (!(radix == 16 ? char.IsAsciiHexDigit(c) : c >= '0' && c < '0' + radix))
                break;
            lastWasLine = false;
            text.Append(c);
            _at++;
        }

        if (lastWasLine && text.Length > 0)
            throw Error(_at, "_ may only stand between digits.");
        return text.ToString();
    }

    private void ReadText(char quote)
    {
        var start = _at++;
        var text = new StringBuilder();
        while (true)
        {
            if (_at >= _source.Length || _source[_at] is '\n' or '\r')
                throw Error(start, $"A text is not closed: {quote} is missing.");
            var c = _source[_at++];
            if (c == quote)
                break;
            if (c == '\\')
                ReadEscape(text, start);
            else
                text.Append(c);
        }

        Add(TokenKind.Text, start, text.ToString());
    }

    private void ReadTemplatePart(bool head)
    {
        var start = _at++;
        if (!head)
            _braces.Pop();
        var text = new StringBuilder();
        while (true)
        {
            if (_at >= _source.Length)
                throw Error(start, "A template text is not closed: ` is missing.");
            var c = _source[_at++];
            if (c == '`' || (c == '$' && Peek(0) == '{'))
            {
                if (c == '$')
                {
                    _at++;
                    _braces.Push(true);
                }

                _tokens.Add(new(TokenKind.TemplatePart, start, _at, text.ToString(), 0, _lineBreak) { IsHead = head, IsTail = c == '`' });
                return;
            }

            if (c == '\\')
            {
                ReadEscape(text, start);
            }
            else if (c == '\r')
            {
                text.Append('\n');
                if (Peek(0) == '\n')
                    _at++;
            }
            else
            {
                text.Append(c);
            }
        }
    }

    private void ReadEscape(StringBuilder text, int start)
    {
        if (_at >= _source.Length)
            throw Error(start, "A text is not closed.");
        var c = _source[_at++];
        switch (c)
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case '\r':
                if (Peek(0) == '\n')
                    _at++;
                break;
            case '\n' or '\u2028' or '\u2029': break;
            case '0' when !char.IsAsciiDigit(Peek(0)): text.Append('\0'); break;
            case >= '0' and <= '9': throw Error(_at - 2, "Octal escapes are not allowed.");
            case 'x':
                if (!char.IsAsciiHexDigit(Peek(0)) || !char.IsAsciiHexDigit(Peek(1)))
                    throw Error(_at - 2, @"\x needs two hexadecimal digits.");
                text.Append((char)int.Parse(_source.AsSpan(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                _at += 2;
                break;
            case 'u':
                var code = ReadUnicode(_at - 2);
                if (code > 0xFFFF)
                    text.Append(char.ConvertFromUtf32(code));
                else
                    text.Append((char)code);
                break;
            default: text.Append(c); break;
        }
    }

    /// <summary>Reads what follows <c>\u</c>: four digits, or braces.</summary>
    private int ReadUnicode(int start)
    {
        var code = 0;
        if (Peek(0) == '{')
        {
            _at++;
            var digits = 0;
            for (; char.IsAsciiHexDigit(Peek(0)); digits++)
            {
                code = (code << 4) | Convert.ToInt32(_source[_at++].ToString(), 16);
                if (code > 0x10FFFF)
                    throw Error(start, "There is no character with this code.");
            }

            if (digits == 0 || Peek(0) != '}')
                throw Error(start, @"\u{ needs hexadecimal digits and }.");
            _at++;
            return code;
        }

        for (var i = 0; i < 4; i++)
        {
            if (!char.IsAsciiHexDigit(Peek(0)))
                throw Error(start, @"\u needs four hexadecimal digits.");
            code = (code << 4) | Convert.ToInt32(_source[_at++].ToString(), 16);
        }

        return code;
    }
}
