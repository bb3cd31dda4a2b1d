using System.Text;

namespace ProductionOffice.Expressions;

/// <summary>Undoes what word processors do to the text of a tag.</summary>
public static class TagText
{
    private const string DoubleQuotes = "\"“”„‟«»";
    private const string SingleQuotes = "'‘’‚‛";

    /// <summary>
    /// Outside texts in quotes: typographic quotes, dashes, dots, comparison and calculation signs, fractions and spaces become plain ones.
    /// A text opened by any quote ends at the next quote of its kind, single or double, and comes out between plain quotes; inside it only
    /// soft hyphens, zero-width characters and byte-order marks are dropped.
    /// </summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
            return text;
        var made = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsDropped(c))
                continue;
            if (DoubleQuotes.Contains(c))
                i = CopyQuoted(text, i, DoubleQuotes, '"', made);
            else if (SingleQuotes.Contains(c))
                i = CopyQuoted(text, i, SingleQuotes, '\'', made);
            else
                Append(made, c);
        }

        return made.ToString();
    }

    // Gives the place of the closing quote, or of the last character when it is missing.
    private static int CopyQuoted(string text, int open, string quotes, char plain, StringBuilder made)
    {
        made.Append(plain);
        for (var i = open + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (IsDropped(c))
                continue;
            if (quotes.Contains(c))
            {
                made.Append(plain);
                return i;
            }

            made.Append(c);
            if (c == '\\' && i + 1 < text.Length)
            {
                i++;
                made.Append(quotes.Contains(text[i]) ? plain : text[i]);
            }
        }

        return text.Length;
    }

    private static void Append(StringBuilder made, char c) => _ = c switch
    {
        '–' or '—' or '−' => made.Append('-'),
        '…' => made.Append("..."),
        '≥' => made.Append(">="),
        '≤' => made.Append("<="),
        '≠' => made.Append("!=="),
        '×' => made.Append('*'),
        '÷' => made.Append('/'),
        '½' => made.Append("(1/2)"),
        '¼' => made.Append("(1/4)"),
        '¾' => made.Append("(3/4)"),
        '\u00A0' or '\u202F' or '\u2007' => made.Append(' '),
        _ => made.Append(c),
    };

    private static bool IsDropped(char c) => c is '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';
}
