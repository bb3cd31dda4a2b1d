using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes a sheet: rows from the layout, everything around them moved along.</summary>
internal sealed class SheetWriter
{
    private readonly LaidSheet _sheet;
    private readonly SheetLayout _layout;
    private readonly XmlTree _tree;
    private readonly Evaluator _values;
    private readonly FormulaWriter _formulas;
    private readonly RenderedPackage _package;
    private readonly SheetAreas _areas;
    private readonly CellContent _content;
    private readonly SheetRows _rows;
    private readonly SheetLinks _links;
    private readonly SheetBreaks _breaks;
    private readonly Utf8Buffer _out;
    private int _place;
    private int _base = XmlTree.None;
    private string _baseAreas = "";

    public SheetWriter(LaidSheet sheet, Evaluator values, StyleTable styles, FormulaWriter formulas, RenderedPackage package, bool from1904)
    {
        (_sheet, _layout, _tree, _values, _formulas, _package) = (sheet, sheet.Layout, sheet.Layout.Sheet.Tree, values, formulas, package);
        _areas = new SheetAreas(_layout);
        _content = new CellContent(_layout);
        _out = new Utf8Buffer(Math.Max(4096, _tree.Bytes.Length + _layout.Rows.Count * 256));
        _rows = new SheetRows(_out, _layout, values, new CellWriter(_out, values, styles, formulas, _content, from1904));
        _links = new SheetLinks(_out, sheet, _areas, values, formulas, package, _content);
        _breaks = new SheetBreaks(_out, _layout);
    }

    /// <summary>Pictures that tags put over cells.</summary>
    public IReadOnlyList<CellPicture> Pictures => _content.Pictures;

    /// <summary>Headers of tables that hold tags, as they were written.</summary>
    public TableHeaders Headers => _content.Headers;

    /// <summary>The drawing to be made for pictures when the template's sheet has none.</summary>
    public string? NewDrawing { get; private set; }

    public Utf8Buffer Write()
    {
        var root = _tree.Root;
        _out.Write(_tree.IsEmpty(root) ? OpenTag(root) : _tree.Bytes.AsSpan(0, _tree[root].ContentStart).ToArray());
        for (var child = _tree.First(root); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree[child].Kind == XmlKind.Element)
                AddMissing(SheetOrder.Of(_tree.StartTag(child)));
            if (child == _layout.Sheet.Data)
                _rows.Write();
            else
                Node(child);
        }

        AddMissing(int.MaxValue);
        _out.Write(_tree.IsEmpty(root) ? "</worksheet>"u8 : _tree.Bytes.AsSpan(_tree[root].ContentEnd));
        return _out;
    }

    private byte[] OpenTag(int root) => [.. _tree.Bytes.AsSpan(0, _tree[root].End - 2), (byte)'>'];

    /// <summary>What the template's sheet has not and the finished one needs, before the element of this place.</summary>
    private void AddMissing(int place)
    {
        if (IsDue(SheetOrder.Hyperlinks, place))
            _links.WriteNew();
        if (IsDue(SheetOrder.RowBreaks, place))
            _breaks.WriteNew(isRows: true);
        if (IsDue(SheetOrder.ColumnBreaks, place))
            _breaks.WriteNew(isRows: false);
        if (IsDue(SheetOrder.Drawing, place) && Pictures.Count > 0)
            Drawing();
        _place = Math.Max(_place, place);
    }

    private bool IsDue(int addition, int place) => _place < addition && place > addition;

    /// <summary>Pictures over cells need a drawing; a sheet that has one keeps it.</summary>
    private void Drawing()
    {
        NewDrawing = _package.NewPart("xl/drawings/drawing", ".xml", "application/vnd.openxmlformats-officedocument.drawing+xml");
        var id = _package.RelationsOf(_sheet.Part).Add("drawing", "/" + NewDrawing, isExternal: false);
        _out.Write("<drawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\""u8);
        _out.WriteText(id);
        _out.Write("\"/>"u8);
    }

    /// <summary>Whether anything was written.</summary>
    private bool Node(int node)
    {
        if (_tree[node].Kind != XmlKind.Element)
        {
            _out.Write(_tree.Span(node));
            return false;
        }

        switch (_tree.Name(node))
        {
            case N.mergeCells:
                return Merges(node);
            case N.cols when _layout.ColumnsMoved:
                return Widths(node);
            case N.hyperlinks:
                return _links.Write(node);
            case N.rowBreaks:
                return _breaks.Write(node, isRows: true);
            case N.colBreaks:
                return _breaks.Write(node, isRows: false);
            case N.formula or N.formula1 or N.formula2 or N.xm_f or N.f:
                return FormulaNode(node);
            case N.x14_sparkline:
                return Sparklines(node);
            case N.cellWatch:
                return Watches(node);
            case N.sheetViews or N.customSheetViews:
                Views(node);
                return true;
            default:
                return Element(node);
        }
    }

    private bool Element(int node)
    {
        var tag = _tree.StartTag(node);
        var outer = (_base, _baseAreas);
        var areas = _tree.Attribute(node, "sqref"u8) ?? (_tree.Child(node, N.xm_sqref) is var child and not XmlTree.None ? _tree.Text(child) : null);
        if (areas is not null)
        {
            var spread = _areas.Spread(areas);
            if (spread.Length == 0)
                return false;
            if (_tree.Attribute(node, "sqref"u8) is not null)
                tag = XmlText.WithAttribute(tag, "sqref"u8, spread);
            (_base, _baseAreas) = (node, areas);
        }

        if (_tree.Attribute(node, "ref"u8) is { } area)
        {
            if (_areas.One(area) is not { } moved)
            {
                if (_tree.Name(node) != N.dimension)
                    return false;
                moved = "A1";
            }

            tag = XmlText.WithAttribute(tag, "ref"u8, moved);
        }

        tag = Attributes(node, tag);
        _out.Write(tag);
        if (!_tree.IsEmpty(node) && !Content(node))
        {
            _out.Truncate(_out.Length - tag.Length);
            return false;
        }

        (_base, _baseAreas) = outer;
        return true;
    }

    /// <summary>Whether the element is still worth writing: one whose elements all went is not.</summary>
    private bool Content(int node)
    {
        var before = _out.Length;
        var (had, written) = (0, 0);
        if (_layout.Sheet.Texts.TryGetValue(node, out var text))
        {
            PageText(text.Text, text.Tags);
        }
        else if (_tree.Name(node) == N.xm_sqref)
        {
            _out.WriteText(_areas.Spread(_tree.Text(node)));
        }
        else
        {
            for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
            {
                had += _tree[child].Kind == XmlKind.Element ? 1 : 0;
                written += Node(child) ? 1 : 0;
            }
        }

        if (had > 0 && written == 0)
        {
            _out.Truncate(before);
            return false;
        }

        _out.Write(_tree.EndTag(node));
        return true;
    }

    private ReadOnlySpan<byte> Attributes(int node, ReadOnlySpan<byte> tag)
    {
        switch (_tree.Name(node))
        {
            case N.dataValidations when _tree.Attribute(node, "count"u8) is not null:
                var left = _tree.Children(node).Count(child => _areas.Spread(_tree.Attribute(child, "sqref"u8) ?? "").Length > 0);
                return XmlText.WithAttribute(tag, "count"u8, left.ToString(CultureInfo.InvariantCulture));
            case N.cfvo when _tree.Attribute(node, "val"u8) is { } value && Formula.Parse(value) is var formula && Formula.HasReferences(formula.Tokens):
                return XmlText.WithAttribute(tag, "val"u8, Follow(formula));
            case N.dataValidation or N.x14_dataValidation:
                return Messages(node, tag);
            case N.sheetPr when _sheet.IsCopy:
                return XmlText.WithoutAttribute(tag, "codeName"u8);
            case N.pageSetup when _sheet.IsCopy:
                return XmlText.WithoutAttribute(tag, "r:id"u8);
            default:
                return tag;
        }
    }

    /// <summary>What Excel tells who comes to a cell, or types what it must not hold.</summary>
    private ReadOnlySpan<byte> Messages(int node, ReadOnlySpan<byte> tag)
    {
        foreach (var (name, longest) in new[] { ("promptTitle", 32), ("prompt", 255), ("errorTitle", 32), ("error", 225) })
        {
            if (!_layout.Sheet.AttributeTexts.TryGetValue((node, name), out var text))
                continue;
            _values.Scope.Restore(_sheet.Scope);
            var filled = InlineText.Fill(text.Text, text.Tags, _values);
            _values.Scope.Release(0);
            if (filled.Length > longest)
                _values.Problems.Add(text.Tags[0].Place.Problem("T012", text.Tags[0].Source, $"This would have {filled.Length:N0} characters; Excel allows {longest} there. Shorten the value, for example with “| truncate: {longest / 2}”."));
            tag = XmlText.WithAttribute(tag, System.Text.Encoding.UTF8.GetBytes(name), filled);
        }

        return tag;
    }

    /// <summary>Page headers and footers: <c>&amp;</c> is doubled, and a number does not become a font size.</summary>
    private void PageText(string text, List<Tags.Tag> tags)
    {
        const int Longest = 255;
        _values.Scope.Restore(_sheet.Scope);
        var filled = PageHeaderText.Fill(text, tags, _values);
        _values.Scope.Release(0);
        if (filled.Length > Longest)
            _values.Problems.Add(tags[0].Place.Problem("T012", tags[0].Source, $"This would have {filled.Length:N0} characters; Excel allows {Longest} in a page header or footer. Shorten the value, for example with “| truncate: 60”."));
        _out.WriteText(filled);
    }

    private bool FormulaNode(int node)
    {
        _out.Write(_tree.StartTag(node));
        if (_tree.IsEmpty(node))
            return true;
        _out.WriteText(Follow(Formula.Parse(_tree.Text(node))));
        _out.Write(_tree.EndTag(node));
        return true;
    }

    /// <summary>Formulas of formats and validations are written for the first cell of their area; that cell may be a copy, or not the first one any more.</summary>
    private string Follow(Formula formula)
    {
        if (_base == XmlTree.None || !Formula.HasReferences(formula.Tokens))
            return _formulas.Write(formula, _layout, null, 0);
        var (column, row) = _areas.FirstLeft(_baseAreas);
        var (firstColumn, firstRow, _, _) = CellRef.ParseArea(_baseAreas.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "");
        if (column == 0 || row == 0)
            return _formulas.Write(formula, _layout, null, 0);
        var shifted = (column, row) == (firstColumn, firstRow) ? formula : Formula.Parse(formula.Shifted(column - firstColumn, row - firstRow));
        return _formulas.Write(shifted, _layout, _layout.FirstCopy(row), _layout.FirstColumn(column));
    }

    private bool Merges(int node)
    {
        var merges = _tree.Children(node).SelectMany(merge => _areas.Copies(_tree.Attribute(merge, "ref"u8) ?? "")).Where(area => area.Left != area.Right || area.Top != area.Bottom).ToList();
        if (merges.Count == 0)
            return false;
        _out.Write(XmlText.WithAttribute(_tree.StartTag(node), "count"u8, merges.Count.ToString(CultureInfo.InvariantCulture)));
        foreach (var (left, top, right, bottom) in merges)
        {
            _out.Write("<mergeCell ref=\""u8);
            _out.WriteText(SheetAreas.Written(left, top, right, bottom, isRange: true));
            _out.Write("\"/>"u8);
        }

        _out.Write(_tree.EndTag(node));
        return true;
    }

    /// <summary>A small chart in a cell: one for every copy of the cell, each with the data of its row.</summary>
    private bool Sparklines(int node)
    {
        var (data, place) = (_tree.Child(node, N.xm_f), _tree.Child(node, N.xm_sqref));
        if (place == XmlTree.None)
            return false;
        var (column, row) = CellRef.Parse(_tree.Text(place));
        var any = false;
        foreach (var copy in AnchoredCell.Of(_layout, column, row))
        {
            any = true;
            _out.Write(_tree.StartTag(node));
            if (data != XmlTree.None)
            {
                _out.Write(_tree.StartTag(data));
                _out.WriteText(_formulas.Write(Formula.Parse(_tree.Text(data), takesRanges: true), _layout, copy.Laid, copy.Column));
                _out.Write(_tree.EndTag(data));
            }

            _out.Write(_tree.StartTag(place));
            _out.WriteText(CellRef.Address(copy.Column, copy.Row));
            _out.Write(_tree.EndTag(place));
            _out.Write(_tree.EndTag(node));
        }

        return any;
    }

    private bool Watches(int node)
    {
        var any = false;
        foreach (var (left, top, _, _) in _areas.Copies(_tree.Attribute(node, "r"u8) ?? ""))
        {
            any = true;
            _out.Write(XmlText.WithAttribute(_tree.StartTag(node), "r"u8, CellRef.Address(left, top)));
            _out.Write(_tree.IsEmpty(node) ? [] : _tree.EndTag(node));
        }

        return any;
    }

    /// <summary>How the sheet is looked at stays; only one sheet is the selected one.</summary>
    private void Views(int node)
    {
        var at = _tree[node].Start;
        foreach (var view in _sheet.IsCopy ? _tree.Children(node).Where(view => _tree.Name(view) == N.sheetView) : [])
        {
            _out.Write(_tree.Bytes.AsSpan(at, _tree[view].Start - at));
            _out.Write(XmlText.WithoutAttribute(_tree.StartTag(view), "tabSelected"u8));
            at = _tree[view].ContentStart;
        }

        _out.Write(_tree.Bytes.AsSpan(at, _tree[node].End - at));
    }

    private bool Widths(int node)
    {
        var before = _out.Length;
        _out.Write(_tree.StartTag(node));
        var opened = _out.Length;
        foreach (var child in _tree.Children(node))
        {
            var (from, to) = (_tree.IntAttribute(child, "min"u8) ?? 1, Math.Min(_tree.IntAttribute(child, "max"u8) ?? 1, CellRef.MostColumns));
            var (first, last) = (_layout.RangeStartColumn(from), _layout.RangeEndColumn(to));
            if (first == 0 || last < first)
                continue;
            _out.Write(XmlText.WithAttribute(XmlText.WithAttribute(_tree.StartTag(child), "min"u8, first.ToString(CultureInfo.InvariantCulture)), "max"u8, last.ToString(CultureInfo.InvariantCulture)));
            _out.Write(_tree.IsEmpty(child) ? [] : _tree.EndTag(child));
        }

        if (_out.Length == opened)
        {
            _out.Truncate(before);
            return false;
        }

        _out.Write(_tree.EndTag(node));
        return true;
    }
}
