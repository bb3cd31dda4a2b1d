using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Content controls: filled when their Tag reads as a tag whose first name is known.</summary>
internal sealed partial class WordCompiler
{
    private readonly Dictionary<int, int> _slots = [];

    private void Control(int node)
    {
        var properties = _tree.Child(node, N.w_sdtPr);
        var content = _tree.Child(node, N.w_sdtContent);
        if (properties == XmlTree.None || content == XmlTree.None)
        {
            Whole(node);
            return;
        }

        var repeats = _tree.Child(properties, N.w15_repeatingSection) != XmlTree.None;
        var holdsTags = HoldsTags(content);
        if (BoundTag(node, properties, content, repeats, holdsTags) is not { } bound)
        {
            ControlShell(node, properties, () => Children(content), holdsTags ? ClearsState : null);
            return;
        }

        var original = Detached(() => ControlShell(node, properties, () => Children(content)));
        var filled = Detached(() =>
        {
            if (repeats)
                Repeating(node, properties, content, bound);
            else
                Filled(node, properties, content, bound);
        });
        _builder.Add(new ControlNode(bound, original, filled));
        if (!_tree.Has(content, N.w_p))
            _builder.Add(Mark.Content);
        else if (_tree.Child(content, N.w_p) != XmlTree.None)
            _builder.Add(Mark.Paragraph);
    }

    /// <summary>Tags typed into a control fill it by themselves.</summary>
    private bool HoldsTags(int content) => _tree.Descendants(content, N.w_p).Any(_plan.Paragraphs.ContainsKey) || _tree.Text(content).Contains("{{", StringComparison.Ordinal);

    /// <summary>What a control must no longer say once it holds a value: that it shows its prompt, or that Word shall put something else into it.</summary>
    private bool ClearsState(int child) => _tree.Name(child) is N.w_showingPlcHdr or N.w_dataBinding or N.w15_dataBinding;

    private void Shell(Action markup) => _builder.Add(new ShellNode(Detached(markup)));

    /// <summary>The place of an id that copies must not share, however often the markup around it is compiled.</summary>
    private int SlotOf(int node) => _slots.TryGetValue(node, out var slot) ? slot : _slots[node] = _ids.NewSlot();

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

    private Tag? BoundTag(int node, int properties, int content, bool repeats, bool holdsTags)
    {
        var tagNode = _tree.Child(properties, N.w_tag);
        var text = tagNode == XmlTree.None ? null : _tree.Attribute(tagNode, "w:val"u8)?.Trim();
        if (string.IsNullOrEmpty(text) || (holdsTags && !repeats))
            return null;
        var place = _plan.PlaceWithin(node, text, "content control") with { Column = 1 };
        var quiet = new ProblemList();
        var body = text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal) ? text[2..^2].Trim() : text;
        var expression = new TagParser(_parser.Formatters, quiet).Expression(TypedText.Normalise(body), new TagParser.Parts(text, place, 0, text.Length));
        if (expression is null || (!repeats && _tree.Child(content, N.w_tr) != XmlTree.None))
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
        var tag = repeats
            ? new Tag { Kind = TagKind.For, Source = text, Place = place, Expression = expression, Name = "item", SpreadsItem = true, IsBound = true }
            : new Tag { Kind = TagKind.Value, Source = text, Place = place, Expression = expression, End = text.Length, IsBound = true, BoundKind = kind };
        _tags.Add(tag);
        if (repeats)
            _tags.Add(new Tag { Kind = TagKind.Close, Name = "for", Source = "", Place = place with { Order = LastWithin(node) } });
        return tag;
    }

    private void ControlShell(int node, int properties, Action inner, Func<int, bool>? leaveOut = null, Func<int, bool>? replace = null)
    {
        ShellStart(node, properties, leaveOut, replace);
        inner();
        ShellEnd();
    }

    private void ShellStart(int node, int properties, Func<int, bool>? leaveOut = null, Func<int, bool>? replace = null) => Shell(() =>
    {
        _builder.Raw(_tree.StartTag(node));
        ControlProperties(properties, leaveOut, replace);
        if (_tree.Child(node, N.w_sdtEndPr) is var end and not XmlTree.None)
            _builder.Raw(_tree.Span(end));
        _builder.Raw("<w:sdtContent>"u8);
    });

    private void ShellEnd() => Shell(() => _builder.Raw("</w:sdtContent></w:sdt>"u8));

    private void ControlProperties(int properties, Func<int, bool>? leaveOut = null, Func<int, bool>? replace = null)
    {
        if (_tree.IsEmpty(properties))
        {
            _builder.Raw(_tree.Span(properties));
            return;
        }

        _builder.Raw(_tree.StartTag(properties));
        foreach (var child in _tree.Children(properties))
        {
            if (leaveOut?.Invoke(child) == true)
                continue;
            if (_tree.Name(child) == N.w_id && _builder.Loops > 0)
                WithHoles(_tree.StartTag(child).ToArray(), [new Hole("w:val", original => _builder.Add(new ControlIdNode(original, SlotOf(child))))]);
            else if (replace?.Invoke(child) != true)
                _builder.Raw(_tree.Span(child));
        }

        _builder.Raw(_tree.EndTag(properties));
    }

    /// <summary>The first item of the section is the pattern of all.</summary>
    private void Repeating(int node, int properties, int content, Tag tag)
    {
        var start = Detached(() => ShellStart(node, properties, ClearsState));
        var items = Detached(() =>
        {
            _builder.Open(tag);
            if (_tree.Children(content).FirstOrDefault(XmlTree.None) is var item and not XmlTree.None)
                Node(item);
            _builder.Close();
        });
        _builder.Add(new RepeatingNode(start, items, Detached(ShellEnd)));
    }

    private void Filled(int node, int properties, int content, Tag tag)
    {
        var kind = ControlKind(properties);
        ControlShell(node, properties, () => FilledContent(properties, content, kind, tag), ClearsState, child => KindProperties(child, kind, tag));
    }

    private void FilledContent(int properties, int content, N kind, Tag tag)
    {
        var cell = _tree.Child(content, N.w_tc);
        var paragraph = _tree.Descendant(content, N.w_p);
        var isBlock = paragraph != XmlTree.None;
        var shape = ControlShape(properties, paragraph, _tree.Descendant(content, N.w_r));
        if (cell != XmlTree.None)
        {
            _builder.Raw(_tree.StartTag(cell));
            if (_tree.Child(cell, N.w_tcPr) is var cellProperties and not XmlTree.None)
                _builder.Raw(_tree.Span(cellProperties));
        }

        if (kind != N.w_picture)
        {
            _builder.Add(new ControlValueNode(tag, shape, isBlock, kind, Items(properties), Format(properties), Glyphs(properties)));
        }
        else
        {
            _builder.Raw(isBlock ? shape.ParagraphStart : []);
            if (_tree.Descendant(content, N.w_drawing) is var drawing and not XmlTree.None)
            {
                var blip = _tree.Descendant(drawing, N.a_blip);
                _builder.Raw("<w:r>"u8);
                _builder.Add(new PlaceholderNode(_tree.Span(drawing).ToArray(), tag, blip == XmlTree.None ? null : _tree.Attribute(blip, "r:embed"u8), _part));
                _builder.Raw("</w:r>"u8);
            }

            _builder.Raw(isBlock ? "</w:p>"u8 : []);
        }

        if (cell != XmlTree.None)
            _builder.Raw("</w:tc>"u8);
    }

    private TextShape ControlShape(int properties, int paragraph, int run)
    {
        var paragraphProperties = paragraph == XmlTree.None ? XmlTree.None : _tree.Child(paragraph, N.w_pPr);
        var isPlaceholder = _tree.Child(properties, N.w_showingPlcHdr) != XmlTree.None;
        var format = isPlaceholder || run == XmlTree.None ? _tree.Child(properties, N.w_rPr) : _tree.Child(run, N.w_rPr);
        byte[] inner = format == XmlTree.None ? [] : _tree.Content(format).ToArray();
        return new TextShape(ParagraphStart(paragraphProperties, isNext: false), ParagraphStart(paragraphProperties, isNext: true), [.. "<w:r>"u8, .. format == XmlTree.None ? [] : _tree.Span(format)], inner, paragraph != XmlTree.None);
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
        switch (kind)
        {
            case N.w_date:
                _builder.Add(new ControlDateNode(tag, _tree.StartTag(child).ToArray()));
                break;
            case N.w_dropDownList or N.w_comboBox:
                _builder.Add(new ControlChoiceNode(tag, _tree.StartTag(child).ToArray(), Items(child)));
                break;
            case N.w14_checkbox:
                CheckBox(child, tag);
                return true;
            default:
                return false;
        }

        if (!_tree.IsEmpty(child))
            _builder.Raw([.. _tree.Content(child), .. _tree.EndTag(child)]);
        return true;
    }

    private void CheckBox(int node, Tag tag)
    {
        _builder.Raw("<w14:checkbox>"u8);
        _builder.Add(new ControlCheckedNode(tag));
        foreach (var child in _tree.IsEmpty(node) ? [] : _tree.Children(node))
        {
            if (_tree.Name(child) != N.w14_checked)
                _builder.Raw(_tree.Span(child));
        }

        _builder.Raw("</w14:checkbox>"u8);
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

    private (Glyph Checked, Glyph Unchecked) Glyphs(int properties)
    {
        return (Of(N.w14_checkedState, "☒"), Of(N.w14_uncheckedState, "☐"));

        Glyph Of(N state, string otherwise) => _tree.Descendant(properties, state) is var node and not XmlTree.None
            && int.TryParse(_tree.Attribute(node, "w14:val"u8), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code)
            && System.Text.Rune.IsValid(code) ? new Glyph(new System.Text.Rune(code).ToString(), _tree.Attribute(node, "w14:font"u8)) : new Glyph(otherwise, null);
    }
}
