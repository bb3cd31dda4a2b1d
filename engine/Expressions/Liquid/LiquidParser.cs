using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Liquid;

/// <summary>Reads a Liquid text into nodes.</summary>
internal sealed class LiquidParser
{
    private readonly string _source;
    private int _at;
    private bool _trimNext;
    private int _depth;

    public LiquidParser(string source)
    {
        if (source.Length > Budget.MaxSource)
            throw new ExpressionException(ErrorKind.Limit, $"The text is longer than {Budget.MaxSource:N0} characters.", 1);
        _source = source;
    }

    public LiquidNode[] ParseAll()
    {
        var nodes = ParseUntil([], out var word, out _);
        return word.Length == 0 ? nodes : throw Error(ErrorKind.Syntax, $"“{word}” closes nothing.");
    }

    /// <summary>Reads nodes up to a tag of these words, or the end.</summary>
    private LiquidNode[] ParseUntil(string[] ends, out string word, out LiquidReader tag)
    {
        var nodes = new List<LiquidNode>();
        tag = null!;
        word = "";
        while (_at < _source.Length)
        {
            var open = NextOpening();
            AddText(nodes, open);
            if (open >= _source.Length)
                break;
            var isTag = _source[open + 1] == '%';
            var body = TakeBody(open, isTag ? "%}" : "}}");
            if (!isTag)
            {
                var value = body.ReadExpression();
                body.ExpectEnd();
                nodes.Add(new LiquidOutput(value));
                continue;
            }

            word = body.ReadWord();
            tag = body;
            if (Array.IndexOf(ends, word) >= 0)
                return [.. nodes];
            if (ParseTag(word, body) is { } node)
                nodes.Add(node);
            word = "";
        }

        return ends.Length == 0 ? [.. nodes] : throw Error(ErrorKind.Syntax, $"“{ends[^1]}” is missing.");
    }

    private int NextOpening()
    {
        for (var i = _at; i + 1 < _source.Length; i++)
        {
            if (_source[i] == '{' && _source[i + 1] is '{' or '%')
                return i;
        }

        return _source.Length;
    }

    private void AddText(List<LiquidNode> nodes, int end)
    {
        var text = _source[_at..end];
        if (_trimNext)
            text = text.TrimStart();
        if (end + 2 < _source.Length && _source[end + 2] == '-')
            text = text.TrimEnd();
        if (text.Length > 0)
            nodes.Add(new LiquidText(text));
        _trimNext = false;
        _at = end;
    }

    private LiquidReader TakeBody(int open, string closing)
    {
        var from = open + 2;
        var quote = '\0';
        for (var i = from; i < _source.Length; i++)
        {
            var c = _source[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (string.CompareOrdinal(_source, i, closing, 0, 2) == 0)
            {
                var to = i;
                if (to > from && _source[to - 1] == '-')
                {
                    _trimNext = true;
                    to--;
                }

                if (from < to && _source[from] == '-')
                    from++;
                _at = i + 2;
                return new LiquidReader(_source[from..Math.Max(from, to)], from);
            }
        }

        _at = open;
        throw Error(ErrorKind.Syntax, $"“{closing}” is missing.");
    }

    private LiquidNode? ParseTag(string word, LiquidReader tag)
    {
        if (Depth.IsTooDeep(++_depth, Budget.MaxNesting))
            throw Error(ErrorKind.Limit, $"The text is nested deeper than {Budget.MaxNesting}.");
        var node = word switch
        {
            "assign" => ParseAssign(tag),
            "if" => ParseIf(tag, "endif", isNegated: false),
            "unless" => ParseIf(tag, "endunless", isNegated: true),
            "for" => ParseFor(tag),
            "case" => ParseCase(tag),
            "echo" => ParseEcho(tag),
            "break" => new LiquidLeave(LiquidLeaving.Loop),
            "continue" => new LiquidLeave(LiquidLeaving.Round),
            "capture" => new LiquidCapture(tag.ReadWord(), ParseUntil(["endcapture"], out _, out _)),
            "comment" => SkipComment(),
            "raw" => ReadRaw(),
            _ => throw Error(ErrorKind.Syntax, $"There is no Liquid tag “{word}”.", Nearest.To(word, ["assign", "if", "unless", "for", "case", "echo", "break", "continue", "capture", "comment", "raw"])),
        };
        _depth--;
        return node;
    }

    private static LiquidAssign ParseAssign(LiquidReader tag)
    {
        var name = tag.ReadWord();
        tag.Expect("=");
        var value = tag.ReadExpression();
        tag.ExpectEnd();
        return new LiquidAssign(name, value);
    }

    private LiquidIf ParseIf(LiquidReader tag, string end, bool isNegated)
    {
        var branches = new List<(LiquidCondition, LiquidNode[])>();
        var test = tag.ReadCondition(isNegated);
        while (true)
        {
            var body = ParseUntil(["elsif", "else", end], out var word, out tag);
            branches.Add((test, body));
            if (word == "elsif")
            {
                test = tag.ReadCondition(isNegated: false);
                continue;
            }

            return new LiquidIf([.. branches], word == "else" ? ParseUntil([end], out _, out _) : []);
        }
    }

    private LiquidCase ParseCase(LiquidReader tag)
    {
        var value = tag.ReadExpression();
        tag.ExpectEnd();
        var branches = new List<(LiquidExpression[], LiquidNode[])>();
        ParseUntil(["when", "else", "endcase"], out var word, out tag);
        while (word == "when")
        {
            var wanted = tag.ReadAlternatives();
            var body = ParseUntil(["when", "else", "endcase"], out word, out tag);
            branches.Add((wanted, body));
        }

        return new LiquidCase(value, [.. branches], word == "else" ? ParseUntil(["endcase"], out _, out _) : []);
    }

    private static LiquidOutput ParseEcho(LiquidReader tag)
    {
        var value = tag.ReadExpression();
        tag.ExpectEnd();
        return new LiquidOutput(value);
    }

    private LiquidFor ParseFor(LiquidReader tag)
    {
        var name = tag.ReadWord();
        if (tag.ReadWord() != "in")
            throw Error(ErrorKind.Syntax, "“in” is missing.");
        var source = tag.ReadExpression();
        LiquidExpression? limit = null, offset = null;
        var reversed = false;
        while (!tag.IsAtEnd)
        {
            switch (tag.ReadWord())
            {
                case "reversed": reversed = true; break;
                case "limit": tag.Expect(":"); limit = tag.ReadExpression(); break;
                case "offset": tag.Expect(":"); offset = tag.ReadExpression(); break;
                default: throw Error(ErrorKind.Syntax, "Only limit, offset and reversed may follow the list.");
            }
        }

        var body = ParseUntil(["else", "endfor"], out var word, out _);
        return new LiquidFor(name, source, limit, offset, reversed, body, word == "else" ? ParseUntil(["endfor"], out _, out _) : []);
    }

    private LiquidNode? SkipComment()
    {
        TakeUntil("endcomment");
        return null;
    }

    private LiquidText ReadRaw() => new(TakeUntil("endraw"));

    private string TakeUntil(string word)
    {
        var from = _at;
        for (var i = from; (i = _source.IndexOf("{%", i, StringComparison.Ordinal)) >= 0; i += 2)
        {
            var close = _source.IndexOf("%}", i, StringComparison.Ordinal);
            if (close < 0)
                break;
            if (!_source.AsSpan(i + 2, close - i - 2).Trim("- \t\r\n").SequenceEqual(word))
                continue;
            var text = _source[from..i];
            if (_trimNext)
                text = text.TrimStart();
            if (_source[i + 2] == '-')
                text = text.TrimEnd();
            _trimNext = _source[close - 1] == '-';
            _at = close + 2;
            return text;
        }

        throw Error(ErrorKind.Syntax, $"“{word}” is missing.");
    }

    private ExpressionException Error(string kind, string message, IReadOnlyList<string>? near = null) =>
        new(kind, message, Math.Min(_at, _source.Length) + 1, near is { Count: > 0 } ? near[0] : null);
}
