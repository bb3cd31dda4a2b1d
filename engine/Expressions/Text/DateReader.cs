namespace ProductionOffice.Expressions.Text;

/// <summary>Reads dates as V8: ISO first, then the forms people type (<c>Mar 14, 2026 6:30 PM</c>, <c>3/14/2026</c>).</summary>
internal ref partial struct DateReader
{
    private static readonly string[] MonthWords = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private Word _now;

    // Numbers of the day and of the time in the order they came.
    private readonly Span<int> _day;
    private readonly Span<int> _time;
    private int _days, _times, _month, _hourOffset, _sign, _zoneHour, _zoneMinute;
    private bool _isIso;

    private const int None = int.MaxValue;

    private DateReader(ReadOnlySpan<char> text, Span<int> day, Span<int> time)
    {
        _text = text;
        _day = day;
        _time = time;
        _month = _hourOffset = _sign = _zoneHour = _zoneMinute = None;
        _now = Scan();
    }

    /// <summary>Milliseconds since 1970-01-01 UTC; NaN when the text is no date.</summary>
    public static double Read(string text, TimeZoneInfo zone)
    {
        var reader = new DateReader(text, stackalloc int[4], stackalloc int[4]);
        return reader.TryRead() ? reader.Result(zone) : double.NaN;
    }

    private bool TryRead()
    {
        var token = ReadIso(out var valid);
        if (!valid)
            return false;
        var hasNumber = _days > 0;
        for (; token.Kind != WordKind.End; token = Next())
        {
            switch (token.Kind)
            {
                case WordKind.Number:
                    hasNumber = true;
                    if (!TakeNumber(token))
                        return false;
                    break;
                case WordKind.Letters:
                    if (!TakeLetters(token, hasNumber))
                        return false;
                    break;
                case WordKind.Sign when token.Value is '+' or '-' && ((_sign != None && _zoneHour == 0 && _zoneMinute == 0) || _times > 0):
                    hasNumber = true;
                    if (!TakeOffset(token.Value == '-' ? -1 : 1))
                        return false;
                    break;
                case WordKind.Sign when token.Value is '+' or '-' or ')' && hasNumber:
                    return false;
            }
        }

        return true;
    }

    private bool TakeNumber(Word token)
    {
        var n = token.Value;
        if (_now.Is(':'))
        {
            Next();
            if (_times >= 4)
                return false;
            _time[_times++] = n;
            if (_now.Is('.'))
                Next();
        }
        else if (_now.Is('.') && IsTimeExpecting(n))
        {
            Next();
            _time[_times++] = n;
            if (_now.Kind != WordKind.Number)
                return false;
            FinishTime(Milliseconds(Next()));
        }
        else if (_zoneHour != None && _zoneMinute == None && n is >= 0 and < 60)
        {
            _zoneMinute = n;
        }
        else if (IsTimeExpecting(n))
        {
            FinishTime(n);
            return _now.Kind is WordKind.End or WordKind.Space || _now.IsLetters("z") || _now.Is('+') || _now.Is('-');
        }
        else
        {
            if (_days >= 3)
                return false;
            _day[_days++] = n;
            Skip('-');
        }

        return true;
    }

    private bool TakeLetters(Word token, bool hasNumber)
    {
        var word = token.Letters;
        var month = Array.IndexOf(MonthWords, word);
        if (word is "am" or "pm" && token.Length == 2 && _times > 0)
        {
            _hourOffset = word == "am" ? 0 : 12;
        }
        else if (month >= 0)
        {
            _month = month + 1;
            Skip('-');
        }
        else if (hasNumber && token.Length <= 3 && ZoneOffset(word) is var offset && offset != None)
        {
            _sign = offset < 0 ? -1 : 1;
            _zoneHour = Math.Abs(offset);
            _zoneMinute = 0;
        }
        else
        {
            return !hasNumber && _now.Kind != WordKind.Number;
        }

        return true;
    }

    private bool TakeOffset(int sign)
    {
        _sign = sign;
        int n = 0, length = 0;
        if (_now.Kind == WordKind.Number)
        {
            var number = Next();
            (n, length) = (number.Value, number.Length);
        }

        if (_now.Is(':'))
            (_zoneHour, _zoneMinute) = (n, None);
        else if (length is 1 or 2)
            (_zoneHour, _zoneMinute) = (n, 0);
        else if (length is 3 or 4)
            (_zoneHour, _zoneMinute) = (n / 100, n % 100);
        else
            return false;
        return true;
    }

    private readonly bool IsTimeExpecting(int n) => _times switch { 1 or 2 => n is >= 0 and < 60, 3 => n is >= 0 and < 1000, _ => false };

    private void FinishTime(int n)
    {
        if (_times < 4)
            _time[_times++] = n;
        while (_times < 4)
            _time[_times++] = 0;
    }

    private static int Milliseconds(Word number)
    {
        var length = Math.Min(number.Length, 9);
        var value = (long)number.Value;
        for (; length < 3; length++)
            value *= 10;
        for (; length > 3; length--)
            value /= 10;
        return (int)value;
    }

    private static int ZoneOffset(string word) => word switch
    {
        "ut" or "utc" or "z" or "gmt" => 0,
        "cdt" or "est" => -5,
        "cst" or "mdt" => -6,
        "edt" => -4,
        "mst" or "pdt" => -7,
        "pst" => -8,
        _ => None,
    };

    private double Result(TimeZoneInfo zone)
    {
        if (_days < 1)
            return double.NaN;
        while (_days < 3)
            _day[_days++] = 1;
        var (year, month, day) = Order();
        if (!_isIso && year is >= 0 and < 100)
            year += year < 50 ? 2000 : 1900;
        while (_times < 4)
            _time[_times++] = 0;
        var hour = _time[0];
        if (_hourOffset != None)
        {
            if (hour is < 0 or > 12)
                return double.NaN;
            hour = (hour % 12) + _hourOffset;
        }

        var isMidnight = hour == 24 && _time[1] == 0 && _time[2] == 0 && _time[3] == 0;
        if (month is < 1 or > 12 || day is < 1 or > 31 || _time[1] > 59 || _time[2] > 59 || _time[3] > 999 || (hour > 23 && !isMidnight))
            return double.NaN;
        var time = DateMath.MakeDate(DateMath.MakeDay(year, month - 1, day), DateMath.MakeTime(hour, _time[1], _time[2], _time[3]));
        if (_sign == None)
            return DateMath.Clip(DateMath.ToUtc(time, zone));
        var offset = ((_zoneHour == None ? 0 : _zoneHour) * 3600.0) + ((_zoneMinute == None ? 0 : _zoneMinute) * 60.0);
        return DateMath.Clip(time - (_sign * offset * 1000));
    }

    private readonly (int Year, int Month, int Day) Order()
    {
        var isDay = _day[0] is >= 1 and <= 31;
        if (_month != None)
            return isDay ? (_day[1], _month, _day[0]) : (_day[0], _month, _day[1]);
        return _isIso || !isDay ? (_day[0], _day[1], _day[2]) : (_day[2], _day[0], _day[1]);
    }
}
