using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Liquid;

/// <summary>Reads what stands between the braces of one tag.</summary>
internal sealed class LiquidReader(string text, int offset)
{
    private static readonly string[] Comparisons = ["==", "!=", "<>", "<=", ">=", "<", ">", "contains"];
    private int _at;
    private int _depth;

    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return _at >= text.Length;
        }
    }

    public string ReadWord()
    {
        SkipSpace();
        var from = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '?'))
            _at++;
        return _at > from ? text[from.._at] : throw Error("A word is expected.");
    }

    public void Expect(string sign)
    {
        if (!TryTake(sign))
            throw Error($"“{sign}” is expected.");
    }

    public void ExpectEnd()
    {
        if (!IsAtEnd)
            throw Error($"“{text[_at]}” cannot stand here.");
    }

    public LiquidCondition ReadCondition(bool isNegated)
    {
        if (++_depth > Budget.MaxNesting)
            throw new ExpressionException(ErrorKind.Limit, "The condition is too long.", offset + _at + 1);
        var left = ReadExpression();
        var comparison = "";
        LiquidExpression? right = null;
        foreach (var sign in Comparisons)
        {
            if (!TryTake(sign))
                continue;
            comparison = sign;
            right = ReadExpression();
            break;
        }

        if (IsAtEnd)
            return new(left, comparison, right, "", null) { IsNegated = isNegated };
        var joint = ReadWord();
        if (joint is not ("and" or "or"))
            throw Error($"“{joint}” cannot stand here.");
        return new(left, comparison, right, joint, ReadCondition(isNegated: false)) { IsNegated = isNegated };
    }

    /// <summary>What follows <c>when</c>: values parted by commas or <c>or</c>.</summary>
    public LiquidExpression[] ReadAlternatives()
    {
        var values = new List<LiquidExpression>();
        do
            values.Add(new LiquidExpression(ReadSource(), []));
        while (TryTake(",") || TryTake("or"));
        ExpectEnd();
        return [.. values];
    }

    /// <summary>A value with its filters.</summary>
    public LiquidExpression ReadExpression()
    {
        SkipSpace();
        var column = offset + _at + 1;
        var source = ReadSource();
        var filters = new List<(LiquidFilter, LiquidExpression[])>();
        while (TryTake("|"))
        {
            var name = ReadWord();
            if (!LiquidFilters.All.TryGetValue(name, out var filter))
                throw new ExpressionException(ErrorKind.Formatter, $"There is no Liquid filter “{name}”.", offset + _at + 1, Nearest.To(name, LiquidFilters.All.Keys) is [var near, ..] ? near : null);
            var arguments = new List<LiquidExpression>();
            if (TryTake(":"))
            {
                do
                    arguments.Add(new LiquidExpression(ReadSource(), []));
                while (TryTake(","));
            }

            filters.Add((filter, [.. arguments]));
        }

        return new(source, [.. filters]) { Column = column };
    }

    private Func<LiquidRun, Value> ReadSource()
    {
        SkipSpace();
        if (_at >= text.Length)
            throw Error("A value is missing.");
        var c = text[_at];
        if (c is '"' or '\'')
        {
            var end = text.IndexOf(c, _at + 1);
            if (end < 0)
                throw Error("A text is not closed.");
            var literal = Value.From(text[(_at + 1)..end]);
            _at = end + 1;
            return _ => literal;
        }

        if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
            return ReadNumber();
        return c == '(' ? ReadRange() : ReadPath();
    }

    private Func<LiquidRun, Value> ReadNumber()
    {
        var from = _at++;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || (text[_at] == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))))
            _at++;
        var number = Value.From(NumberReader.Number(text[from.._at]));
        return _ => number;
    }

    private Func<LiquidRun, Value> ReadRange()
    {
        _at++;
        var first = new LiquidExpression(ReadRangeEnd(), []);
        Expect("..");
        var last = new LiquidExpression(ReadRangeEnd(), []);
        Expect(")");
        return run =>
        {
            var from = Math.Truncate(LiquidFilters.ToNumber(first.Evaluate(run)));
            var to = Math.Truncate(LiquidFilters.ToNumber(last.Evaluate(run)));
            run.Context.Budget.List(Math.Max(to - from + 1, 0));
            var list = new ListValue();
            for (var n = from; n <= to; n++)
                list.Add(Value.From(n));
            return Value.From(list);
        };
    }

    private Func<LiquidRun, Value> ReadRangeEnd()
    {
        SkipSpace();
        if (_at < text.Length && text[_at] == '(')
            throw Error("A range cannot begin here.");
        return ReadSource();
    }

    private Func<LiquidRun, Value> ReadPath()
    {
        var name = ReadWord();
        switch (name)
        {
            case "true": return static _ => Value.True;
            case "false": return static _ => Value.False;
            case "nil" or "null": return static _ => Value.Null;
            case "empty" or "blank": return static _ => LiquidEmpty.Word;
        }

        var keys = new List<LiquidExpression>();
        while (_at < text.Length && text[_at] is '.' or '[')
        {
            if (text[_at] == '.')
            {
                if (_at + 1 < text.Length && text[_at + 1] == '.')
                    break;
                _at++;
                var key = Value.From(ReadWord());
                keys.Add(new LiquidExpression(_ => key, []));
                continue;
            }

            if (++_depth > Budget.MaxNesting)
                throw new ExpressionException(ErrorKind.Limit, "The path is nested too deep.", offset + _at + 1);
            _at++;
            keys.Add(new LiquidExpression(ReadSource(), []));
            Expect("]");
            _depth--;
        }

        return run =>
        {
            var value = run.Find(name);
            foreach (var key in keys)
                value = LiquidExpression.Member(value, key.Evaluate(run));
            return value;
        };
    }

    private bool TryTake(string sign)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0)
            return false;
        if (char.IsLetter(sign[0]) && _at + sign.Length < text.Length && char.IsLetterOrDigit(text[_at + sign.Length]))
            return false;
        _at += sign.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    private ExpressionException Error(string message) => new(ErrorKind.Syntax, message, offset + _at + 1);
}
