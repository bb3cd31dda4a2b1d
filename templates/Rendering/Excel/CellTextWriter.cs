using System.Buffers;
using System.Globalization;
using System.Text;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes cells that hold text. Text stays text, whatever it looks like.</summary>
internal sealed class CellTextWriter(Utf8Buffer to, Evaluator values, StyleTable styles)
{
    private const int LongestText = 32_767;

    /// <summary>Signs that make a text more than a text: line breaks, and what may look like a character code of Excel.</summary>
    private static readonly SearchValues<char> Unusual = SearchValues.Create("\n\r_");

    public static string Fill(SheetLayout layout, CellTemplate cell, Evaluator values) => InlineText.Fill(cell.Text, Printing(layout, cell), values);

    /// <summary>A cell of words and tags.</summary>
    public void Write(SheetLayout layout, CellTemplate cell, int column, int row)
    {
        var parts = cell.Rich is { } rich ? Parts(layout, cell, rich) : null;
        var text = parts is null ? Fill(layout, cell, values) : string.Concat(parts.Select(part => part.Text));
        var isMarked = values.Options.Missing == MissingMode.Mark && cell.Tags.Exists(tag => tag.Expression?.PathText is { } path && text.Contains($"[{path}?]", StringComparison.Ordinal));
        Write(layout, cell, column, row, isMarked ? styles.Marked(cell.Style) : cell.Style, text, cell.Tags[0], parts);
    }

    /// <summary>A cell whose only tag has a text for its value.</summary>
    public void Value(SheetLayout layout, CellTemplate cell, int column, int row, string text, Tag tag) => Write(layout, cell, column, row, cell.Style, text, tag);

    /// <summary>A text in the format of its cell.</summary>
    public void Text(int column, int row, int style, string text)
    {
        if (text.Length == 0)
        {
            Blank(column, row, style);
            return;
        }

        Plain(column, row, style, text, text);
    }

    /// <summary>Paragraphs with bold, slanted and other words.</summary>
    public void Rich(int column, int row, int style, RichContent rich, Tag tag)
    {
        var text = rich.PlainText;
        if (text.Length == 0 || rich.Paragraphs.All(paragraph => paragraph.Kind == RichKind.Text && paragraph.Runs.All(run => run is { Bold: false, Italic: false, Underlined: false, Struck: false })))
        {
            Text(column, row, style, text);
            return;
        }

        if (IsTooLong(text, tag))
            return;
        Open(column, row, style, text);
        var font = styles.RunFont(style);
        for (var i = 0; i < rich.Paragraphs.Count; i++)
        {
            var paragraph = rich.Paragraphs[i];
            var start = (i > 0 ? "\n" : "") + (paragraph.Kind == RichKind.Bullet ? "• " : "");
            if (start.Length > 0)
                RichRun(font, start, default);
            foreach (var run in paragraph.Runs)
                RichRun(font, run.Text, (run.Bold || paragraph.Kind == RichKind.Heading, run.Italic, run.Underlined, run.Struck));
        }

        to.Write("</is></c>"u8);
    }

    public void Blank(int column, int row, int style)
    {
        Start(column, row, style);
        to.Write("/>"u8);
    }

    public void Start(int column, int row, int style)
    {
        to.Write("<c r=\""u8);
        Address(column, row);
        if (style == 0)
        {
            to.Write("\""u8);
            return;
        }

        to.Write("\" s=\""u8);
        to.Write(style);
        to.Write("\""u8);
    }

    public void Address(int column, int row)
    {
        Span<byte> address = stackalloc byte[16];
        var at = 3;
        for (; column > 0; column = (column - 1) / 26)
            address[--at] = (byte)('A' + (column - 1) % 26);
        row.TryFormat(address[3..], out var digits, default, CultureInfo.InvariantCulture);
        to.Write(address[at..(3 + digits)]);
    }

    private void Write(SheetLayout layout, CellTemplate cell, int column, int row, int style, string text, Tag tag, List<(int Part, StringBuilder Text)>? parts = null)
    {
        if (text.Length == 0)
        {
            Blank(column, row, style);
            return;
        }

        if (IsTooLong(text, tag))
            return;
        // A value with line breaks is shown in lines; the template's own breaks are formatted by its author.
        var shown = text.Contains('\n') && cell.Text.Contains('\n') ? text.Replace('\n', ' ') : text;
        var removed = to.Removed;
        if (cell.Rich is { } rich)
        {
            Open(column, row, style, shown);
            RichText(rich, parts ?? Parts(layout, cell, rich));
            to.Write("</is></c>"u8);
        }
        else
        {
            Plain(column, row, style, text, shown);
        }

        if (to.Removed > removed)
            values.Problems.Add(tag.Place.Problem("W009", tag.Source, "Characters that no workbook can hold were removed from this value.", ProblemSeverity.Warning));
    }

    private bool IsTooLong(string text, Tag tag)
    {
        if (text.Length <= LongestText)
            return false;
        values.Problems.Add(tag.Place.Problem("T012", tag.Source, $"The text has {text.Length:N0} characters; a cell holds {LongestText:N0}."));
        return true;
    }

    /// <summary>The tags of a cell; those that rule rows print nothing in it.</summary>
    private static List<Tag> Printing(SheetLayout layout, CellTemplate cell) =>
        cell.Tags.Exists(tag => layout.Sheet.Lifted.Contains(tag)) ? [.. cell.Tags.Select(tag => layout.Sheet.Lifted.Contains(tag) ? Silent(tag) : tag)] : cell.Tags;

    private static Tag Silent(Tag tag) => new() { Kind = TagKind.Comment, Source = tag.Source, Place = tag.Place, Start = tag.Start, End = tag.End };

    private void Plain(int column, int row, int style, string text, string shown)
    {
        if (text.AsSpan().ContainsAny(Unusual))
        {
            Open(column, row, style, shown);
            Run(text);
            to.Write("</is></c>"u8);
            return;
        }

        Start(column, row, text[0] is '=' or '+' or '-' or '@' ? styles.Quoted(style) : style);
        to.Write(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        to.WriteText(text);
        to.Write("</t></is></c>"u8);
    }

    private void Open(int column, int row, int style, string text)
    {
        if (text[0] is '=' or '+' or '-' or '@')
            style = styles.Quoted(style);
        if (text.Contains('\n', StringComparison.Ordinal))
            style = styles.Wrapped(style);
        Start(column, row, style);
        to.Write(" t=\"inlineStr\"><is>"u8);
    }

    private void Run(string text)
    {
        to.Write("<t xml:space=\"preserve\">"u8);
        to.WriteText(CellText.Escape(text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text));
        to.Write("</t>"u8);
    }

    private void RichRun(string font, string text, (bool Bold, bool Italic, bool Underlined, bool Struck) format)
    {
        to.Write("<r><rPr>"u8);
        to.WriteMarkup(With(format.Bold, "<b") + With(format.Italic, "<i") + With(format.Struck, "<strike") + With(format.Underlined, "<u") + font);
        to.Write("</rPr>"u8);
        Run(text);
        to.Write("</r>"u8);

        string With(bool wanted, string tag) => wanted && !font.Contains(tag + "/>", StringComparison.Ordinal) && !font.Contains(tag + " ", StringComparison.Ordinal) ? tag + "/>" : "";
    }

    private List<(int Part, StringBuilder Text)> Parts(SheetLayout layout, CellTemplate cell, List<(int Start, byte[] Properties)> rich) =>
        FormattedText.Fill(cell.Text, [.. rich.Select(run => run.Start)], Printing(layout, cell), values);

    /// <summary>Parts of the text keep their formats; a value has that of its first brace.</summary>
    private void RichText(List<(int Start, byte[] Properties)> rich, List<(int Part, StringBuilder Text)> parts)
    {
        foreach (var (part, text) in parts)
        {
            to.Write("<r>"u8);
            to.Write(rich[part].Properties);
            Run(text.ToString());
            to.Write("</r>"u8);
        }
    }
}
