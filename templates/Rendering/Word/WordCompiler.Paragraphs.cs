using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Paragraphs: text around tags stays in its runs, values stand in the run of their first brace.</summary>
internal sealed partial class WordCompiler
{
    private static readonly byte[] TextStart = "<w:t xml:space=\"preserve\">"u8.ToArray();

    private List<int> _containers = [];
    private bool _sectionApart;
    private int _openRun = XmlTree.None;
    private bool _textOpen;

    private void Paragraph(int node)
    {
        if (!_plan.Paragraphs.TryGetValue(node, out var info))
        {
            if (IsQuiet(node))
                _builder.Raw(_tree.Span(node));
            else
                Whole(node);
            _builder.Add(Mark.Paragraph);
            return;
        }

        var (containers, ownsSection) = (_containers, _sectionApart);
        _containers = [];
        _sectionApart = info.Section != XmlTree.None && Splits(info);
        foreach (var tag in info.Before)
            _builder.Apply(tag);
        if (info.Vanishes)
        {
            VanishedMarks(info);
        }
        else
        {
            var around = info.Tags.FindAll(tag => tag.Reach == TagReach.Paragraph);
            foreach (var tag in around)
                _builder.Open(tag);
            Visible(info);
            for (var i = 0; i < around.Count; i++)
                _builder.Close();
            if (_sectionApart)
            {
                _builder.Raw(SectionParagraph(info));
                _builder.Add(Mark.Paragraph);
            }
        }

        foreach (var tag in info.After)
            _builder.Apply(tag);
        (_containers, _sectionApart) = (containers, ownsSection);
    }

    /// <summary>Whether one paragraph may become several or none; a section of the document that ends in it then ends in a paragraph of its own.</summary>
    private static bool Splits(ParagraphInfo info) => info.Cuts.Count > 0 || BlockTag(info) is not null
        || info.Tags.Exists(tag => tag.Reach == TagReach.Paragraph || tag.Kind == TagKind.Include || (tag.Expression?.FormatterNames.Any(MakesParagraphs) ?? false));

    private static bool MakesParagraphs(string formatter) => formatter.ToLowerInvariant() is "markdown" or "html" or "lines" or "signature";

    private byte[] SectionParagraph(ParagraphInfo info) => [.. "<w:p><w:pPr>"u8, .. _tree.Span(info.Section), .. "</w:pPr></w:p>"u8];

    /// <summary>A paragraph of section tags goes; bookmarks in it stay, a comment on it goes with it.</summary>
    private void VanishedMarks(ParagraphInfo info)
    {
        foreach (var mark in MarksThatStay(info))
            Node(mark);
    }

    private List<int> MarksThatStay(ParagraphInfo info)
    {
        var comments = info.Atoms.Where(atom => atom.Kind == AtomKind.CommentReference).Select(atom => _tree.Attribute(atom.Node, "w:id"u8)).ToHashSet();
        return [.. info.Atoms.Where(atom => atom.Kind == AtomKind.Mark && !(_tree.Name(atom.Node) is N.w_commentRangeStart or N.w_commentRangeEnd && comments.Contains(_tree.Attribute(atom.Node, "w:id"u8)))).Select(atom => atom.Node)];
    }

    private void Visible(ParagraphInfo info)
    {
        if (BlockTag(info) is { } block)
        {
            var marks = MarksThatStay(info);
            foreach (var mark in marks.Where(IsRangeStart))
                Node(mark);
            _builder.Add(new BlockValueNode(block, Shape(info, NextTextRun(info, block))));
            foreach (var mark in marks.Where(mark => !IsRangeStart(mark)))
                Node(mark);
            return;
        }

        if (info.Cuts.Count > 0)
        {
            Inline(info);
            _builder.Add(Mark.Paragraph);
            return;
        }

        _builder.BeginWrap();
        Inline(info);
        ReadOnlyMemory<byte> kept = info.Section != XmlTree.None && !_sectionApart ? SectionParagraph(info) : default;
        _builder.EndWrap(inner => new ParagraphNode(inner, info.Removable, kept));
    }

    private bool IsRangeStart(int mark) => _tree.Name(mark) is N.w_bookmarkStart or N.w_commentRangeStart or N.w_permStart;

    /// <summary>A paragraph that is one tag of made content becomes that content: several paragraphs, another document.</summary>
    private static Tag? BlockTag(ParagraphInfo info)
    {
        var tags = info.Tags.FindAll(tag => tag.Kind is not TagKind.Comment && !info.Lifted.Contains(tag) && tag.Reach == TagReach.Between);
        if (tags is not [var only] || info.HasOther())
            return null;
        var at = 0;
        foreach (var tag in info.Tags)
        {
            if (!info.Text.AsSpan(at, tag.Start - at).IsWhiteSpace())
                return null;
            at = tag.End;
        }

        if (!info.Text.AsSpan(at).IsWhiteSpace())
            return null;
        var makesBlocks = only.Kind == TagKind.Include || (only.Kind == TagKind.Value && only.Expression is not null && only.Expression.FormatterNames.Any(MakesParagraphs));
        return makesBlocks ? only : null;
    }

    private void Inline(ParagraphInfo info)
    {
        var node = info.Node;
        if (_tree.IsEmpty(node))
            return;
        StartTag(node);
        if (_tree.Child(node, N.w_pPr) is var properties and not XmlTree.None)
            ParagraphProperties(properties);
        var next = 0;
        foreach (var atom in info.Atoms)
        {
            switch (atom.Kind)
            {
                case AtomKind.Text:
                    TextAtom(info, atom, ref next);
                    break;
                case AtomKind.InRun:
                    OpenRun(atom.Run);
                    CloseText();
                    if (info.Removable)
                        _builder.Add(Mark.Content);
                    _openRun = XmlTree.None;
                    Node(atom.Node);
                    _openRun = atom.Run;
                    break;
                case AtomKind.CommentReference:
                    OpenRun(atom.Run);
                    CloseText();
                    Node(atom.Node);
                    break;
                case AtomKind.Between or AtomKind.Mark:
                    CloseRun();
                    Node(atom.Node);
                    break;
                case AtomKind.ContainerStart when !info.Dissolved.Contains(_tree.Name(atom.Node) == N.w_sdtContent ? _tree.Parent(atom.Node) : atom.Node):
                    CloseRun();
                    ContainerStart(atom.Node);
                    _containers.Add(atom.Node);
                    break;
                case AtomKind.ContainerEnd when _containers.Remove(atom.Node):
                    CloseRun();
                    ContainerEnd(atom.Node);
                    break;
                default:
                    CloseRun();
                    break;
            }
        }

        CloseRun();
        _builder.Raw(_tree.EndTag(node));
    }

    private void ParagraphProperties(int properties)
    {
        if (!_sectionApart)
        {
            Node(properties);
            return;
        }

        _builder.Raw(_tree.StartTag(properties));
        foreach (var child in _tree.Children(properties))
        {
            if (_tree.Name(child) != N.w_sectPr)
                Node(child);
        }

        _builder.Raw(_tree.EndTag(properties));
    }

    private void ContainerStart(int node)
    {
        switch (_tree.Name(node))
        {
            case N.w_hyperlink:
                HyperlinkStart(node);
                break;
            case N.w_fldSimple:
                FieldStart(node);
                break;
            case N.w_sdt:
                Shell(() =>
                {
                    _builder.Raw(_tree.StartTag(node));
                    if (_tree.Child(node, N.w_sdtPr) is var properties and not XmlTree.None)
                        ControlProperties(properties, ClearsState);
                });
                break;
            case N.w_sdtContent:
                Shell(() => _builder.Raw(_tree.StartTag(node)));
                break;
            default:
                _builder.Raw(_tree.StartTag(node));
                break;
        }
    }

    private void ContainerEnd(int node)
    {
        if (_tree.Name(node) is N.w_sdt or N.w_sdtContent)
            Shell(() => _builder.Raw(_tree.EndTag(node)));
        else
            _builder.Raw(_tree.EndTag(node));
    }

    private void TextAtom(ParagraphInfo info, Atom atom, ref int next)
    {
        var position = atom.Start;
        var end = atom.Start + atom.Length;
        while (position < end)
        {
            while (next < info.Tags.Count && info.Tags[next].End <= position)
                next++;
            var tag = next < info.Tags.Count ? info.Tags[next] : null;
            if (tag is null || tag.Start >= end)
            {
                PlainText(info, atom, position, end);
                return;
            }

            if (position <= tag.Start)
            {
                PlainText(info, atom, position, tag.Start);
                TagAt(info, tag, atom.Run);
            }

            position = Math.Min(end, tag.End);
        }
    }

    private void PlainText(ParagraphInfo info, Atom atom, int from, int to)
    {
        if (from >= to)
            return;
        OpenRun(atom.Run);
        var text = info.Text.AsSpan(from, to - from);
        if (info.Removable && !text.IsWhiteSpace())
            _builder.Add(Mark.Content);
        if (_tree.Name(atom.Node) != N.w_t)
        {
            CloseText();
            _builder.Raw(_tree.Span(atom.Node));
            return;
        }

        OpenText();
        _builder.Text(text);
    }

    private void TagAt(ParagraphInfo info, Tag tag, int run)
    {
        if (info.Lifted.Contains(tag) || tag.Reach != TagReach.Between)
            return;
        switch (tag.Kind)
        {
            case TagKind.Value when MakesContent(tag):
                CloseRun();
                _builder.Add(new MadeValueNode(tag, Shape(info, run)));
                break;
            case TagKind.Value:
                OpenRun(run);
                OpenText();
                _builder.Add(new ValueNode(tag, Shape(info, run)));
                break;
            case TagKind.PageBreak or TagKind.ColumnBreak:
                CloseRun();
                _builder.Add(new BreakNode(tag, tag.Kind == TagKind.ColumnBreak));
                break;
            case TagKind.Include:
                CloseRun();
                _builder.Add(new MadeValueNode(tag, Shape(info, run)));
                break;
            case TagKind.Comment or TagKind.Broken:
                break;
            case TagKind.Let:
                _builder.Apply(tag);
                break;
            default:
                if (!_plan.Sections.ContainsKey(tag))
                    break;
                CloseRun();
                Cut(info, tag);
                break;
        }
    }

    private void Cut(ParagraphInfo info, Tag tag)
    {
        int[] reopened = info.Splits.Contains(tag) ? [.. _containers] : [];
        foreach (var container in reopened.Reverse())
            _builder.Raw(_tree.EndTag(container));
        if (info.Cuts.TryGetValue(tag, out var intoTwo) && intoTwo)
        {
            _builder.Raw(_tree.EndTag(info.Node));
            _builder.Apply(tag);
            _builder.Raw(Shape(info, XmlTree.None).NextParagraph);
        }
        else
        {
            _builder.Apply(tag);
        }

        foreach (var container in reopened)
            ContainerStart(container);
    }

    private static bool MakesContent(Tag tag) => tag.Expression is not null && tag.Expression.FormatterNames.Any(name =>
        name.ToLowerInvariant() is "image" or "qr" or "barcode" or "link" or "signature" or "markdown" or "html");

    private static int NextTextRun(ParagraphInfo info, Tag tag)
    {
        foreach (var atom in info.Atoms)
        {
            if (atom.Kind == AtomKind.Text && atom.Start + atom.Length > tag.Start)
                return atom.Run;
        }

        return XmlTree.None;
    }

    /// <summary>The markup a value may have to write anew: its run, its paragraph.</summary>
    private TextShape Shape(ParagraphInfo info, int run)
    {
        if (!_paragraphStarts.TryGetValue(info.Node, out var paragraph))
        {
            var properties = _tree.Child(info.Node, N.w_pPr);
            var first = ParagraphStart(properties, isNext: false);
            _paragraphStarts[info.Node] = paragraph = (first, first.AsSpan().IndexOf("<w:pageBreakBefore"u8) < 0 ? first : ParagraphStart(properties, isNext: true));
        }

        if (run == XmlTree.None)
            return new TextShape(paragraph.First, paragraph.Next, "<w:r>"u8.ToArray(), [], true);
        if (!_shapes.TryGetValue(run, out var shape))
        {
            var runProperties = _tree.Child(run, N.w_rPr);
            byte[] inner = runProperties == XmlTree.None ? [] : _tree.Content(runProperties).ToArray();
            _shapes[run] = shape = new TextShape(paragraph.First, paragraph.Next, RunStart(run), inner, _tree.Name(_tree.Parent(run)) == N.w_p);
        }

        return shape;
    }

    private readonly Dictionary<int, TextShape> _shapes = [];
    private readonly Dictionary<int, (byte[] First, byte[] Next)> _paragraphStarts = [];

    /// <summary>The beginning of a paragraph of the same look. It ends no section, and one that follows begins no page.</summary>
    private byte[] ParagraphStart(int properties, bool isNext)
    {
        if (properties == XmlTree.None)
            return "<w:p>"u8.ToArray();
        var start = new Utf8Buffer(256);
        start.Write("<w:p>"u8);
        start.Write(_tree.StartTag(properties));
        for (var child = _tree.First(properties); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree[child].Kind == XmlKind.Element && _tree.Name(child) != N.w_sectPr && !(isNext && _tree.Span(child).StartsWith("<w:pageBreakBefore"u8)))
                start.Write(_tree.Span(child));
        }

        start.Write(_tree.EndTag(properties));
        return start.TakeBytes();
    }

    private byte[] RunStart(int run)
    {
        var properties = _tree.Child(run, N.w_rPr);
        return properties == XmlTree.None ? _tree.StartTag(run).ToArray() : [.. _tree.StartTag(run), .. _tree.Span(properties)];
    }

    private void OpenRun(int run)
    {
        if (_openRun == run)
            return;
        CloseRun();
        _openRun = run;
        _builder.Raw(_tree.StartTag(run));
        if (_tree.Child(run, N.w_rPr) is var properties and not XmlTree.None)
            _builder.Raw(_tree.Span(properties));
    }

    private void OpenText()
    {
        if (!_textOpen)
            _builder.Raw(TextStart);
        _textOpen = true;
    }

    private void CloseText()
    {
        if (_textOpen)
            _builder.Raw("</w:t>"u8);
        _textOpen = false;
    }

    private void CloseRun()
    {
        CloseText();
        if (_openRun != XmlTree.None)
            _builder.Raw("</w:r>"u8);
        _openRun = XmlTree.None;
    }
}

/// <summary>Markup around a value: start of its paragraph (without ids) and of one that follows it, start of its run, inside of its run properties.</summary>
internal sealed record TextShape(byte[] ParagraphStart, byte[] NextParagraph, byte[] RunStart, byte[] RunProperties, bool DirectlyInParagraph);
