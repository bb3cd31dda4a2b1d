using System.Buffers;
using System.Text;

namespace ProductionOffice.Templates.Tags;

/// <summary>Undoes what Word's autocorrection did to the text of a tag, outside of quoted strings.</summary>
internal static class TypedText
{
    /// <summary>What neither Word nor JavaScript gives a meaning that would have to be undone.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(sign => (char)sign).Where(sign => sign is not ('"' or '\'' or '`'))]);

    public static bool IsDoubleQuote(char c) => c is '"' or '“' or '”' or '„' or '‟' or '«' or '»';

    public static bool IsSingleQuote(char c) => c is '\'' or '‘' or '’' or '‚' or '‛';

    public static bool IsDropped(char c) => c is '\u00AD' or (>= '\u200B' and <= '\u200F') or '\u2060' or '\uFEFF';

    public static string Normalise(ReadOnlySpan<char> raw)
    {
        if (!raw.ContainsAnyExcept(Plain))
            return raw.ToString();
        var text = new StringBuilder(raw.Length + 8);
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (IsDoubleQuote(c))
                i = CopyString(raw, i, text, '"');
            else if (IsSingleQuote(c))
                i = CopyString(raw, i, text, '\'');
            else if (c == '`')
                i = CopyTemplate(raw, i, text);
            else
                Append(text, c);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, char c)
    {
        switch (c)
        {
            case '–' or '—' or '−' or '\u2011' or '\u2010':
                text.Append('-');
                break;
            case '…':
                text.Append("...");
                break;
            case '≥':
                text.Append(">=");
                break;
            case '≤':
                text.Append("<=");
                break;
            case '≠':
                text.Append("!==");
                break;
            case '×':
                text.Append('*');
                break;
            case '÷':
                text.Append('/');
                break;
            case '½':
                text.Append("(1/2)");
                break;
            case '¼':
                text.Append("(1/4)");
                break;
            case '¾':
                text.Append("(3/4)");
                break;
            case '\u00A0' or '\u202F' or '\u3000' or '\u205F' or (>= '\u2000' and <= '\u200A'):
                text.Append(' ');
                break;
            default:
                if (!IsDropped(c))
                    text.Append(c);
                break;
        }
    }

    private static int CopyString(ReadOnlySpan<char> raw, int start, StringBuilder text, char quote)
    {
        text.Append(quote);
        for (var i = start + 1; i < raw.Length; i++)
        {
            var c = raw[i];
            if (quote == '"' ? IsDoubleQuote(c) : IsSingleQuote(c))
            {
                text.Append(quote);
                return i;
            }

            if (c == '\\' && i + 1 < raw.Length)
            {
                i++;
                text.Append('\\').Append(IsDoubleQuote(raw[i]) ? '"' : IsSingleQuote(raw[i]) ? '\'' : raw[i]);
            }
            else if (c == '\n')
            {
                text.Append("\\n");
            }
            else if (!IsDropped(c))
            {
                text.Append(c);
            }
        }

        return raw.Length;
    }

    private static int CopyTemplate(ReadOnlySpan<char> raw, int start, StringBuilder text)
    {
        text.Append('`');
        for (var i = start + 1; i < raw.Length; i++)
        {
            text.Append(raw[i]);
            if (raw[i] == '`')
                return i;
            if (raw[i] == '\\' && i + 1 < raw.Length)
                text.Append(raw[++i]);
        }

        return raw.Length;
    }
}
