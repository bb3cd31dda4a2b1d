namespace ProductionOffice.Templates.Excel;

/// <summary>One end of a reference; 0 where the reference names only rows or only columns.</summary>
internal readonly record struct RefEnd(int Column, bool ColumnIsFixed, int Row, bool RowIsFixed);

/// <summary>A piece of a formula: text as it is, or a reference.</summary>
internal sealed record FormulaToken(string Text, string? Sheet = null, RefEnd From = default, RefEnd To = default, bool IsRange = false, bool Grows = false)
{
    public bool IsReference => From.Column > 0 || From.Row > 0;
}

/// <summary>A formula cut into references and the rest; parsed once, written again for every copy.</summary>
internal sealed class Formula
{
    private static readonly HashSet<string> Growing = new(StringComparer.OrdinalIgnoreCase)
    {
        "SUM", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS", "MIN", "MAX", "MEDIAN", "PRODUCT",
        "SUBTOTAL", "AGGREGATE", "SUMPRODUCT", "STDEV", "STDEV.S", "STDEV.P", "STDEVA", "STDEVP", "STDEVPA", "VAR", "VAR.S", "VAR.P", "VARA", "VARP", "VARPA", "TEXTJOIN", "CONCAT",
        "_XLFN.TEXTJOIN", "_XLFN.CONCAT", "_XLFN.STDEV.S", "_XLFN.STDEV.P", "_XLFN.VAR.S", "_XLFN.VAR.P",
    };

    private static readonly System.Buffers.SearchValues<char> Operators = System.Buffers.SearchValues.Create("+-*/(),&=<>^ ");

    private readonly string _text;
    private readonly List<FormulaToken> _tokens = [];
    private readonly Stack<string> _functions = new();
    private int _at;
    private int _plain;

    private Formula(string text)
    {
        _text = text;
        while (_at < text.Length)
            Step();
        Flush(text.Length);
    }

    public IReadOnlyList<FormulaToken> Tokens => _tokens;

    public string Source => _text;

    public bool HasReferences => _tokens.Exists(token => token.IsReference);

    public static Formula Parse(string text) => new(text);

    /// <summary>Whether the formula refers to another workbook: <c>[1]Sheet1!A1</c>.</summary>
    public static bool IsExternal(string text)
    {
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '[' && char.IsAsciiDigit(text[i + 1]) && (i == 0 || !(char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '_' or '[' or ']' or '#' or '@')) && text.IndexOf('!', i) > i)
                return true;
        }

        return false;
    }

    private void Step()
    {
        var c = _text[_at];
        switch (c)
        {
            case '"':
                SkipQuoted('"');
                break;
            case '[':
                SkipBrackets();
                break;
            case '(':
                _functions.Push("");
                _at++;
                break;
            case ')':
                _functions.TryPop(out _);
                _at++;
                break;
            case '\'':
                QuotedSheet();
                break;
            default:
                if (char.IsLetterOrDigit(c) || c is '_' or '$' or '\\')
                    Word();
                else
                    _at++;
                break;
        }
    }

    private void Flush(int end)
    {
        if (end > _plain)
            _tokens.Add(new FormulaToken(_text[_plain..end]));
    }

    private void SkipQuoted(char quote)
    {
        _at++;
        while (_at < _text.Length)
        {
            if (_text[_at++] != quote)
                continue;
            if (_at < _text.Length && _text[_at] == quote)
                _at++;
            else
                return;
        }
    }

    private void SkipBrackets()
    {
        var depth = 0;
        do
        {
            depth += _text[_at] == '[' ? 1 : _text[_at] == ']' ? -1 : 0;
            _at++;
        }
        while (depth > 0 && _at < _text.Length);
        // After a bracket of another workbook comes a sheet name that is not ours.
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '!' or '$' or ':') && _text[_plain.._at].Contains('!') is false && LooksExternal())
            _at++;
    }

    private bool LooksExternal()
    {
        var mark = _text.IndexOf('!', _at);
        return mark > 0 && _text.AsSpan(_at, mark - _at).IndexOfAny(Operators) < 0;
    }

    private void QuotedSheet()
    {
        var start = _at;
        SkipQuoted('\'');
        if (_at >= _text.Length || _text[_at] != '!')
            return;
        var sheet = _text[(start + 1)..(_at - 1)].Replace("''", "'", StringComparison.Ordinal);
        _at++;
        if (sheet.Contains('[', StringComparison.Ordinal))
        {
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '$' or ':'))
                _at++;
            return;
        }

        Reference(start, sheet);
    }

    private void Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '$' or '\\'))
            _at++;
        var word = _text[start.._at];
        if (_at < _text.Length && _text[_at] == '(')
        {
            _functions.Push(word);
            _at++;
            return;
        }

        if (_at < _text.Length && _text[_at] == '!')
        {
            _at++;
            Reference(start, word);
            return;
        }

        _at = start;
        Reference(start, null);
        if (_at == start)
            _at = start + word.Length;
    }

    /// <summary>Reads a reference at the place; leaves the place where it is when there is none.</summary>
    private void Reference(int start, string? sheet)
    {
        var place = _at;
        if (!End(out var from, out var kind))
        {
            if (sheet is not null)
                SkipName();
            return;
        }

        var to = from;
        var isRange = false;
        var afterFirst = _at;
        if (_at < _text.Length && _text[_at] == ':')
        {
            _at++;
            if (End(out var second, out var secondKind) && secondKind == kind)
            {
                to = second;
                isRange = true;
            }
            else
            {
                _at = afterFirst;
            }
        }

        if (!isRange && kind != 3)
        {
            _at = sheet is null ? place : _at;
            return;
        }

        Flush(start);
        _tokens.Add(new FormulaToken(_text[start.._at], sheet, from, to, isRange, !isRange && _functions.TryPeek(out var function) && Growing.Contains(function)));
        _plain = _at;
    }

    private void SkipName()
    {
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
            _at++;
    }

    /// <summary>Kind: 1 only columns, 2 only rows, 3 a cell.</summary>
    private bool End(out RefEnd end, out int kind)
    {
        var at = _at;
        var columnFixed = at < _text.Length && _text[at] == '$';
        if (columnFixed)
            at++;
        var column = 0;
        var letters = 0;
        while (at < _text.Length && char.IsAsciiLetter(_text[at]) && letters < 4)
        {
            column = column * 26 + char.ToUpperInvariant(_text[at++]) - 'A' + 1;
            letters++;
        }

        var rowFixed = letters == 0 && columnFixed;
        if (letters > 0 && at < _text.Length && _text[at] == '$')
        {
            rowFixed = true;
            at++;
        }

        long row = 0;
        var digits = 0;
        while (at < _text.Length && char.IsAsciiDigit(_text[at]) && digits < 8)
        {
            row = row * 10 + _text[at++] - '0';
            digits++;
        }

        kind = (letters > 0 ? 1 : 0) + (digits > 0 ? 2 : 0);
        end = new RefEnd(column, letters > 0 && columnFixed, (int)row, rowFixed);
        var goesOn = at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] is '_' or '.');
        if (kind == 0 || goesOn || column > CellRef.MostColumns || row > CellRef.MostRows || (digits > 0 && row == 0) || (letters > 0 && rowFixed && digits == 0))
            return false;
        _at = at;
        return true;
    }
}
