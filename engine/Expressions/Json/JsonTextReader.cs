using System.Text;
using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Json;

/// <summary>Reads JSON exactly as <c>JSON.parse</c>: half surrogates kept, the last of equal names wins, numbers as doubles.</summary>
internal sealed class JsonTextReader(string text, int maxDepth = 1000)
{
    private readonly Dictionary<int, string> _names = [];
    private int _at;

    /// <summary>What was wrong, after <see cref="TryRead"/> gave false.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>True when it stopped at the depth limit.</summary>
    public bool TooDeep { get; private set; }

    public bool TryRead(out Value value)
    {
        if (!ReadValue(out value, 0))
            return false;
        SkipSpace();
        return _at == text.Length || Fail("Nothing may follow the value");
    }

    private bool ReadValue(out Value value, int depth)
    {
        value = default;
        SkipSpace();
        if (_at >= text.Length)
            return Fail("The text ends too early");
        switch (text[_at])
        {
            case '{': return ReadObject(out value, depth + 1);
            case '[': return ReadList(out value, depth + 1);
            case '"':
                if (!ReadText(out var read))
                    return false;
                value = Value.From(read);
                return true;
            case 't': return ReadWord("true", Value.True, out value);
            case 'f': return ReadWord("false", Value.False, out value);
            case 'n': return ReadWord("null", Value.Null, out value);
            default: return ReadNumber(out value);
        }
    }

    private bool ReadObject(out Value value, int depth)
    {
        value = default;
        if (Depth.IsTooDeep(depth, maxDepth))
            return FailDeep();
        var fields = new ObjectValue();
        _at++;
        SkipSpace();
        if (TryTake('}'))
        {
            value = Value.From(fields);
            return true;
        }

        while (true)
        {
            SkipSpace();
            if (_at >= text.Length || text[_at] != '"')
                return Fail("A field name in double quotes is expected");
            if (!ReadText(out var name))
                return false;
            SkipSpace();
            if (!TryTake(':'))
                return Fail("A colon is expected");
            if (!ReadValue(out var field, depth))
                return false;
            fields.Set(name, field);
            SkipSpace();
            if (TryTake(','))
                continue;
            value = Value.From(fields);
            return TryTake('}') || Fail("A comma or } is expected");
        }
    }

    private bool ReadList(out Value value, int depth)
    {
        value = default;
        if (Depth.IsTooDeep(depth, maxDepth))
            return FailDeep();
        var list = new ListValue();
        _at++;
        SkipSpace();
        if (TryTake(']'))
        {
            value = Value.From(list);
            return true;
        }

        while (true)
        {
            if (!ReadValue(out var item, depth))
                return false;
            list.Add(item);
            SkipSpace();
            if (TryTake(','))
                continue;
            value = Value.From(list);
            return TryTake(']') || Fail("A comma or ] is expected");
        }
    }

    private bool ReadText(out string read)
    {
        var begin = ++_at;
        while (_at < text.Length && text[_at] is not ('"' or '\\') && text[_at] >= ' ')
            _at++;
        if (_at < text.Length && text[_at] == '"')
        {
            read = Shared(text.AsSpan(begin, _at - begin));
            _at++;
            return true;
        }

        read = "";
        var copy = new StringBuilder().Append(text, begin, _at - begin);
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == '"')
            {
                read = copy.ToString();
                return true;
            }

            if (c < ' ')
                return Fail("A text may not hold a bare control character");
            if (c != '\\')
                copy.Append(c);
            else if (!ReadEscape(copy))
                return false;
        }

        return Fail("The text ends inside quotes");
    }

    private bool ReadEscape(StringBuilder copy)
    {
        var c = _at < text.Length ? text[_at++] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/': copy.Append(c); return true;
            case 'b': copy.Append('\b'); return true;
            case 'f': copy.Append('\f'); return true;
            case 'n': copy.Append('\n'); return true;
            case 'r': copy.Append('\r'); return true;
            case 't': copy.Append('\t'); return true;
            case 'u':
                var code = 0;
                for (var i = 0; i < 4; i++)
                {
                    if (_at >= text.Length || !char.IsAsciiHexDigit(text[_at]))
                        return Fail("Four hexadecimal digits are expected");
                    code = (code << 4) + Convert.ToInt32(text[_at++].ToString(), 16);
                }

                copy.Append((char)code);
                return true;
            default: return Fail("Unknown escape");
        }
    }

    private bool ReadNumber(out Value value)
    {
        value = default;
        var begin = _at;
        TryTake('-');
        if (!TryTake('0') && SkipDigits() == 0)
            return Fail("A value is expected");
        if (TryTake('.') && SkipDigits() == 0)
            return Fail("A digit is expected");
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (!TryTake('+'))
                TryTake('-');
            if (SkipDigits() == 0)
                return Fail("A digit is expected");
        }

        value = Value.From(NumberReader.Number(text[begin.._at]));
        return true;
    }

    private bool ReadWord(string word, Value meaning, out Value value)
    {
        value = meaning;
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
            return Fail("A value is expected");
        _at += word.Length;
        return true;
    }

    private int SkipDigits()
    {
        var begin = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
        return _at - begin;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private bool TryTake(char c)
    {
        if (_at >= text.Length || text[_at] != c)
            return false;
        _at++;
        return true;
    }

    // Field names come again and again in lists of objects: keep one copy of short texts.
    private string Shared(ReadOnlySpan<char> span)
    {
        if (span.Length > 24)
            return span.ToString();
        var hash = string.GetHashCode(span);
        if (_names.TryGetValue(hash, out var known) && span.SequenceEqual(known))
            return known;
        return _names[hash] = span.ToString();
    }

    private bool Fail(string problem)
    {
        Problem = $"Not JSON at character {_at + 1}: {problem}.";
        return false;
    }

    private bool FailDeep()
    {
        TooDeep = true;
        return Fail($"nested deeper than {maxDepth}");
    }
}
