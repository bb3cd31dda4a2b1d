namespace ProductionOffice.Expressions.Text;

internal ref partial struct DateReader
{
    private enum WordKind : byte
    {
        End,
        Number,
        Sign,
        Letters,
        Space,
        Other,
    }

    /// <summary>A number, a sign, or letters (the first three, small).</summary>
    private readonly record struct Word(WordKind Kind, int Value, int Length, string Letters)
    {
        public bool Is(char sign) => Kind == WordKind.Sign && Value == sign;

        public bool IsLetters(string letters) => Kind == WordKind.Letters && Letters == letters && Length == letters.Length;

        public bool IsNumber(int digits, int from, int to) => Kind == WordKind.Number && Length == digits && Value >= from && Value <= to;
    }

    /// <summary>The ISO form; gives the word to go on with, End when all was ISO.</summary>
    private Word ReadIso(out bool valid)
    {
        valid = true;
        if (_now.Is('+') || _now.Is('-'))
        {
            var sign = Next();
            if (!_now.IsNumber(6, 0, 999999))
                return sign;
            var year = Next().Value;
            if (year == 0 && sign.Is('-'))
                return sign;
            _day[_days++] = sign.Is('-') ? -year : year;
        }
        else if (_now.IsNumber(4, 0, 9999))
        {
            _day[_days++] = Next().Value;
        }
        else
        {
            return Next();
        }

        if (Skip('-'))
        {
            if (!_now.IsNumber(2, 1, 12))
                return Next();
            _day[_days++] = Next().Value;
            if (Skip('-'))
            {
                if (!_now.IsNumber(2, 1, 31))
                    return Next();
                _day[_days++] = Next().Value;
            }
        }

        if (_now.IsLetters("t"))
        {
            Next();
            valid = ReadIsoTime();
        }
        else if (_now.Kind != WordKind.End)
        {
            return Next();
        }

        if (_sign == None && _times == 0)
            (_sign, _zoneHour, _zoneMinute) = (1, 0, 0);
        _isIso = true;
        return default;
    }

    private bool ReadIsoTime()
    {
        if (!_now.IsNumber(2, 0, 24))
            return false;
        var latest = _now.Value == 24 ? 0 : 59;
        _time[_times++] = Next().Value;
        if (!Skip(':') || !_now.IsNumber(2, 0, latest))
            return false;
        _time[_times++] = Next().Value;
        if (Skip(':'))
        {
            if (!_now.IsNumber(2, 0, latest))
                return false;
            _time[_times++] = Next().Value;
            if (Skip('.'))
            {
                if (_now.Kind != WordKind.Number || (latest == 0 && _now.Value > 0))
                    return false;
                _time[_times++] = Milliseconds(Next());
            }
        }

        if (_now.IsLetters("z"))
        {
            Next();
            (_sign, _zoneHour, _zoneMinute) = (1, 0, 0);
        }
        else if ((_now.Is('+') || _now.Is('-')) && !ReadIsoOffset())
        {
            return false;
        }

        return _now.Kind == WordKind.End;
    }

    private bool ReadIsoOffset()
    {
        _sign = Next().Is('-') ? -1 : 1;
        if (_now.IsNumber(4, 0, 2359) && _now.Value % 100 < 60)
        {
            var both = Next().Value;
            (_zoneHour, _zoneMinute) = (both / 100, both % 100);
            return true;
        }

        if (!_now.IsNumber(2, 0, 23))
            return false;
        _zoneHour = Next().Value;
        if (!Skip(':') || !_now.IsNumber(2, 0, 59))
            return false;
        _zoneMinute = Next().Value;
        return true;
    }

    private Word Next()
    {
        var word = _now;
        _now = Scan();
        return word;
    }

    private bool Skip(char sign)
    {
        if (!_now.Is(sign))
            return false;
        _now = Scan();
        return true;
    }

    private Word Scan()
    {
        if (_at >= _text.Length)
            return default;
        var start = _at;
        var c = _text[_at];
        if (char.IsAsciiDigit(c))
            return ScanNumber(start);
        _at++;
        if (c is ':' or '-' or '+' or '.' or ')')
            return new(WordKind.Sign, c, 1, "");
        if (NumberReader.IsSpace(c))
            return new(WordKind.Space, 0, 1, "");
        if (c >= 'A')
        {
            while (_at < _text.Length && _text[_at] >= 'A' && !NumberReader.IsSpace(_text[_at]))
                _at++;
            return new(WordKind.Letters, 0, _at - start, _text.Slice(start, Math.Min(3, _at - start)).ToString().ToLowerInvariant());
        }

        if (c == '(')
        {
            for (var open = 1; _at < _text.Length && open > 0; _at++)
                open += _text[_at] == '(' ? 1 : _text[_at] == ')' ? -1 : 0;
        }

        return new(WordKind.Other, 0, 1, "");
    }

    private Word ScanNumber(int start)
    {
        while (_at < _text.Length && _text[_at] == '0')
            _at++;
        int value = 0, digits = 0;
        for (; _at < _text.Length && char.IsAsciiDigit(_text[_at]); _at++)
        {
            if (digits++ < 9)
                value = (value * 10) + (_text[_at] - '0');
        }

        return new(WordKind.Number, value, _at - start, "");
    }
}
