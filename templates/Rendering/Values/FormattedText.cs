using System.Text;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Values;

/// <summary>A text whose parts have formats of their own; a value has the format of its first brace.</summary>
internal sealed class FormattedText : ITextSink
{
    private readonly string _text;
    private readonly int[] _starts;
    private readonly List<(int Part, StringBuilder Text)> _filled = [];

    private FormattedText(string text, int[] starts)
    {
        _text = text;
        _starts = starts;
    }

    /// <summary>What came of it: parts by their number, each with its text, in the order they stand; parts of a loop come again.</summary>
    /// <param name="text">The text of the template.</param>
    /// <param name="starts">Where each part begins; the first at 0.</param>
    /// <param name="tags">Tags of the text.</param>
    /// <param name="values">Where values come from.</param>
    public static List<(int Part, StringBuilder Text)> Fill(string text, int[] starts, List<Tag> tags, Evaluator values)
    {
        var formatted = new FormattedText(text, starts);
        InlineText.Fill(text, tags, values, formatted);
        return formatted._filled;
    }

    public void Literal(int start, int end)
    {
        while (start < end)
        {
            var part = PartAt(start);
            var until = part + 1 < _starts.Length ? Math.Min(end, _starts[part + 1]) : end;
            Of(part).Append(_text, start, until - start);
            start = until;
        }
    }

    public void Value(int at, string text) => Of(PartAt(at)).Append(text);

    private int PartAt(int position)
    {
        var part = Array.BinarySearch(_starts, position);
        if (part < 0)
            return Math.Max(0, ~part - 1);
        while (part + 1 < _starts.Length && _starts[part + 1] == position)
            part++;
        return part;
    }

    private StringBuilder Of(int part)
    {
        if (_filled.Count == 0 || _filled[^1].Part != part)
            _filled.Add((part, new StringBuilder()));
        return _filled[^1].Text;
    }
}
