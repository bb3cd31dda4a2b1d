namespace ProductionOffice.Templates.Tags;

/// <summary>Where a tag lies in the text of its paragraph; <see cref="Closed"/> is false for <c>{{</c> without <c>}}</c>.</summary>
internal readonly record struct TagSpan(int Start, int End, bool Closed);

/// <summary>Finds <c>{{ … }}</c> in a text; knows strings, braces within and comments. Linear in the length of the text.</summary>
internal static class TagReader
{
    public const int Longest = 4096;

    public static List<TagSpan> Find(string text)
    {
        var found = new List<TagSpan>();
        var at = 0;
        while ((at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            var end = End(text, at);
            if (end < 0)
            {
                found.Add(new TagSpan(at, Math.Min(text.Length, at + 2), false));
                at += 2;
            }
            else
            {
                found.Add(new TagSpan(at, end, true));
                at = end;
            }
        }

        return found;
    }

    private static int End(string text, int start)
    {
        var limit = Math.Min(text.Length, start + Longest);
        var body = text.AsSpan(start + 2, limit - start - 2);
        var isComment = body.TrimStart().StartsWith("//");
        var quoted = isComment ? -1 : QuotedEnd(body);
        var end = quoted >= 0 ? quoted : PlainEnd(body);
        return end < 0 ? -1 : start + 2 + end;
    }

    /// <summary>The first <c>}}</c> outside of strings and inner braces, or -1.</summary>
    private static int QuotedEnd(ReadOnlySpan<char> body)
    {
        var depth = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var c = body[i];
            if (TypedText.IsDoubleQuote(c) || TypedText.IsSingleQuote(c) || c == '`')
            {
                i = StringEnd(body, i);
                if (i < 0)
                    return -1;
            }
            else if (c == '{')
            {
                if (depth == 0 && i > 0 && i + 1 < body.Length && body[i + 1] == '{')
                    return -1;
                depth++;
            }
            else if (c == '}')
            {
                if (depth > 0)
                    depth--;
                else if (i + 1 < body.Length && body[i + 1] == '}')
                    return i + 2;
            }
        }

        return -1;
    }

    private static int StringEnd(ReadOnlySpan<char> body, int start)
    {
        var isDouble = TypedText.IsDoubleQuote(body[start]);
        var isSingle = TypedText.IsSingleQuote(body[start]);
        for (var i = start + 1; i < body.Length; i++)
        {
            var c = body[i];
            if (c == '\\')
                i++;
            else if (isDouble ? TypedText.IsDoubleQuote(c) : isSingle ? TypedText.IsSingleQuote(c) : c == '`')
                return i;
        }

        return -1;
    }

    private static int PlainEnd(ReadOnlySpan<char> body)
    {
        var end = body.IndexOf("}}");
        var next = body.IndexOf("{{");
        return end < 0 || (next >= 0 && next < end) ? -1 : end + 2;
    }
}
