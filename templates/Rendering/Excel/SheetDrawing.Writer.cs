using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writing: every anchor where its cell came to stand, once for every copy of it.</summary>
internal sealed partial class SheetDrawing
{
    /// <summary>One writing of the drawing.</summary>
    private sealed class Writer(SheetDrawing drawing, SheetPartRender render)
    {
        private readonly XmlTree _tree = drawing._tree;
        private readonly SheetLayout _layout = render.Sheet.Layout;
        private readonly Utf8Buffer _out = new(drawing._tree.Bytes.Length + 256);
        private readonly HashSet<string> _placeholders = [];
        private readonly Dictionary<string, string> _copiedCharts = [];
        private int _nextId = drawing._highestId;
        private bool _isCopy;
        private PictureFrame? _fitted;
        private EmbeddedPicture? _embedded;

        public byte[] Write()
        {
            var root = _tree.Root;
            if (_tree.IsEmpty(root))
                return New(render);
            _out.Write(_tree.Bytes.AsSpan(0, _tree[root].ContentStart));
            for (var node = _tree.First(root); node != XmlTree.None; node = _tree.Next(node))
            {
                if (IsAnchor(_tree.Name(node)))
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
            if (drawing.LoopAround(node, _layout.Sheet) is { } loop)
            {
                Charts(node, loop);
                return;
            }

            var from = _tree.Child(node, N.xdr_from);
            if (from == XmlTree.None)
            {
                Node(node, null);
                return;
            }

            var (row, column) = (drawing.Number(from, N.xdr_row) + 1, drawing.Number(from, N.xdr_col) + 1);
            var goesAlong = _tree.Has(node, N.xdr_pic) || !drawing._charts.ContainsKey(node);
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
        private void Charts(int node, RowBlock loop)
        {
            var charts = drawing._charts[node].Select(relation => (Relation: relation, Target: CurrentOf(relation))).ToList();
            if (charts.Exists(chart => chart.Target is null) || drawing.Corner(node, _layout.Sheet) is not { } corner)
                return;
            _isCopy = false;
            foreach (var (turn, first) in _layout.TurnsOf(loop))
            {
                render.Values.Scope.Restore(first.Scope);
                foreach (var (relation, target) in charts)
                {
                    if (render.Charts.WriteTurn(RelationshipSet.Resolve(drawing._part, relation.Target), target!, _isCopy, _layout, turn) is { } part)
                        _copiedCharts[relation.Id] = render.Package.RelationsOf(render.Part).AddOf(relation.Type, "/" + part, isExternal: false);
                }

                var (row, column) = (Math.Max(_layout.LastWithin(turn, corner.Row), first.Number), _layout.RangeStartColumn(corner.Column));
                if (_tree.Name(node) == N.xdr_absoluteAnchor)
                    AnchorToCell(node, row, corner.Down, column, corner.Right);
                else
                    Place(node, (row - corner.Row, column - corner.Column));
                _isCopy = true;
            }

            _copiedCharts.Clear();
            render.Values.Scope.Release(0);
            if (_isCopy)
                return;
            foreach (var (relation, target) in charts)
            {
                render.Package.RelationsOf(render.Part).Remove(relation.Id);
                render.Package.Remove(target!);
            }
        }

        /// <summary>A place on the sheet is none that could be repeated with rows: the chart is bound to the cell below its corner.</summary>
        private void AnchorToCell(int node, int row, long down, int column, long right)
        {
            _out.WriteMarkup(string.Create(CultureInfo.InvariantCulture,
                $"<xdr:oneCellAnchor><xdr:from><xdr:col>{column - 1}</xdr:col><xdr:colOff>{right}</xdr:colOff><xdr:row>{row - 1}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:from>"));
            foreach (var child in _tree.Children(node))
            {
                if (_tree.Name(child) != N.xdr_pos)
                    Node(child, null);
            }

            _out.Write("</xdr:oneCellAnchor>"u8);
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
            (_fitted, _embedded) = (null, null);
            var picture = _tree.Child(node, N.xdr_pic);
            var properties = picture == XmlTree.None ? XmlTree.None : _tree.Descendant(picture, N.xdr_cNvPr);
            if (properties != XmlTree.None && drawing._descriptions.TryGetValue(properties, out var text) && text.Tags is [{ Kind: TagKind.Value } tag] && tag.Start == 0 && tag.End == text.Text.Length)
            {
                foreach (var shown in _tree.Descendants(picture, N.a_blip).Concat(_tree.Descendants(picture, N.asvg_svgBlip)))
                {
                    if (_tree.Attribute(shown, "r:embed"u8) is { } embed)
                        _placeholders.Add(embed);
                }

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
            _embedded = EmbeddedPicture.Add(found, render.Package, render.Package.RelationsOf(render.Part), render.Folder);
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

            if (_embedded is { } embedded && _tree.Name(node) is N.a_blip or N.a_srcRect)
            {
                // How the placeholder was cut or colored, and the SVG it may have had, is not for the picture in its stead.
                if (_tree.Name(node) == N.a_blip)
                    _out.WriteMarkup(embedded.Blip);
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
                {
                    if (IsAnchor(_tree.Name(child)) && drawing._charts.ContainsKey(child))
                        Anchor(child);
                    else
                        Node(child, shift);
                }
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
                        tag = _embedded is not null ? XmlText.WithoutAttribute(tag, "descr"u8) : XmlText.WithAttribute(tag, "descr"u8, InlineText.Fill(text.Text, text.Tags, render.Values));
                    return _isCopy ? OfCopy(tag, _tree.Attribute(node, "name"u8) ?? "", ++_nextId) : tag;
                case N.c_chart or N.cx_chart when _tree.Attribute(node, "r:id"u8) is { } id && _copiedCharts.TryGetValue(id, out var copied):
                    return XmlText.WithAttribute(tag, "r:id"u8, copied);
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

        /// <summary>A copy has a number of its own, also in its name, as Excel counts them.</summary>
        private static byte[] OfCopy(ReadOnlySpan<byte> tag, string name, int id)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            var copy = XmlText.WithAttribute(tag, "id"u8, number);
            return name.Length == 0 ? copy : XmlText.WithAttribute(copy, "name"u8, name.TrimEnd("0123456789".ToCharArray()).TrimEnd() + " " + number);
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
