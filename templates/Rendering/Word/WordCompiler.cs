using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Turns a part into nodes: what no tag touches stays bytes, the rest becomes steps.</summary>
internal sealed partial class WordCompiler
{
    private static readonly byte[] EmptyParagraph = "<w:p/>"u8.ToArray();

    private readonly XmlTree _tree;
    private readonly WordPlan _plan;
    private readonly NodeBuilder _builder = new();
    private readonly TagParser _parser;
    private readonly DocumentIds _ids;
    private readonly string _part;
    private readonly OfficePackage _package;
    private readonly ProblemList _problems;
    private readonly bool _notesAreOwn;
    private readonly List<Tag> _tags;
    private readonly Dictionary<string, ChartPart> _charts;
    private readonly Func<string?, (int NumId, int Level)?> _listOfStyle;

    public WordCompiler(XmlTree tree, WordPlan plan, WordPartContext context)
    {
        _tree = tree;
        _plan = plan;
        _parser = context.Parser;
        _ids = context.Ids;
        _part = context.Part;
        _package = context.Package;
        _problems = context.Problems;
        _notesAreOwn = context.NotesAreOwn;
        _tags = context.Tags;
        _listOfStyle = context.ListOfStyle;
        _charts = context.Charts;
    }

    public WordNode Compile()
    {
        _builder.Raw(_tree.Bytes.AsSpan(0, _tree[_tree.Root].Start));
        Node(_tree.Root);
        return _builder.Finish();
    }

    /// <summary>The nodes of one footnote, from the bracket of its start tag on.</summary>
    public WordNode CompileNote(int note)
    {
        Children(note);
        return _builder.Finish();
    }

    private bool IsQuiet(int node) => !_plan.Hot[node] && _builder.Loops == 0;

    private void Node(int node)
    {
        if (_tree[node].Kind != XmlKind.Element)
        {
            _builder.Raw(_tree.Span(node));
            return;
        }

        switch (_tree.Name(node))
        {
            case N.w_p:
                if (_builder.Restarts == 0)
                    _beforeRestart = node;
                Paragraph(node);
                break;
            case N.w_tbl:
                Table(node);
                break;
            case N.w_tr:
                Row(node);
                break;
            default:
                if (IsQuiet(node))
                    _builder.Raw(_tree.Span(node));
                else
                    Element(node);
                break;
        }
    }

    private void Element(int node)
    {
        switch (_tree.Name(node))
        {
            case N.w_tc or N.w_txbxContent or N.w_hdr or N.w_ftr or N.w_footnote or N.w_endnote:
                _builder.BeginWrap();
                Whole(node, withEnd: false);
                _builder.EndWrap(inner => new HolderNode(inner, EmptyParagraph));
                _builder.Raw(_tree.EndTag(node));
                break;
            case N.w_sdt:
                Control(node);
                break;
            case N.w_drawing or N.w_pict:
                Drawing(node);
                break;
            case N.wp_docPr or N.pic_cNvPr:
                DrawingProperties(node);
                break;
            case N.w_bookmarkStart or N.w_bookmarkEnd:
                Bookmark(node);
                break;
            case N.w_vMerge:
                Merge(node);
                break;
            case N.w_commentRangeStart or N.w_commentRangeEnd or N.w_commentReference when _builder.Loops > 0:
                _builder.Add(new FirstCopyNode(_tree.Span(node).ToArray(), _ids.NewSlot()));
                break;
            case N.w_hyperlink:
                HyperlinkStart(node);
                Children(node);
                _builder.Raw(_tree.EndTag(node));
                break;
            case N.w_instrText:
                Instruction(node);
                break;
            case N.w_fldSimple:
                FieldStart(node);
                Children(node);
                _builder.Raw(_tree.EndTag(node));
                break;
            case N.v_shape:
                WithHoles(_tree.StartTag(node).ToArray(), [new Hole("alt", original => AttributeText(original, node))]);
                if (!_tree.IsEmpty(node))
                {
                    Children(node);
                    _builder.Raw(_tree.EndTag(node));
                }

                break;
            case N.c_chart or N.cx_chart:
                Chart(node);
                break;
            case N.w_footnoteReference or N.w_endnoteReference when _notesAreOwn:
                _builder.Add(new NoteReferenceNode(_tree.StartTag(node).ToArray(), _tree.IntAttribute(node, "w:id"u8) ?? 0, _tree.Name(node) == N.w_footnoteReference));
                break;
            case N.w_pPr when _builder.Restarts > 0 && _tree.Child(node, N.w_numPr) == XmlTree.None && _tree.Child(node, N.w_pStyle) is var style and not XmlTree.None
                && _listOfStyle(_tree.Attribute(style, "w:val"u8)) is { NumId: > 0 } list:
                StyledList(node, list.NumId, list.Level);
                break;
            case N.w_numId when _builder.Loops > 0:
                var numbering = _tree.IntAttribute(node, "w:val"u8) ?? 0;
                _builder.Add(new NumberingNode(numbering, IsBegun(numbering)));
                break;
            default:
                Whole(node);
                break;
        }
    }

    private void Whole(int node, bool withEnd = true)
    {
        if (_tree.IsEmpty(node))
        {
            StartTag(node);
            return;
        }

        StartTag(node);
        Children(node);
        if (withEnd)
            _builder.Raw(_tree.EndTag(node));
    }

    private void Children(int node)
    {
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
            Node(child);
    }

    /// <summary>A start tag; within loops its paragraph id is made anew for every copy.</summary>
    private void StartTag(int node)
    {
        var tag = _tree.StartTag(node);
        if (_builder.Loops == 0 || _tree.Name(node) is not (N.w_p or N.w_tr))
        {
            _builder.Raw(tag);
            return;
        }

        var (start, length) = XmlText.FindAttribute(tag, "w14:paraId"u8);
        if (start < 0)
        {
            _builder.Raw(tag);
            return;
        }

        _builder.Raw(tag[..start]);
        _builder.Add(new ParagraphIdNode(tag.Slice(start, length).ToArray(), SlotOf(node)));
        _builder.Raw(tag[(start + length)..]);
    }

    private void Table(int node)
    {
        if (IsQuiet(node))
        {
            _builder.Raw(_tree.Span(node));
            _builder.Add(Mark.Other);
            return;
        }

        ReadMerges(node);
        var around = _plan.Tables.GetValueOrDefault(node) ?? [];
        foreach (var tag in around)
            _builder.Open(tag);
        _builder.BeginWrap();
        if (_plan.Columns.TryGetValue(node, out var columns))
            ColumnTable(node, columns);
        else
            Whole(node);
        _builder.EndWrap(inner => new TableNode(inner));
        for (var i = 0; i < around.Count; i++)
            _builder.Close();
    }

    private void Row(int node)
    {
        if (IsQuiet(node))
        {
            _builder.Raw(_tree.Span(node));
            _builder.Add(Mark.Row);
            return;
        }

        var plan = _plan.Rows.GetValueOrDefault(node);
        foreach (var tag in plan?.Before ?? [])
            _builder.Apply(tag);
        if (plan?.Vanishes != true)
        {
            foreach (var tag in plan?.Around ?? [])
                _builder.Open(tag);
            _builder.BeginWrap();
            RowContent(node);
            _builder.EndWrap(inner => new RowNode(inner));
            for (var i = plan?.Around.Count ?? 0; i > 0; i--)
                _builder.Close();
        }

        foreach (var tag in plan?.After ?? [])
            _builder.Apply(tag);
    }

    private void RowContent(int node)
    {
        if (_columns is null)
            Whole(node);
        else
            ColumnRow(node);
    }

    private void DrawingProperties(int node)
    {
        var holes = new List<Hole>();
        if (_builder.Loops > 0)
        {
            var slot = SlotOf(node);
            holes.Add(new Hole("id", original => _builder.Add(new DrawingIdNode(original, slot))));
        }

        holes.Add(new Hole("descr", original => AttributeText(original, node)));
        holes.Add(new Hole("title", original => AttributeText(original, node)));
        WithHoles(_tree.StartTag(node).ToArray(), holes);
        if (_tree.IsEmpty(node))
            return;
        Children(node);
        _builder.Raw(_tree.EndTag(node));
    }

    /// <summary>An attribute value that may hold tags (alternative texts).</summary>
    private void AttributeText(byte[] original, int node)
    {
        var text = XmlText.Decode(original);
        var spans = TagReader.Find(text);
        if (spans.Count == 0)
        {
            _builder.Raw(original);
            return;
        }

        var tags = _parser.Parse(text, spans, _plan.PlaceWithin(node, text, "alternative text of the picture"));
        SectionPairing.Pair(tags, _problems);
        _tags.AddRange(tags);
        _builder.Add(new AttributeTextNode(text, tags));
    }

    /// <summary>A start tag of which some attribute values are written otherwise.</summary>
    private void WithHoles(byte[] tag, List<Hole> holes)
    {
        var found = holes.ConvertAll(hole => (Place: XmlText.FindAttribute(tag, System.Text.Encoding.UTF8.GetBytes(hole.Attribute)), hole.Write));
        var at = 0;
        foreach (var (place, write) in found.Where(hole => hole.Place.Start >= 0).OrderBy(hole => hole.Place.Start))
        {
            _builder.Raw(tag.AsSpan(at, place.Start - at));
            write(tag.AsSpan(place.Start, place.Length).ToArray());
            at = place.Start + place.Length;
        }

        _builder.Raw(tag.AsSpan(at));
    }

    private readonly record struct Hole(string Attribute, Action<byte[]> Write);

    private void HyperlinkStart(int node)
    {
        var tag = _tree.StartTag(node).ToArray();
        var anchor = _tree.Attribute(node, "w:anchor"u8);
        if (_builder.Loops > 0 && anchor is not null && PartBookmarks.TryGetValue(anchor, out var name))
        {
            WithHoles(tag, [new Hole("w:anchor", _ => _builder.Add(NameNode(name)))]);
            return;
        }

        var id = _tree.Attribute(node, "r:id"u8);
        var relation = _package.RelationsOf(_part).FirstOrDefault(relation => relation.Id == id);
        if (relation is null || !AddressTemplate.MayHoldTags(relation.Target) || AddressTemplate.Read(relation.Target, _parser, _plan.PlaceWithin(node, relation.Target), _problems) is not { } address)
        {
            _builder.Raw(tag);
            return;
        }

        _tags.AddRange(address.Tags);

        WithHoles(tag, [new Hole("r:id", _ => _builder.Add(new AddressNode(address, relation.Id)))]);
    }
}

/// <summary>What the parts of a document have in common while they are compiled.</summary>
internal sealed record WordPartContext(string Part, OfficePackage Package, TagParser Parser, DocumentIds Ids, ProblemList Problems, List<Tag> Tags, bool NotesAreOwn, Func<string?, (int NumId, int Level)?> ListOfStyle, Dictionary<string, ChartPart> Charts);
