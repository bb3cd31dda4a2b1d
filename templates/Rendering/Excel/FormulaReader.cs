namespace ProductionOffice.Templates.Excel;

/// <summary>Cuts a formula into references, names and the rest.</summary>
internal sealed class FormulaReader
{
    private static readonly HashSet<string> Growing = new(StringComparer.OrdinalIgnoreCase)
    {
        "SUM", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS", "MIN", "MAX", "MEDIAN", "PRODUCT",
        "SUBTOTAL", "AGGREGATE", "SUMPRODUCT", "TEXTJOIN", "CONCAT",
    };

    private static readonly System.Buffers.SearchValues<char> Operators = System.Buffers.SearchValues.Create("+-*/(),&=<>^ ");

    private static readonly System.Buffers.SearchValues<char> Calculating = System.Buffers.SearchValues.Create("+-*/^&=<>%");

    private readonly string _text;
    private readonly List<FormulaToken> _tokens = [];
    private readonly Stack<string> _functions = new();
    private int _at;
    private int _plain;

    private FormulaReader(string text) => _text = text;

    public static IReadOnlyList<FormulaToken> Read(string text, bool takesRanges)
    {
        var reader = new FormulaReader(text);
        if (takesRanges)
            reader._functions.Push("SUM");
        while (reader._at < text.Length)
            reader.Step();
        reader.Flush(text.Length);
        return reader._tokens;
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
                // Parentheses alone change nothing: SUMPRODUCT((A2="x")*B2).
                _functions.Push(_functions.TryPeek(out var around) ? around : "");
                _at++;
                break;
            case ')':
                _functions.TryPop(out _);
                _at++;
                break;
            case '\'':
                QuotedSheet();
                break;
            case '#':
                SkipError();
                break;
            default:
                if (char.IsLetterOrDigit(c) || c is '_' or '$' or '\\')
                    Word();
                else
                    _at++;
                break;
        }
    }

    /// <summary><c>#REF!</c>, <c>#DIV/0!</c>; also the sign after a cell that spills.</summary>
    private void SkipError()
    {
        _at++;
        if (_at >= _text.Length || !char.IsAsciiLetter(_text[_at]))
            return;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '/' or '_'))
            _at++;
        if (_at < _text.Length && _text[_at] is ('!' or '?'))
            _at++;
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
            // In names of columns an apostrophe makes the next sign an ordinary one.
            _at += _text[_at] == '\'' ? 2 : 1;
        }
        while (depth > 0 && _at < _text.Length);
        _at = Math.Min(_at, _text.Length);
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

        var colon = sheet.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            Reference(start, sheet, null);
        else
            Reference(start, sheet[..colon], sheet[(colon + 1)..]);
    }

    private void Word()
    {
        var start = _at;
        SkipWord();
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
            Reference(start, word, null);
            return;
        }

        if (ThroughSheets(start, word))
            return;
        _at = start;
        Reference(start, null, null);
        if (_at != start)
            return;
        _at = start + word.Length;
        if (char.IsLetter(word[0]) || word[0] is '_' or '\\')
            Add(start, new FormulaToken(word, IsName: true));
    }

    private void SkipWord()
    {
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '$' or '\\' or '?'))
            _at++;
    }

    /// <summary><c>First:Last!A1</c>; the place stands behind the first name.</summary>
    private bool ThroughSheets(int start, string first)
    {
        var place = _at;
        if (_at >= _text.Length || _text[_at] != ':' || first.Contains('$', StringComparison.Ordinal))
            return false;
        _at++;
        SkipWord();
        var last = _text[(place + 1).._at];
        if (last.Length == 0 || _at >= _text.Length || _text[_at] != '!')
        {
            _at = place;
            return false;
        }

        _at++;
        Reference(start, first, last);
        return true;
    }

    /// <summary>Reads a reference at the place; leaves the place where it is when there is none.</summary>
    private void Reference(int start, string? sheet, string? lastSheet)
    {
        var place = _at;
        if (!End(out var from, out var kind))
        {
            if (sheet is not null)
                Name(start, sheet, lastSheet);
            return;
        }

        var to = from;
        var isRange = false;
        var afterFirst = _at;
        if (_at < _text.Length && _text[_at] == ':')
        {
            _at++;
            if (sheet is not null)
                SkipSameSheet(sheet);
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

        var grows = !isRange && !(_at < _text.Length && _text[_at] == '#') && _functions.TryPeek(out var function) && TakesRanges(function);
        var isOperand = grows && IsOperand(start);
        // What a COUNTIF compares with is one value.
        grows &= !isOperand || !Plain(_functions.Peek()).Contains("IF", StringComparison.OrdinalIgnoreCase);
        Add(start, new FormulaToken(_text[start.._at], sheet, from, to, isRange, grows, grows && isOperand && !DoesRowByRow(_functions.Peek()), lastSheet));
    }

    /// <summary>Whether the reference that ends at the place stands beside an operator.</summary>
    private bool IsOperand(int start)
    {
        var before = _text.AsSpan(0, start).TrimEnd();
        var after = _text.AsSpan(_at).TrimStart();
        return (before.Length > 0 && Calculating.Contains(before[^1])) || (after.Length > 0 && Calculating.Contains(after[0]));
    }

    private static bool DoesRowByRow(string function) => Plain(function).Equals("SUMPRODUCT", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string function) => function.StartsWith("_xlfn.", StringComparison.OrdinalIgnoreCase) ? function[6..] : function;

    private static bool TakesRanges(string function)
    {
        var plain = Plain(function);
        return Growing.Contains(plain) || plain.StartsWith("STDEV", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("VAR", StringComparison.OrdinalIgnoreCase);
    }

    private void Add(int start, FormulaToken token)
    {
        Flush(start);
        _tokens.Add(token);
        _plain = _at;
    }

    /// <summary>In <c>Costs!A2:Costs!A9</c> the second end says its sheet again.</summary>
    private void SkipSameSheet(string sheet)
    {
        foreach (var written in new[] { sheet + "!", SheetNames.Quote(sheet) + "!" })
        {
            if (string.Compare(_text, _at, written, 0, written.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                _at += written.Length;
                return;
            }
        }
    }

    /// <summary>A name of a sheet: <c>Costs!Total</c>.</summary>
    private void Name(int start, string sheet, string? lastSheet)
    {
        var place = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
            _at++;
        if (_at > place || (_at < _text.Length && _text[_at] == '#'))
            Add(start, new FormulaToken(_text[place.._at], sheet, LastSheet: lastSheet, IsName: true));
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
