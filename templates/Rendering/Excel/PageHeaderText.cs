using System.Text;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>A page header or footer, where <c>&amp;</c> begins a code: in data it is doubled, and digits after <c>&amp;12</c> are kept apart from the font size.</summary>
internal sealed class PageHeaderText(string template) : ITextSink
{
    private readonly StringBuilder _filled = new();

    public static string Fill(string text, List<Tag> tags, Evaluator values)
    {
        var header = new PageHeaderText(text);
        InlineText.Fill(text, tags, values, header);
        return header._filled.ToString();
    }

    public void Literal(int start, int end) => _filled.Append(template, start, end - start);

    public void Value(int at, string text)
    {
        if (text.Length > 0 && char.IsAsciiDigit(text[0]) && EndsWithSize())
            _filled.Append(' ');
        _filled.Append(text.Replace("&", "&&", StringComparison.Ordinal));
    }

    private bool EndsWithSize()
    {
        var at = _filled.Length;
        while (at > 0 && char.IsAsciiDigit(_filled[at - 1]))
            at--;
        return at < _filled.Length && at > 0 && _filled[at - 1] == '&' && !(at > 1 && _filled[at - 2] == '&');
    }
}
