using System.Text;

namespace ProductionOffice.Templates.Values;

/// <summary>A subset of Markdown: paragraphs, headings, nested lists, quotes, code, rules, tables; bold, italic, strike, code, links, line breaks.</summary>
internal static class MarkdownReader
{
    public static IReadOnlyList<RichParagraph> Read(string text) => new Blocks(text.ReplaceLineEndings("\n").Split('\n')).Read();

    private sealed class Blocks(string[] lines)
    {
        private readonly List<RichParagraph> _paragraphs = [];
        private readonly StringBuilder _open = new();
        private readonly List<(int Indent, bool Ordered, int List)> _lists = [];
        private RichParagraph? _item;
        private int _at;
        private int _listCount;

        public List<RichParagraph> Read()
        {
            for (; _at < lines.Length; _at++)
                Line(lines[_at]);
            Close();
            return _paragraphs;
        }

        private void Line(string raw)
        {
            var trimmed = raw.Trim();
            var indent = raw.Length - raw.TrimStart().Length;
            if (trimmed.Length == 0)
            {
                Close();
            }
            else if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                Close();
                Fence(trimmed[..3]);
            }
            else if (trimmed[0] == '#' && trimmed.TrimStart('#') is [' ', ..] heading && trimmed.Length - heading.Length <= 6)
            {
                Add(new RichParagraph(RichKind.Heading, trimmed.Length - heading.Length, Inline(heading.Trim().TrimEnd('#').TrimEnd())));
            }
            else if (IsRule(trimmed))
            {
                Add(new RichParagraph(RichKind.Rule, 0, []));
            }
            else if (trimmed is ['-' or '*' or '+', ' ', ..])
            {
                Item(indent, ordered: false, 0, trimmed[2..].Trim());
            }
            else if (Ordered(trimmed) is { } ordered)
            {
                Item(indent, ordered: true, ordered.Number, ordered.Text);
            }
            else if (trimmed[0] == '>')
            {
                Add(new RichParagraph(RichKind.Quote, 0, Inline(trimmed[1..].Trim())));
            }
            else if (trimmed.Contains('|', StringComparison.Ordinal) && _open.Length == 0 && _at + 1 < lines.Length && IsTableLine(lines[_at + 1]))
            {
                Table();
            }
            else
            {
                Text(raw, trimmed, indent);
            }
        }

        /// <summary>A line of a paragraph, or one more line of a list item.</summary>
        private void Text(string raw, string trimmed, int indent)
        {
            if (_open.Length == 0 && _item is null && indent == 0)
                _lists.Clear();
            var breaks = raw.EndsWith("  ", StringComparison.Ordinal) || trimmed.EndsWith('\\');
            var words = (trimmed.EndsWith('\\') ? trimmed[..^1] : trimmed) + (breaks ? "\n" : " ");
            _open.Append(words);
        }

        private void Add(RichParagraph paragraph)
        {
            Close();
            _lists.Clear();
            _paragraphs.Add(paragraph);
        }

        private void Item(int indent, bool ordered, int number, string text)
        {
            Close();
            while (_lists.Count > 0 && _lists[^1].Indent > indent)
                _lists.RemoveAt(_lists.Count - 1);
            if (_lists.Count == 0 || _lists[^1].Indent + 1 < indent)
                _lists.Add((indent, ordered, ++_listCount));
            else if (_lists[^1].Ordered != ordered)
                _lists[^1] = (indent, ordered, ++_listCount);
            _item = new RichParagraph(ordered ? RichKind.Numbered : RichKind.Bullet, _lists.Count - 1, []) { List = _lists[^1].List, Number = number };
            _open.Append(text).Append(' ');
        }

        private void Fence(string mark)
        {
            var code = new List<string>();
            while (++_at < lines.Length && !lines[_at].TrimStart().StartsWith(mark, StringComparison.Ordinal))
                code.Add(lines[_at]);
            _paragraphs.Add(new RichParagraph(RichKind.Code, 0, [new RichRun(string.Join('\n', code)) { Code = true }]));
        }

        private void Table()
        {
            Close();
            _lists.Clear();
            var rows = new List<IReadOnlyList<IReadOnlyList<RichRun>>> { Cells(lines[_at]) };
            for (_at += 2; _at < lines.Length && lines[_at].Contains('|', StringComparison.Ordinal); _at++)
                rows.Add(Cells(lines[_at]));
            _at--;
            _paragraphs.Add(new RichParagraph(RichKind.Table, 0, []) { Rows = rows });
        }

        private void Close()
        {
            if (_item is not null || _open.Length > 0)
            {
                var runs = Inline(_open.ToString().TrimEnd(' ', '\n'));
                _paragraphs.Add(_item is null ? new RichParagraph(RichKind.Text, 0, runs) : _item with { Runs = runs });
            }

            _item = null;
            _open.Clear();
        }
    }

    private static bool IsRule(string line) => line.Length >= 3 && line[0] is '-' or '*' or '_' && line.Replace(" ", "", StringComparison.Ordinal) is { Length: >= 3 } signs && signs.All(c => c == line[0]);

    private static bool IsTableLine(string line) => line.Contains('-', StringComparison.Ordinal) && line.Contains('|', StringComparison.Ordinal) && line.All(c => c is '|' or '-' or ':' or ' ');

    private static List<IReadOnlyList<RichRun>> Cells(string line)
    {
        var cells = new List<IReadOnlyList<RichRun>>();
        var cell = new StringBuilder();
        var trimmed = line.Trim();
        for (var i = trimmed.StartsWith('|') ? 1 : 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] == '\\' && i + 1 < trimmed.Length && trimmed[i + 1] == '|')
            {
                cell.Append(trimmed[++i]);
            }
            else if (trimmed[i] == '|')
            {
                cells.Add(Inline(cell.ToString().Trim()));
                cell.Clear();
            }
            else
            {
                cell.Append(trimmed[i]);
            }
        }

        if (cell.Length > 0)
            cells.Add(Inline(cell.ToString().Trim()));
        return cells;
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
            else if (text.AsSpan(i).StartsWith("**") || (text.AsSpan(i).StartsWith("__") && IsEdge(text, i, 2)))
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
            else if (c is '*' or '_' && (state.Italic ? c == '*' || IsEdge(text, i, 1) : i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && (i == 0 || !char.IsLetterOrDigit(text[i - 1]))))
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

    /// <summary>Underscores within a word are letters.</summary>
    private static bool IsEdge(string text, int at, int length) =>
        at == 0 || at + length >= text.Length || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at + length]);

    private static (string Text, string Address, int End)? Link(string text, int start)
    {
        var close = text.IndexOf("](", start, StringComparison.Ordinal);
        if (close < 0)
            return null;
        var depth = 0;
        for (var end = close + 1; end < text.Length; end++)
        {
            depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
            if (depth == 0)
                return (text[(start + 1)..close], text[(close + 2)..end].Trim(), end);
        }

        return null;
    }
}
