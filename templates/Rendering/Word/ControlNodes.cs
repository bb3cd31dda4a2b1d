using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Markup of a control itself: left out when controls are unwrapped.</summary>
internal sealed class ShellNode(WordNode markup) : WordNode
{
    public override void Render(WordRender to)
    {
        if (!to.Values.Options.UnwrapControls)
            markup.Render(to);
    }
}

/// <summary>A control with a Tag: filled when the first name of the Tag is known.</summary>
internal sealed class ControlNode(Tag tag, WordNode original, WordNode filled) : WordNode
{
    private readonly string _first = FirstName(tag.Expression!.Text);

    public override void Render(WordRender to)
    {
        var isKnown = to.Values.Scope.Names.Contains(_first, StringComparer.OrdinalIgnoreCase);
        if (!isKnown)
            Warn(to.Values.Problems, tag.Place, tag.Source);
        (isKnown ? filled : original).Render(to);
    }

    public static void Warn(ProblemList problems, TagPlace place, string tag) => problems.Add(place.Problem("W003", tag,
        $"The content control with the tag “{tag}” is bound to nothing in the data; it was left as it is.", ProblemSeverity.Warning) with
    { Name = tag });

    private static string FirstName(string expression)
    {
        var start = 0;
        while (start < expression.Length && !(char.IsLetter(expression[start]) || expression[start] is '_' or '$'))
            start++;
        var end = start;
        while (end < expression.Length && (char.IsLetterOrDigit(expression[end]) || expression[end] is '_' or '$'))
            end++;
        return expression[start..end];
    }
}

/// <summary>A repeating section; without items it goes, for Word knows none that is empty.</summary>
internal sealed class RepeatingNode(WordNode start, WordNode items, WordNode end) : WordNode
{
    public override void Render(WordRender to)
    {
        var mark = to.Hold();
        start.Render(to);
        var length = to.Out.Length;
        items.Render(to);
        if (to.Out.Length == length)
            to.TakeBack(mark);
        else
            end.Render(to);
    }
}

internal sealed class ControlDateNode(Tag tag, byte[] start) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag.Expression!, tag, steps: 0);
        if (!IsDate(value))
        {
            to.Out.Write(XmlText.WithoutAttribute(start, "w:fullDate"u8));
            return;
        }

        var stored = to.Values.Format(value, "date: \"yyyy-MM-dd'T'HH:mm:ss'Z'\"", tag, TemplateFormatters.Table);
        to.Out.Write(XmlText.WithAttribute(start, "w:fullDate"u8, stored.ToString()));
    }

    public static bool IsDate(Value value) => value.Kind == ValueKind.Date
        || (value.Kind == ValueKind.String && value.AsString() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _));
}

/// <summary>A drop-down or combo box: says which of its items was taken last.</summary>
internal sealed class ControlChoiceNode(Tag tag, byte[] start, List<(string Value, string Display)> items) : WordNode
{
    public override void Render(WordRender to)
    {
        var text = to.Values.Text(to.Values.Evaluate(tag), tag);
        var item = Find(items, text);
        to.Out.Write(item < 0 ? XmlText.WithoutAttribute(start, "w:lastValue"u8) : XmlText.WithAttribute(start, "w:lastValue"u8, items[item].Value));
    }

    /// <summary>By value, then by what is displayed.</summary>
    public static int Find(List<(string Value, string Display)> items, string text)
    {
        var byValue = text.Length == 0 ? -1 : items.FindIndex(item => item.Value == text);
        return byValue >= 0 || text.Length == 0 ? byValue : items.FindIndex(item => item.Display == text);
    }
}

internal sealed class ControlCheckedNode(Tag tag) : WordNode
{
    public override void Render(WordRender to) =>
        to.Out.Write(IsChecked(to.Values.Evaluate(tag)) ? "<w14:checked w14:val=\"1\"/>"u8 : "<w14:checked w14:val=\"0\"/>"u8);

    /// <summary>A box that a formatter drew is read as it looks.</summary>
    public static bool IsChecked(Value value) => value.Kind == ValueKind.String && value.AsString() is "☐" or "☒" ? value.AsString() == "☒" : Evaluator.Truth(value);
}

/// <summary>The sign of a state of a checkbox, with the font it is taken from.</summary>
internal sealed record Glyph(string Text, string? Font)
{
    /// <summary>Signs of symbol fonts are no characters of their own; Word keeps them apart from text.</summary>
    public bool IsSymbol => Font is not null && (Font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase) || Font.StartsWith("Webdings", StringComparison.OrdinalIgnoreCase) || Font.Equals("Symbol", StringComparison.OrdinalIgnoreCase));
}

internal sealed class ControlValueNode(Tag tag, TextShape shape, bool isBlock, N kind, List<(string Value, string Display)> items, string? dateFormat, (Glyph Checked, Glyph Unchecked) glyphs) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag);
        if (isBlock && kind == N.w_text && value.Kind == ValueKind.Host && value.AsHost() is MadeContent made and not DropContent)
        {
            ContentWriter.Block(to, made, tag, shape);
            return;
        }

        if (isBlock)
            to.Out.Write(shape.ParagraphStart);
        Content(to, value);
        if (isBlock)
            to.Out.Write("</w:p>"u8);
    }

    private void Content(WordRender to, Value value)
    {
        if (to.Values.Marked is { } missing)
            ValueNode.WriteMark(to, missing, shape);
        else if (kind == N.w14_checkbox)
            Sign(to, ControlCheckedNode.IsChecked(value) ? glyphs.Checked : glyphs.Unchecked);
        else if (value.Kind == ValueKind.Host && value.AsHost() is MadeContent made)
            ContentWriter.Inline(to, made, tag, shape);
        else
            ContentWriter.Run(to, shape, Words(to, value), tag);
    }

    private string Words(WordRender to, Value value)
    {
        if (kind == N.w_date && tag.Expression is { HasFormatters: false } && ControlDateNode.IsDate(value))
            value = to.Values.Format(value, dateFormat is null ? "date" : "date: \"" + dateFormat.Replace("am/pm", "a", StringComparison.OrdinalIgnoreCase).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", tag, TemplateFormatters.Table);
        var text = to.Values.Text(value, tag);
        return kind is N.w_dropDownList or N.w_comboBox && ControlChoiceNode.Find(items, text) is var item and >= 0 ? items[item].Display : text;
    }

    private void Sign(WordRender to, Glyph glyph)
    {
        if (!glyph.IsSymbol)
        {
            ContentWriter.Run(to, shape, glyph.Text, tag);
            return;
        }

        to.HasContent = true;
        to.Out.Write(shape.RunStart);
        to.Out.Write("<w:sym w:font=\""u8);
        to.Out.WriteText(glyph.Font);
        to.Out.WriteMarkup(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\" w:char=\"{(glyph.Text[0] < 0x100 ? 0xF000 + glyph.Text[0] : glyph.Text[0]):X4}\"/></w:r>"));
    }
}
