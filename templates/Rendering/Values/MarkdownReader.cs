using System.Text;

namespace ProductionOffice.Templates.Values;

/// <summary>A subset of Markdown: paragraphs, headings, lists, quotes; bold, italic, strike, code, links.</summary>
internal static class MarkdownReader
{
    public static IReadOnlyList<RichParagraph> Read(string text)
    {
        var paragraphs = new List<RichParagraph>();
        var open = new StringBuilder();
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.TrimEnd();
            var trimmed = line.TrimStart();
            var indent = (line.Length - trimmed.Length) / 2 + 1;
            if (trimmed.Length == 0)
            {
                Close();
            }
            else if (trimmed[0] == '#' && trimmed.TrimStart('#') is [' ', ..] heading && trimmed.Length - heading.Length <= 6)
            {
                Close();
                paragraphs.Add(new RichParagraph(RichKind.Heading, trimmed.Length - heading.Length, Inline(heading.Trim())));
            }
            else if (trimmed is ['-' or '*' or '+', ' ', ..])
            {
                Close();
                paragraphs.Add(new RichParagraph(RichKind.Bullet, indent, Inline(trimmed[2..].Trim())));
            }
            else if (Ordered(trimmed) is { } ordered)
            {
                Close();
                paragraphs.Add(new RichParagraph(RichKind.Numbered, ordered.Number, Inline(ordered.Text)));
            }
            else if (trimmed[0] == '>')
            {
                Close();
                paragraphs.Add(new RichParagraph(RichKind.Quote, 1, Inline(trimmed[1..].Trim())));
            }
            else
            {
                open.Append(open.Length > 0 ? raw.EndsWith("  ", StringComparison.Ordinal) ? "\n" : " " : "").Append(trimmed);
            }
        }

        Close();
        return paragraphs;

        void Close()
        {
            if (open.Length > 0)
                paragraphs.Add(new RichParagraph(RichKind.Text, 0, Inline(open.ToString())));
            open.Clear();
        }
    }

    private static (int Number, string Text)? Ordered(string line)
    {
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 7 && line.Length > digits + 1 && line[digits] is '.' or ')' && line[digits + 1] == ' '
            ? (int.Parse(line.AsSpan(0, digits), System.Globalization.CultureInfo.InvariantCulture), line[(digits + 2)..].Trim())
            : null;
    }

    private static List<RichRun> Inline(string text)
    {
        var runs = new List<RichRun>();
        var plain = new StringBuilder();
        var state = new RichRun("");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && char.IsPunctuation(text[i + 1]))
            {
                plain.Append(text[++i]);
            }
            else if (c == '`' && text.IndexOf('`', i + 1) is var end and > 0)
            {
                Flush();
                runs.Add(state with { Text = text[(i + 1)..end], Code = true });
                i = end;
            }
            else if (text.AsSpan(i).StartsWith("**") || text.AsSpan(i).StartsWith("__"))
            {
                Flush();
                state = state with { Bold = !state.Bold };
                i++;
            }
            else if (text.AsSpan(i).StartsWith("~~"))
            {
                Flush();
                state = state with { Struck = !state.Struck };
                i++;
            }
            else if (c is '*' or '_' && (state.Italic || (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && (i == 0 || !char.IsLetterOrDigit(text[i - 1])))))
            {
                Flush();
                state = state with { Italic = !state.Italic };
            }
            else if (c == '[' && Link(text, i) is { } link)
            {
                Flush();
                runs.Add(state with { Text = link.Text, Address = link.Address });
                i = link.End;
            }
            else
            {
                plain.Append(c);
            }
        }

        Flush();
        return runs;

        void Flush()
        {
            if (plain.Length > 0)
                runs.Add(state with { Text = plain.ToString() });
            plain.Clear();
        }
    }

    private static (string Text, string Address, int End)? Link(string text, int start)
    {
        var close = text.IndexOf("](", start, StringComparison.Ordinal);
        var end = close < 0 ? -1 : text.IndexOf(')', close);
        return end < 0 ? null : (text[(start + 1)..close], text[(close + 2)..end].Trim(), end);
    }
}
