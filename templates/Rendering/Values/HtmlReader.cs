using System.Net;
using System.Text;

namespace ProductionOffice.Templates.Values;

/// <summary>A safe subset of HTML: p br b strong i em u s code a h1–h6 ul ol li blockquote; everything else is read as its text, scripts and styles not at all.</summary>
internal static class HtmlReader
{
    public static IReadOnlyList<RichParagraph> Read(string html)
    {
        var reader = new State();
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            reader.Text(html[at..(open < 0 ? html.Length : open)]);
            if (open < 0)
                break;
            if (html.AsSpan(open).StartsWith("<!--"))
            {
                var comment = html.IndexOf("-->", open, StringComparison.Ordinal);
                at = comment < 0 ? html.Length : comment + 3;
                continue;
            }

            var close = html.IndexOf('>', open);
            if (close < 0)
                break;
            at = close + 1;
            var tag = html[(open + 1)..close].Trim();
            var name = new string([.. tag.TrimStart('/').TakeWhile(char.IsLetterOrDigit)]).ToLowerInvariant();
            if (name is "script" or "style" && !tag.StartsWith('/'))
            {
                var end = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                at = end < 0 ? html.Length : end;
                continue;
            }

            reader.Tag(name, tag);
        }

        return reader.Finish();
    }

    private sealed class State
    {
        private readonly List<RichParagraph> _paragraphs = [];
        private readonly Stack<(bool Ordered, int Number)> _lists = new();
        private List<RichRun> _runs = [];
        private RichRun _run = new("");
        private RichKind _kind;
        private int _level;

        public void Text(string text)
        {
            var decoded = new StringBuilder();
            foreach (var c in WebUtility.HtmlDecode(text))
            {
                var space = char.IsWhiteSpace(c) && c != '\u00A0';
                var afterSpace = decoded.Length > 0 ? decoded[^1] == ' ' : _runs.Count == 0 || _runs[^1].Text.EndsWith(' ') || _runs[^1].Text.EndsWith('\n');
                if (!space || !afterSpace)
                    decoded.Append(space ? ' ' : c);
            }

            if (decoded.Length > 0)
                _runs.Add(_run with { Text = decoded.ToString() });
        }

        public void Tag(string name, string tag)
        {
            var opens = !tag.StartsWith('/');
            switch (name)
            {
                case "b" or "strong":
                    _run = _run with { Bold = opens };
                    break;
                case "i" or "em":
                    _run = _run with { Italic = opens };
                    break;
                case "u":
                    _run = _run with { Underlined = opens };
                    break;
                case "s" or "del" or "strike":
                    _run = _run with { Struck = opens };
                    break;
                case "code":
                    _run = _run with { Code = opens };
                    break;
                case "a":
                    _run = _run with { Address = opens ? Address(tag) : null };
                    break;
                case "br":
                    _runs.Add(_run with { Text = "\n" });
                    break;
                case "ul" or "ol":
                    Close();
                    if (opens)
                        _lists.Push((name == "ol", 0));
                    else
                        _lists.TryPop(out _);
                    break;
                case "li":
                    Close();
                    if (opens)
                        Item();
                    break;
                case "blockquote":
                    Close();
                    _kind = opens ? RichKind.Quote : RichKind.Text;
                    break;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    Close();
                    (_kind, _level) = opens ? (RichKind.Heading, name[1] - '0') : (RichKind.Text, 0);
                    break;
                case "p" or "div" or "tr" or "table" or "section":
                    Close();
                    break;
                default:
                    break;
            }
        }

        public List<RichParagraph> Finish()
        {
            Close();
            return _paragraphs;
        }

        private void Item()
        {
            var (ordered, number) = _lists.TryPop(out var list) ? list : (false, 0);
            _lists.Push((ordered, number + 1));
            (_kind, _level) = ordered ? (RichKind.Numbered, number + 1) : (RichKind.Bullet, _lists.Count);
        }

        private void Close()
        {
            if (_runs.Count > 0)
                _runs[^1] = _runs[^1] with { Text = _runs[^1].Text.TrimEnd(' ') };
            if (_runs.Exists(run => run.Text.Length > 0))
                _paragraphs.Add(new RichParagraph(_kind, _level, _runs));
            _runs = [];
            if (_kind is RichKind.Bullet or RichKind.Numbered)
                (_kind, _level) = (RichKind.Text, 0);
        }

        private static string? Address(string tag)
        {
            var at = tag.IndexOf("href", StringComparison.OrdinalIgnoreCase);
            var quote = at < 0 ? -1 : tag.IndexOfAny(['"', '\''], at);
            var end = quote < 0 ? -1 : tag.IndexOf(tag[quote], quote + 1);
            return end < 0 ? null : WebUtility.HtmlDecode(tag[(quote + 1)..end]).Trim();
        }
    }
}
