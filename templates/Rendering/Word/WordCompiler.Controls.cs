using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Content controls: filled when their Tag reads as a tag whose first name is known.</summary>
internal sealed partial class WordCompiler
{
    private void Control(int node)
    {
        var properties = _tree.Child(node, N.w_sdtPr);
        var content = _tree.Child(node, N.w_sdtContent);
        if (properties == XmlTree.None || content == XmlTree.None)
        {
            Whole(node);
            return;
        }

        var bound = BoundTag(node, properties);
        if (bound is null)
        {
            ControlShell(node, properties, () => Children(content));
            return;
        }

        if (_tree.Child(properties, N.w15_repeatingSection) != XmlTree.None)
        {
            _parser.Late[^1] = new Tag { Kind = TagKind.For, Source = bound.Source, Place = bound.Place, Expression = bound.Expression, Name = "item", SpreadsItem = true, IsBound = true };
            ControlShell(node, properties, () => Repeating(content, bound));
            _parser.Late.Add(new Tag { Kind = TagKind.Close, Name = "for", Source = "", Place = bound.Place with { Order = LastWithin(node) } });
            return;
        }

        var original = Detached(() => ControlShell(node, properties, () => Children(content)));
        var filled = Detached(() => Filled(node, properties, content, bound));
        _builder.Add(new ControlNode(bound, original, filled));
        if (_tree.Name(_tree.Parent(node)) is not (N.w_p or N.w_hyperlink or N.w_smartTag))
            _builder.Add(Mark.Paragraph);
        else
            _builder.Add(Mark.Content);
    }

    private int LastWithin(int node)
    {
        var last = node;
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
            last = child;
        return last == node ? node : LastWithin(last);
    }

    /// <summary>Builds nodes aside.</summary>
    private WordNode Detached(Action build)
    {
        WordNode made = Nothing.Node;
        _builder.BeginWrap();
        build();
        _builder.EndWrap(inner =>
        {
            made = inner;
            return Nothing.Node;
        });
        return made;
    }

    private Tag? BoundTag(int node, int properties)
    {
        var tagNode = _tree.Child(properties, N.w_tag);
        var text = tagNode == XmlTree.None ? null : _tree.Attribute(tagNode, "w:val"u8)?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        var place = _plan.PlaceWithin(node, text, "content control") with { Column = 1 };
        var quiet = new ProblemList();
        var body = text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal) ? text[2..^2].Trim() : text;
        var expression = new TagParser(_parser.Formatters, quiet).Expression(TypedText.Normalise(body), new TagParser.Parts(text, place, 0, text.Length));
        if (expression is null)
        {
            ControlNode.Warn(_problems, place, text);
            return null;
        }

        var kind = ControlKind(properties) switch
        {
            N.w_date => (FieldKind.Date, true),
            N.w14_checkbox => (FieldKind.Truth, false),
            N.w_picture => (FieldKind.Picture, true),
            _ => ((FieldKind, bool)?)null,
        };
        var tag = new Tag { Kind = TagKind.Value, Source = text, Place = place, Expression = expression, End = text.Length, IsBound = true, BoundKind = kind };
        _parser.Late.Add(tag);
        return tag;
    }

    private void ControlShell(int node, int properties, Action inner)
    {
        _builder.Add(new ShellNode(Detached(() =>
        {
            _builder.Raw(_tree.StartTag(node));
            ControlProperties(properties);
            if (_tree.Child(node, N.w_sdtEndPr) is var end and not XmlTree.None)
                _builder.Raw(_tree.Span(end));
            _builder.Raw("<w:sdtContent>"u8);
        })));
        inner();
        _builder.Add(new ShellNode(Detached(() => _builder.Raw("</w:sdtContent></w:sdt>"u8))));
    }

    private void ControlProperties(int properties) => ControlProperties(properties, clear: false);

    private void ControlProperties(int properties, bool clear, Func<int, bool>? replace = null)
    {
        if (_tree.IsEmpty(properties))
        {
            _builder.Raw(_tree.Span(properties));
            return;
        }

        _builder.Raw(_tree.StartTag(properties));
        foreach (var child in _tree.Children(properties))
        {
            if (clear && _tree.Name(child) == N.w_showingPlcHdr)
                continue;
            if (_tree.Name(child) == N.w_id && _builder.Loops > 0)
            {
                var slot = _ids.NewSlot();
                WithHoles(_tree.StartTag(child).ToArray(), [new Hole("w:val", original => _builder.Add(new ControlIdNode(original, slot)))]);
            }
            else if (replace?.Invoke(child) != true)
            {
                _builder.Raw(_tree.Span(child));
            }
        }

        _builder.Raw(_tree.EndTag(properties));
    }

    private void Repeating(int content, Tag bound)
    {
        var tag = new Tag { Kind = TagKind.For, Source = bound.Source, Place = bound.Place, Expression = bound.Expression, Name = "item", SpreadsItem = true };
        var first = true;
        foreach (var child in _tree.Children(content))
        {
            if (!first)
                continue;
            first = false;
            _builder.Open(tag);
            Node(child);
            _builder.Close();
        }
    }

    private void Filled(int node, int properties, int content, Tag tag)
    {
        var kind = ControlKind(properties);
        _builder.Add(new ShellNode(Detached(() =>
        {
            _builder.Raw(_tree.StartTag(node));
            ControlProperties(properties, clear: true, child => KindProperties(child, kind, tag));
            if (_tree.Child(node, N.w_sdtEndPr) is var end and not XmlTree.None)
                _builder.Raw(_tree.Span(end));
            _builder.Raw("<w:sdtContent>"u8);
        })));
        var cell = _tree.Child(content, N.w_tc);
        var paragraph = _tree.Descendant(content, N.w_p);
        var isInline = paragraph == XmlTree.None;
        var run = _tree.Descendant(content, N.w_r);
        var shape = ControlShape(properties, paragraph, run);
        if (cell != XmlTree.None)
        {
            _builder.Raw(_tree.StartTag(cell));
            if (_tree.Child(cell, N.w_tcPr) is var cellProperties and not XmlTree.None)
                _builder.Raw(_tree.Span(cellProperties));
        }

        if (kind == N.w_picture)
        {
            if (!isInline)
                _builder.Raw(shape.ParagraphStart);
            var drawing = _tree.Descendant(content, N.w_drawing);
            if (drawing != XmlTree.None)
            {
                var blip = _tree.Descendant(drawing, N.a_blip);
                _builder.Raw("<w:r>"u8);
                _builder.Add(new PlaceholderNode(_tree.Span(drawing).ToArray(), tag, blip == XmlTree.None ? null : _tree.Attribute(blip, "r:embed"u8), _part));
                _builder.Raw("</w:r>"u8);
            }

            if (!isInline)
                _builder.Raw("</w:p>"u8);
        }
        else
        {
            var value = new ControlValueNode(tag, shape, kind, Items(properties), Format(properties), Glyphs(properties));
            if (!isInline)
                _builder.Raw(shape.ParagraphStart);
            _builder.Add(value);
            if (!isInline)
                _builder.Raw("</w:p>"u8);
        }

        if (cell != XmlTree.None)
            _builder.Raw("</w:tc>"u8);
        _builder.Add(new ShellNode(Detached(() => _builder.Raw("</w:sdtContent></w:sdt>"u8))));
    }

    private TextShape ControlShape(int properties, int paragraph, int run)
    {
        var paragraphProperties = paragraph == XmlTree.None ? XmlTree.None : _tree.Child(paragraph, N.w_pPr);
        byte[] start = [.. "<w:p>"u8, .. paragraphProperties == XmlTree.None ? [] : _tree.Span(paragraphProperties)];
        var isPlaceholder = _tree.Child(properties, N.w_showingPlcHdr) != XmlTree.None;
        var format = isPlaceholder || run == XmlTree.None ? _tree.Child(properties, N.w_rPr) : _tree.Child(run, N.w_rPr);
        byte[] inner = format == XmlTree.None ? [] : _tree.Content(format).ToArray();
        return new TextShape(start, [.. "<w:r>"u8, .. format == XmlTree.None ? [] : _tree.Span(format)], inner, true);
    }

    private N ControlKind(int properties)
    {
        foreach (var child in _tree.Children(properties))
        {
            if (_tree.Name(child) is N.w_date or N.w_dropDownList or N.w_comboBox or N.w14_checkbox or N.w_picture)
                return _tree.Name(child);
        }

        return N.w_text;
    }

    private bool KindProperties(int child, N kind, Tag tag)
    {
        if (_tree.Name(child) != kind)
            return false;
        if (kind == N.w_date)
        {
            var start = _tree.StartTag(child).ToArray();
            _builder.Add(new ControlDateNode(tag, start));
            if (!_tree.IsEmpty(child))
                _builder.Raw([.. _tree.Content(child), .. _tree.EndTag(child)]);
            return true;
        }

        if (kind != N.w14_checkbox || _tree.Child(child, N.w14_checked) is not (var state and not XmlTree.None))
            return false;
        _builder.Raw(_tree.Bytes.AsSpan(_tree[child].Start, _tree[state].Start - _tree[child].Start));
        _builder.Add(new ControlCheckedNode(tag));
        _builder.Raw(_tree.Bytes.AsSpan(_tree[state].End, _tree[child].End - _tree[state].End));
        return true;
    }

    private List<(string Value, string Display)> Items(int properties)
    {
        var items = new List<(string, string)>();
        foreach (var item in _tree.Descendants(properties, N.w_listItem))
        {
            var value = _tree.Attribute(item, "w:value"u8) ?? "";
            items.Add((value, _tree.Attribute(item, "w:displayText"u8) ?? value));
        }

        return items;
    }

    private string? Format(int properties) => _tree.Descendant(properties, N.w_dateFormat) is var format and not XmlTree.None ? _tree.Attribute(format, "w:val"u8) : null;

    private (string Checked, string Unchecked) Glyphs(int properties)
    {
        return (Glyph(N.w14_checkedState, "☒"), Glyph(N.w14_uncheckedState, "☐"));

        string Glyph(N state, string otherwise) => _tree.Descendant(properties, state) is var node and not XmlTree.None
            && int.TryParse(_tree.Attribute(node, "w14:val"u8), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code)
            && System.Text.Rune.IsValid(code) ? new System.Text.Rune(code).ToString() : otherwise;
    }
}

/// <summary>Markup of a control itself: left out when controls are unwrapped.</summary>
internal sealed class ShellNode(WordNode markup) : WordNode
{
    public override void Render(WordRender to)
    {
        if (!to.Values.Options.UnwrapControls)
            markup.Render(to);
    }
}

internal sealed class ControlNode(Tag tag, WordNode original, WordNode filled) : WordNode
{
    private readonly string _first = FirstName(tag.Expression!.Text);

    public override void Render(WordRender to)
    {
        var scope = to.Values.Scope;
        var isKnown = scope.Names.Contains(_first, StringComparer.OrdinalIgnoreCase);
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

internal sealed class ControlDateNode(Tag tag, byte[] start) : WordNode
{
    public override void Render(WordRender to)
    {
        var text = ControlValueNode.Iso(to, tag);
        to.Out.Write(text is null ? start : XmlText.WithAttribute(start, "w:fullDate"u8, text));
    }
}

internal sealed class ControlCheckedNode(Tag tag) : WordNode
{
    public override void Render(WordRender to) =>
        to.Out.Write(to.Values.IsTrue(tag) ? "<w14:checked w14:val=\"1\"/>"u8 : "<w14:checked w14:val=\"0\"/>"u8);
}

internal sealed class ControlValueNode(Tag tag, TextShape shape, N kind, List<(string Value, string Display)> items, string? dateFormat, (string Checked, string Unchecked) glyphs) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag);
        if (kind == N.w14_checkbox)
        {
            ContentWriter.Run(to, shape, Evaluator.Truth(value) ? glyphs.Checked : glyphs.Unchecked, tag);
            return;
        }

        if (value.Kind == ValueKind.Host && value.AsHost() is MadeContent made)
        {
            ContentWriter.Inline(to, made, tag, shape);
            return;
        }

        if (kind == N.w_date && !value.IsNullish && tag.Expression is { HasFormatters: false })
            value = to.Values.Format(value, dateFormat is null ? "date" : "date: \"" + dateFormat.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", tag, TemplateFormatters.Table);
        var text = to.Values.Text(value, tag);
        if (kind is N.w_dropDownList or N.w_comboBox)
        {
            var byValue = items.FindIndex(item => item.Value == text);
            text = byValue >= 0 ? items[byValue].Display : text;
        }

        ContentWriter.Run(to, shape, text, tag);
    }

    /// <summary>The day as Word stores it, or null when the value is no date.</summary>
    public static string? Iso(WordRender to, Tag tag)
    {
        var value = to.Values.Evaluate(tag);
        if (value.Kind == ValueKind.Date)
            return Evaluator.DateText(value, to.Values.Options.TimeZone)[..10] + "T00:00:00Z";
        return value.Kind == ValueKind.String && value.AsString() is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _)
            ? text[..10] + "T00:00:00Z"
            : null;
    }
}
