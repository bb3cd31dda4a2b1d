using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The drawing of a sheet: pictures and boxes go with their cells, texts may hold tags, a picture whose alternative text is a tag is a placeholder.</summary>
internal sealed class SheetDrawing : SheetPart
{
    private const string Names = "xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private readonly XmlTree _tree;
    private readonly string _part;
    private readonly Dictionary<int, RunText> _texts;
    private readonly Dictionary<int, (string Text, List<Tag> Tags)> _descriptions = [];
    private readonly int _highestId;

    public SheetDrawing(XmlTree tree, string part, string sheet, TagParser parser, IReadOnlyList<Relationship> relations)
    {
        _tree = tree;
        _part = part;
        Relations = relations;
        var place = new TagPlace { Part = part, Sheet = sheet, Words = $"sheet “{sheet}”, text box" };
        _texts = RunText.ReadAll(tree, node => tree.Name(node) == N.a_p, parser, _ => place);
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.Name(node) != N.xdr_cNvPr)
                continue;
            _highestId = Math.Max(_highestId, tree.IntAttribute(node, "id"u8) ?? 0);
            if (tree.Attribute(node, "descr"u8) is { } text && TagReader.Find(text) is { Count: > 0 } spans)
                _descriptions[node] = (text, parser.Parse(text, spans, place with { Words = $"sheet “{sheet}”, alternative text", Text = text }));
        }
    }

    public IReadOnlyList<Relationship> Relations { get; }

    public override IEnumerable<Tag> Tags => _texts.Values.SelectMany(text => text.Tags).Concat(_descriptions.Values.SelectMany(text => text.Tags));

    /// <summary>A drawing for a sheet that had none.</summary>
    public static byte[] New(SheetPartRender render)
    {
        var to = new Utf8Buffer(1024);
        to.WriteMarkup($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<xdr:wsDr {Names}>");
        Pictures(to, render, 0);
        to.Write("</xdr:wsDr>"u8);
        return to.TakeBytes();
    }

    public override byte[]? Write(SheetPartRender render) => new Writer(this, render).Write();

    /// <summary>Whether the chart lies in rows that a loop repeats, so that every repetition has its own.</summary>
    public bool RepeatsChart(string relation, SheetTemplate sheet) => _tree.Children(_tree.Root).Any(anchor => LoopAround(anchor, sheet) is not null && ChartAt(anchor)?.Id == relation);

    /// <summary>The loop a chart belongs to. One that reaches beyond the repeated rows stands beside the list and shows all of it.</summary>
    private RowBlock? LoopAround(int anchor, SheetTemplate sheet) => _tree.Name(anchor) == N.xdr_twoCellAnchor && ChartAt(anchor) is not null
        && _tree.Child(anchor, N.xdr_from) is var from and not XmlTree.None && _tree.Child(anchor, N.xdr_to) is var to and not XmlTree.None
        ? sheet.LoopAround(Number(from, N.xdr_row) + 1, Number(to, N.xdr_row) + (Number(to, N.xdr_rowOff) > 0 ? 1 : 0))
        : null;

    private Relationship? ChartAt(int anchor) => _tree.Descendant(anchor, N.c_chart) is var chart and not XmlTree.None && _tree.Attribute(chart, "r:id"u8) is { } id
        ? Relations.FirstOrDefault(relation => relation.Id == id && !relation.IsExternal)
        : null;

    private int Number(int node, N name) => _tree.Child(node, name) is var child and not XmlTree.None
        && int.TryParse(_tree.Text(child), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static void Pictures(Utf8Buffer to, SheetPartRender render, int id)
    {
        foreach (var picture in render.Pictures)
        {
            var (frame, (width, height)) = (picture.Frame, picture.Frame.Seen);
            var embed = render.Package.RelationsOf(render.Part).Add("image", "/" + render.Package.AddPicture(picture.Picture, render.Folder), isExternal: false);
            id++;
            to.WriteMarkup(string.Create(CultureInfo.InvariantCulture,
                $"<xdr:oneCellAnchor {Names}><xdr:from><xdr:col>{picture.Column - 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{picture.Row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"{width}\" cy=\"{height}\"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"{id + 1}\" name=\"Picture {id}\" descr=\"{XmlText.Encode(picture.Description)}\"/><xdr:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed=\"{embed}\"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm{frame.Transform}><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{frame.Width}\" cy=\"{frame.Height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"));
        }
    }

    /// <summary>One writing of the drawing.</summary>
    private sealed class Writer(SheetDrawing drawing, SheetPartRender render)
    {
        private readonly XmlTree _tree = drawing._tree;
        private readonly SheetLayout _layout = render.Sheet.Layout;
        private readonly Utf8Buffer _out = new(drawing._tree.Bytes.Length + 256);
        private readonly HashSet<string> _placeholders = [];
        private int _nextId = drawing._highestId;
        private bool _isCopy;
        private PictureFrame? _fitted;
        private string? _embed;
        private string? _chart;

        public byte[] Write()
        {
            var root = _tree.Root;
            if (_tree.IsEmpty(root))
                return New(render);
            _out.Write(_tree.Bytes.AsSpan(0, _tree[root].ContentStart));
            for (var node = _tree.First(root); node != XmlTree.None; node = _tree.Next(node))
            {
                if (_tree.Name(node) is N.xdr_twoCellAnchor or N.xdr_oneCellAnchor)
                    Anchor(node);
                else
                    Node(node, null);
            }

            Pictures(_out, render, _nextId);
            _out.Write(_tree.Bytes.AsSpan(_tree[root].ContentEnd));
            RemovePlaceholders();
            return _out.TakeBytes();
        }

        /// <summary>Pictures that only showed where another one goes are left out.</summary>
        private void RemovePlaceholders()
        {
            foreach (var id in _placeholders.Where(id => _out.Written.IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{id}\"")) < 0))
            {
                render.Package.RelationsOf(render.Part).Remove(id);
                if (drawing.Relations.FirstOrDefault(relation => relation.Id == id) is { } relation)
                    render.Package.RemoveIfUnused(RelationshipSet.Resolve(render.Part, relation.Target));
            }
        }

        private void Anchor(int node)
        {
            var from = _tree.Child(node, N.xdr_from);
            if (from == XmlTree.None)
            {
                Node(node, null);
                return;
            }

            var (row, column) = (drawing.Number(from, N.xdr_row) + 1, drawing.Number(from, N.xdr_col) + 1);
            if (drawing.LoopAround(node, _layout.Sheet) is { } loop)
            {
                Charts(node, loop, row, column);
                return;
            }

            var goesAlong = _tree.Has(node, N.xdr_pic) || !_tree.Has(node, N.c_chart);
            if (goesAlong && IsGone(node, row))
                return;
            var copies = goesAlong ? AnchoredCell.Of(_layout, column, row).Where(copy => copy.Laid is { Turn: not null } || (_layout.ColumnsMoved && copy.Laid is not null)).ToList() : [];
            _isCopy = false;
            if (copies.Count == 0)
            {
                render.Values.Scope.Restore(render.Sheet.Scope);
                Place(node, null);
            }

            foreach (var copy in copies)
            {
                copy.Enter(render.Sheet, render.Values);
                Place(node, (copy.Row - row, copy.Column - column));
                _isCopy = true;
            }

            render.Values.Scope.Release(0);
        }

        /// <summary>A chart in repeated rows: one for every turn of their loop; none, and it goes.</summary>
        private void Charts(int node, RowBlock loop, int row, int column)
        {
            var relation = drawing.ChartAt(node)!;
            if (CurrentOf(relation) is not { } target)
                return;
            _isCopy = false;
            foreach (var (turn, first) in _layout.TurnsOf(loop))
            {
                render.Values.Scope.Restore(first.Scope);
                var part = render.Charts.WriteTurn(RelationshipSet.Resolve(drawing._part, relation.Target), target, _isCopy, _layout, turn);
                _chart = part is null ? null : render.Package.RelationsOf(render.Part).Add("chart", "/" + part, isExternal: false);
                Place(node, (Math.Max(_layout.LastWithin(turn, row), first.Number) - row, _layout.RangeStartColumn(column) - column));
                _isCopy = true;
            }

            _chart = null;
            render.Values.Scope.Release(0);
            if (_isCopy)
                return;
            render.Package.RelationsOf(render.Part).Remove(relation.Id);
            render.Package.Remove(target);
        }

        /// <summary>The part a relationship of the template leads to in this drawing, which may be a copy.</summary>
        private string? CurrentOf(Relationship relation) =>
            render.Package.RelationsOf(render.Part).All.FirstOrDefault(own => own.Id == relation.Id) is { } own ? RelationshipSet.Resolve(render.Part, own.Target) : null;

        /// <summary>Whether its row was removed, or is the blank row of an empty list and it holds tags.</summary>
        private bool IsGone(int node, int row)
        {
            var copies = _layout.CopiesOfRow(row);
            if (copies.Count == 0 && !_layout.IsStoodFor(row))
                return _layout.FirstRow(row) == 0;
            return copies.All(copy => _layout.Rows[copy].IsBlank) && drawing._texts.Keys.Concat(drawing._descriptions.Keys).Any(text => _tree[text].Start > _tree[node].Start && _tree[text].End <= _tree[node].End);
        }

        /// <summary>Writes the anchor; a placeholder gets its picture and a size that keeps the proportions.</summary>
        private void Place(int node, (int Down, int Right)? shift)
        {
            (_fitted, _embed) = (null, null);
            var picture = _tree.Child(node, N.xdr_pic);
            var properties = picture == XmlTree.None ? XmlTree.None : _tree.Descendant(picture, N.xdr_cNvPr);
            if (properties != XmlTree.None && drawing._descriptions.TryGetValue(properties, out var text) && text.Tags is [{ Kind: TagKind.Value } tag] && tag.Start == 0 && tag.End == text.Text.Length)
            {
                if (_tree.Descendant(picture, N.a_blip) is var blip and not XmlTree.None && _tree.Attribute(blip, "r:embed"u8) is { } embed)
                    _placeholders.Add(embed);
                if (Find(tag) is not { } found)
                    return;
                Fit(picture, found);
            }

            if (_fitted is not { Seen: var size } || _tree.Name(node) != N.xdr_twoCellAnchor)
            {
                Node(node, shift);
                return;
            }

            _out.Write("<xdr:oneCellAnchor>"u8);
            foreach (var child in _tree.Children(node))
            {
                if (_tree.Name(child) == N.xdr_to)
                    _out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<xdr:ext cx=\"{size.Width}\" cy=\"{size.Height}\"/>"));
                else
                    Node(child, shift);
            }

            _out.Write("</xdr:oneCellAnchor>"u8);
        }

        private PictureBytes? Find(Tag tag)
        {
            var value = render.Values.Evaluate(tag);
            if (value.IsNullish)
                return null;
            try
            {
                return value.Kind == ValueKind.Host ? PictureBytes.Of((MadeContent)value.AsHost(), render.Values.Options.Pictures) : PictureBytes.Find(value, render.Values.Options.Pictures);
            }
            catch (PictureException exception)
            {
                render.Values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
                return null;
            }
        }

        private void Fit(int picture, PictureBytes found)
        {
            var box = _tree.Descendants(picture, N.a_ext).FirstOrDefault(node => _tree.Name(_tree.Parent(node)) == N.a_xfrm, XmlTree.None);
            var (width, height) = box == XmlTree.None ? (0, 0) : (_tree.IntAttribute(box, "cx"u8) ?? 0, _tree.IntAttribute(box, "cy"u8) ?? 0);
            _fitted = width > 0 && height > 0 ? PictureFrame.Fitted(found, width, height) : PictureFrame.Sized(found, null, null);
            _embed = render.Package.RelationsOf(render.Part).Add("image", "/" + render.Package.AddPicture(found, render.Folder), isExternal: false);
        }

        private void Node(int node, (int Down, int Right)? shift)
        {
            if (_tree[node].Kind != XmlKind.Element)
            {
                _out.Write(_tree.Span(node));
                return;
            }

            if (drawing._texts.TryGetValue(node, out var text))
            {
                text.Write(_out, render.Values);
                return;
            }

            _out.Write(Tag(node));
            if (_tree.IsEmpty(node))
                return;
            if (_tree.Name(node) is N.xdr_row or N.xdr_col && _tree.Name(_tree.Parent(node)) is N.xdr_from or N.xdr_to)
            {
                _out.Write(Moved(node, shift));
            }
            else
            {
                for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
                    Node(child, shift);
            }

            _out.Write(_tree.EndTag(node));
        }

        private ReadOnlySpan<byte> Tag(int node)
        {
            var tag = _tree.StartTag(node);
            switch (_tree.Name(node))
            {
                case N.xdr_cNvPr:
                    if (drawing._descriptions.TryGetValue(node, out var text))
                        tag = _embed is not null ? XmlText.WithoutAttribute(tag, "descr"u8) : XmlText.WithAttribute(tag, "descr"u8, InlineText.Fill(text.Text, text.Tags, render.Values));
                    return _isCopy ? XmlText.WithAttribute(tag, "id"u8, (++_nextId).ToString(CultureInfo.InvariantCulture)) : tag;
                case N.c_chart when _chart is not null:
                    return XmlText.WithAttribute(tag, "r:id"u8, _chart);
                case N.a_blip when _embed is not null:
                    return XmlText.WithAttribute(tag, "r:embed"u8, _embed);
                case N.a_ext when _fitted is { } frame && _tree.Attribute(node, "cx"u8) is not null:
                    return frame.Size(tag);
                case N.xdr_ext when _fitted is { Seen: var seen }:
                    return XmlText.WithAttribute(XmlText.WithAttribute(tag, "cx"u8, seen.Width.ToString(CultureInfo.InvariantCulture)), "cy"u8, seen.Height.ToString(CultureInfo.InvariantCulture));
                case N.a_xfrm when _fitted is { } turned && turned.Transform.Length > 0:
                    return (byte[])[.. XmlText.WithoutAttribute(XmlText.WithoutAttribute(tag, "rot"u8), "flipH"u8)[..^1], .. System.Text.Encoding.UTF8.GetBytes(turned.Transform), (byte)'>'];
                default:
                    return tag;
            }
        }

        /// <summary>Anchors count rows and columns from zero.</summary>
        private int Moved(int node, (int Down, int Right)? shift)
        {
            if (!int.TryParse(_tree.Text(node), CultureInfo.InvariantCulture, out var number))
                return 0;
            var isRow = _tree.Name(node) == N.xdr_row;
            if (shift is { } by)
                return Math.Max(0, number + (isRow ? by.Down : by.Right));
            var isEnd = _tree.Name(_tree.Parent(node)) == N.xdr_to;
            var moved = isRow
                ? isEnd ? _layout.RangeEnd(number + 1) : _layout.RangeStart(number + 1)
                : isEnd ? _layout.RangeEndColumn(number + 1) : _layout.RangeStartColumn(number + 1);
            return Math.Max(0, moved - 1);
        }
    }
}
