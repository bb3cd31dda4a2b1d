using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Paragraphs: text around tags stays in its runs, values stand in the run of their first brace.</summary>
internal sealed partial class WordCompiler
{
    private static readonly byte[] TextStart = "<w:t xml:space=\"preserve\">"u8.ToArray();

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

        foreach (var tag in info.Before)
            _builder.Apply(tag);
        if (info.Vanishes)
        {
            VanishedMarks(info);
        }
        else
        {
            var around = info.Tags.Where(tag => tag.Reach == TagReach.Paragraph).ToList();
            foreach (var tag in around)
                _builder.Open(tag);
            Visible(info);
            for (var i = 0; i < around.Count; i++)
                _builder.Close();
        }

        foreach (var tag in info.After)
            _builder.Apply(tag);
    }

    /// <summary>A paragraph of section tags goes; bookmarks and comment anchors in it stay, named values take effect.</summary>
    private void VanishedMarks(ParagraphInfo info)
    {
        foreach (var tag in info.Tags)
        {
            if (tag.Kind == TagKind.Let)
                _builder.Apply(tag);
        }

        foreach (var atom in info.Atoms)
        {
            if (atom.Kind == AtomKind.Between)
                Node(atom.Node);
        }
    }

    private void Visible(ParagraphInfo info)
    {
        if (BlockTag(info) is { } block)
        {
            _builder.Add(new BlockValueNode(block, Shape(info, NextTextRun(info, block))));
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
        _builder.EndWrap(inner => new ParagraphNode(inner, info.Removable));
    }

    /// <summary>A paragraph that is one tag of made content becomes that content: several paragraphs, another document.</summary>
    private static Tag? BlockTag(ParagraphInfo info)
    {
        var tags = info.Tags.Where(tag => tag.Kind is not TagKind.Comment && !info.Lifted.Contains(tag) && tag.Reach == TagReach.Between).ToList();
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
        var makesBlocks = only.Kind == TagKind.Include || (only.Kind == TagKind.Value && only.Expression is not null && only.Expression.FormatterNames.Any(name => name.ToLowerInvariant() is "markdown" or "html" or "lines" or "signature"));
        return makesBlocks ? only : null;
    }

    private void Inline(ParagraphInfo info)
    {
        var node = info.Node;
        if (_tree.IsEmpty(node))
            return;
        StartTag(node);
        if (_tree.Child(node, N.w_pPr) is var properties and not XmlTree.None)
            Node(properties);
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
                case AtomKind.Between:
                    CloseRun();
                    Node(atom.Node);
                    break;
                case AtomKind.ContainerStart:
                    CloseRun();
                    ContainerStart(atom.Node);
                    break;
                default:
                    CloseRun();
                    _builder.Raw(_tree.EndTag(atom.Node));
                    break;
            }
        }

        CloseRun();
        _builder.Raw(_tree.EndTag(node));
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
                _builder.Raw(_tree.StartTag(node));
                if (_tree.Child(node, N.w_sdtPr) is var properties and not XmlTree.None)
                    ControlProperties(properties);
                break;
            default:
                _builder.Raw(_tree.StartTag(node));
                break;
        }
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
        if (info.Cuts.TryGetValue(tag, out var intoTwo) && intoTwo)
        {
            _builder.Raw(_tree.EndTag(info.Node));
            _builder.Apply(tag);
            _builder.Raw(Shape(info, XmlTree.None).ParagraphStart);
            return;
        }

        _builder.Apply(tag);
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
            _paragraphStarts[info.Node] = paragraph = [.. "<w:p>"u8, .. properties == XmlTree.None ? [] : _tree.Span(properties)];
        }

        if (run == XmlTree.None)
            return new TextShape(paragraph, "<w:r>"u8.ToArray(), [], true);
        if (!_shapes.TryGetValue(run, out var shape))
        {
            var runProperties = _tree.Child(run, N.w_rPr);
            byte[] inner = runProperties == XmlTree.None ? [] : _tree.Content(runProperties).ToArray();
            _shapes[run] = shape = new TextShape(paragraph, RunStart(run), inner, _tree.Name(_tree.Parent(run)) == N.w_p);
        }

        return shape;
    }

    private readonly Dictionary<int, TextShape> _shapes = [];
    private readonly Dictionary<int, byte[]> _paragraphStarts = [];

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

/// <summary>Markup around a value: start of its paragraph (without ids), start of its run, inside of its run properties.</summary>
internal sealed record TextShape(byte[] ParagraphStart, byte[] RunStart, byte[] RunProperties, bool DirectlyInParagraph);
