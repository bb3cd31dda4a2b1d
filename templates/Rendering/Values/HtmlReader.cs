using System.Net;
using System.Text;

namespace ProductionOffice.Templates.Values;

/// <summary>A safe subset of HTML: p br b strong i em u s code pre a h1–h6 ul ol li blockquote hr table tr td th; everything else is read as its text, scripts and styles not at all.</summary>
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
        private readonly Stack<(bool Ordered, int Number, int List)> _lists = new();
        private List<IReadOnlyList<IReadOnlyList<RichRun>>>? _rows;
        private List<IReadOnlyList<RichRun>>? _cells;
        private int _listCount;
        private bool _keepsSpace;
        private List<RichRun> _runs = [];
        private RichRun _run = new("");
        private RichKind _kind;
        private int _level;
        private (int List, int Number) _item;

        public void Text(string text)
        {
            var decoded = new StringBuilder();
            foreach (var c in WebUtility.HtmlDecode(text))
            {
                if (_keepsSpace)
                {
                    if (c != '\r')
                        decoded.Append(c);
                    continue;
                }

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
                        _lists.Push((name == "ol", Start(tag) - 1, ++_listCount));
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
                case "pre":
                    Close();
                    (_kind, _keepsSpace) = (opens ? RichKind.Code : RichKind.Text, opens);
                    _run = _run with { Code = opens };
                    break;
                case "hr":
                    Close();
                    _paragraphs.Add(new RichParagraph(RichKind.Rule, 0, []));
                    break;
                case "table":
                    Close();
                    Table(opens);
                    break;
                case "tr" when _rows is not null:
                    EndCell();
                    if (_cells is { Count: > 0 })
                        _rows.Add(_cells);
                    _cells = opens ? [] : null;
                    break;
                case "td" or "th" when _cells is not null:
                    EndCell();
                    _inCell = opens;
                    break;
                case "p" or "div" when _inCell:
                    if (_runs.Count > 0 && _runs[^1].Text != "\n")
                        _runs.Add(_run with { Text = "\n" });
                    break;
                case "p" or "div" or "section" or "article" or "header" or "footer" or "dt" or "dd":
                    Close();
                    break;
                default:
                    break;
            }
        }

        private bool _inCell;

        private void EndCell()
        {
            if (_inCell)
            {
                while (_runs.Count > 0 && string.IsNullOrWhiteSpace(_runs[^1].Text))
                    _runs.RemoveAt(_runs.Count - 1);
                _cells?.Add(_runs);
            }

            _runs = [];
            _inCell = false;
        }

        private void Table(bool opens)
        {
            if (!opens && _rows is { Count: > 0 })
                _paragraphs.Add(new RichParagraph(RichKind.Table, 0, []) { Rows = _rows });
            (_rows, _cells, _inCell) = (opens ? [] : null, null, false);
        }

        public List<RichParagraph> Finish()
        {
            Table(opens: false);
            Close();
            return _paragraphs;
        }

        private void Item()
        {
            var (ordered, number, list) = _lists.TryPop(out var open) ? open : (false, 0, ++_listCount);
            _lists.Push((ordered, number + 1, list));
            (_kind, _level) = (ordered ? RichKind.Numbered : RichKind.Bullet, _lists.Count - 1);
            _item = (list, number + 1);
        }

        private static int Start(string tag) => Attribute(tag, "start") is { } text && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var start) ? start : 1;

        private void Close()
        {
            if (_inCell)
                return;
            if (_runs.Count > 0)
                _runs[^1] = _runs[^1] with { Text = _keepsSpace ? _runs[^1].Text.Trim('\n') : _runs[^1].Text.TrimEnd(' ') };
            if (_runs.Exists(run => run.Text.Length > 0))
                _paragraphs.Add(new RichParagraph(_kind, _level, _runs) { List = _item.List, Number = _item.Number });
            _runs = [];
            if (_kind is RichKind.Bullet or RichKind.Numbered)
                (_kind, _level) = (RichKind.Text, 0);
        }

        private static string? Address(string tag) => Attribute(tag, "href")?.Trim();

        private static string? Attribute(string tag, string name)
        {
            var at = tag.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            var quote = at < 0 ? -1 : tag.IndexOfAny(['"', '\''], at);
            var end = quote < 0 ? -1 : tag.IndexOf(tag[quote], quote + 1);
            return end < 0 ? null : WebUtility.HtmlDecode(tag[(quote + 1)..end]);
        }
    }
}
