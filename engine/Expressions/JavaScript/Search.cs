namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Finds a text in a text by UTF-16 unit, looking at the clock when both are long.</summary>
internal static class Search
{
    private const int Window = 8192;

    public static int First(Frame frame, string text, string wanted, int from)
    {
        if (from > text.Length - wanted.Length)
            return -1;
        if (wanted.Length < 256 || text.Length < Window)
            return text.IndexOf(wanted, from, StringComparison.Ordinal);
        for (; from + wanted.Length <= text.Length; from += Window)
        {
            frame.Budget.Steps(64);
            frame.Budget.CheckTime();
            var found = text.AsSpan(from, Math.Min(Window - 1 + wanted.Length, text.Length - from)).IndexOf(wanted, StringComparison.Ordinal);
            if (found >= 0)
                return from + found;
        }

        return -1;
    }

    public static int Last(Frame frame, string text, string wanted, int from)
    {
        from = Math.Min(from, text.Length - wanted.Length);
        if (from < 0)
            return -1;
        if (wanted.Length < 256 || text.Length < Window)
            return text.AsSpan(0, from + wanted.Length).LastIndexOf(wanted, StringComparison.Ordinal) is var at && wanted.Length == 0 ? from : at;
        for (; from >= 0; from -= Window)
        {
            frame.Budget.Steps(64);
            frame.Budget.CheckTime();
            var begin = Math.Max(from - Window + 1, 0);
            var found = text.AsSpan(begin, from - begin + wanted.Length).LastIndexOf(wanted, StringComparison.Ordinal);
            if (found >= 0)
                return begin + found;
        }

        return -1;
    }
}
