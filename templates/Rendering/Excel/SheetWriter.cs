using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Word;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes a sheet: rows from the layout, everything around them moved along.</summary>
internal sealed class SheetWriter(LaidSheet sheet, Evaluator values, StyleTable styles, FormulaWriter formulas, RenderedPackage package)
{
    private readonly SheetLayout _layout = sheet.Layout;
    private readonly XmlTree _tree = sheet.Layout.Sheet.Tree;
    private readonly Utf8Buffer _out = new(Math.Max(4096, sheet.Layout.Sheet.Tree.Bytes.Length + sheet.Layout.Rows.Count * 256));

    /// <summary>Pictures that tags put over cells.</summary>
    public List<CellPicture> Pictures { get; } = [];

    /// <summary>The drawing to be made for them when the template's sheet has none.</summary>
    public string? NewDrawing { get; private set; }

    public Utf8Buffer Write()
    {
        var root = _tree.Root;
        _out.Write(_tree.Bytes.AsSpan(0, _tree[root].ContentStart));
        for (var child = _tree.First(root); child != XmlTree.None; child = _tree.Next(child))
        {
            if (Pictures.Count > 0 && NewDrawing is null && FollowsDrawing(child))
                Drawing();
            if (child == _layout.Sheet.Data)
                Rows();
            else
                Node(child);
        }

        if (Pictures.Count > 0 && NewDrawing is null)
            Drawing();

        _out.Write(_tree.Bytes.AsSpan(_tree[root].ContentEnd));
        return _out;
    }

    private bool FollowsDrawing(int node)
    {
        if (_tree[node].Kind != XmlKind.Element)
            return false;
        var tag = _tree.StartTag(node);
        return tag.StartsWith("<legacyDrawing"u8) || tag.StartsWith("<drawingHF"u8) || tag.StartsWith("<picture"u8) || tag.StartsWith("<oleObjects"u8) || tag.StartsWith("<controls"u8)
            || tag.StartsWith("<webPublishItems"u8) || tag.StartsWith("<tableParts"u8) || tag.StartsWith("<extLst"u8);
    }

    /// <summary>Pictures over cells need a drawing; a sheet that has one keeps it.</summary>
    private void Drawing()
    {
        if (_tree.Child(_tree.Root, N.drawing) != XmlTree.None)
        {
            NewDrawing = null;
            return;
        }

        NewDrawing = package.NewPart("xl/drawings/drawing", ".xml", "application/vnd.openxmlformats-officedocument.drawing+xml");
        var id = package.RelationsOf(sheet.Part).Add("drawing", "/" + NewDrawing, isExternal: false);
        _out.Write("<drawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\""u8);
        _out.WriteText(id);
        _out.Write("\"/>"u8);
    }

    private void Rows()
    {
        var cells = new CellWriter(_out, values, styles, formulas, Pictures);
        _out.Write("<sheetData>"u8);
        TemplateScope.Entry[]? scope = null;
        foreach (var row in _layout.Rows)
        {
            if (!ReferenceEquals(scope, row.Scope))
                values.Scope.Restore(scope = row.Scope);
            _out.Write("<row r=\""u8);
            _out.Write(row.Number);
            _out.Write("\""u8);
            _out.Write(row.Row.Attributes);
            if (row.Row.Cells.Count == 0)
            {
                _out.Write("/>"u8);
                continue;
            }

            _out.Write(">"u8);
            if (_layout.ColumnsMoved)
            {
                Columns(cells, row);
            }
            else
            {
                foreach (var cell in row.Row.Cells)
                    cells.Write(_layout, cell, row, cell.Column);
            }

            _out.Write("</row>"u8);
        }

        _out.Write("</sheetData>"u8);
        values.Scope.Release(0);
    }

    private void Columns(CellWriter cells, LaidRow row)
    {
        var byColumn = row.Row.Cells.ToDictionary(cell => cell.Column);
        for (var column = 1; column <= _layout.Columns.Count; column++)
        {
            var laid = _layout.Columns[column - 1];
            if (!byColumn.TryGetValue(laid.Template, out var cell))
                continue;
            var depth = values.Scope.Depth;
            _layout.EnterColumn(values, column);
            cells.Write(_layout, cell, row, column);
            values.Scope.Release(depth);
        }
    }

    private void Node(int node)
    {
        if (_tree[node].Kind != XmlKind.Element)
        {
            _out.Write(_tree.Span(node));
            return;
        }

        switch (_tree.Name(node))
        {
            case N.mergeCells:
                Merges(node);
                break;
            case N.cols when _layout.ColumnsMoved:
                Widths(node);
                break;
            case N.hyperlinks:
                Hyperlinks(node);
                break;
            case N.formula or N.formula1 or N.formula2 or N.xm_f or N.f:
                FormulaNode(node);
                break;
            case N.xm_sqref:
                _out.Write(_tree.StartTag(node));
                _out.WriteText(Areas(_tree.Text(node)));
                _out.Write(_tree.EndTag(node));
                break;
            case N.sheetViews when !sheet.IsCopy:
                _out.Write(_tree.Span(node));
                break;
            default:
                Element(node);
                break;
        }
    }

    private void Element(int node)
    {
        var tag = _tree.StartTag(node);
        if (_tree.Attribute(node, "sqref"u8) is { } areas)
            tag = XmlText.WithAttribute(tag, "sqref"u8, Areas(areas));
        if (_tree.Attribute(node, "ref"u8) is { } area)
            tag = XmlText.WithAttribute(tag, "ref"u8, FormulaWriter.Area(_layout, area));
        if (_tree.Name(node) == N.brk && _tree.IntAttribute(node, "id"u8) is { } row && _tree.Name(_tree.Parent(node)) == N.rowBreaks)
            tag = XmlText.WithAttribute(tag, "id"u8, _layout.RangeEnd(row).ToString(CultureInfo.InvariantCulture));
        if (sheet.IsCopy && _tree.Name(node) == N.sheetView)
            tag = XmlText.WithoutAttribute(tag, "tabSelected"u8);
        if (sheet.IsCopy && _tree.Name(node) == N.sheetPr)
            tag = XmlText.WithoutAttribute(tag, "codeName"u8);
        _out.Write(tag);
        if (_tree.IsEmpty(node))
            return;
        if (_layout.Sheet.Texts.TryGetValue(node, out var text))
        {
            values.Scope.Restore(sheet.Scope);
            _out.WriteText(InlineText.Fill(text.Text, text.Tags, values, value => value.Replace("&", "&&", StringComparison.Ordinal)));
            values.Scope.Release(0);
        }
        else
        {
            for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
                Node(child);
        }

        _out.Write(_tree.EndTag(node));
    }

    private void FormulaNode(int node)
    {
        _out.Write(_tree.StartTag(node));
        if (_tree.IsEmpty(node))
            return;
        _out.WriteText(formulas.Write(Formula.Parse(_tree.Text(node)), _layout, null, 0));
        _out.Write(_tree.EndTag(node));
    }

    private string Areas(string areas) => string.Join(' ', areas.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Spread));

    /// <summary>What came of an area: one range when the copies lie together, else one for each stretch.</summary>
    private IEnumerable<string> Spread(string area)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(area);
        if (c1 == 0 || r1 == 0 || c2 == 0 || r2 == 0)
            return [area];
        var rows = Joined(RowCopies(r1, r2));
        var columns = Joined(ColumnCopies(c1, c2));
        if (rows.Count == 0 || columns.Count == 0)
            return [FormulaWriter.Area(_layout, area)];
        return columns.SelectMany(_ => rows, (across, down) => across.First == across.Last && down.First == down.Last && !area.Contains(':')
            ? CellRef.Address(across.First, down.First)
            : CellRef.Address(across.First, down.First) + ":" + CellRef.Address(across.Last, down.Last));
    }

    private static List<(int First, int Last)> Joined(IEnumerable<(int First, int Last)> stretches)
    {
        var joined = new List<(int First, int Last)>();
        foreach (var (first, last) in stretches)
        {
            if (first <= 0 || last < first)
                continue;
            if (joined.Count > 0 && first <= joined[^1].Last + 1 && first >= joined[^1].First)
                joined[^1] = (joined[^1].First, Math.Max(last, joined[^1].Last));
            else
                joined.Add((first, last));
        }

        return joined;
    }

    /// <summary>Where the copies of an area lie: with the row or column it stands in, else once, grown.</summary>
    private IEnumerable<string> Copies(string area)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(area);
        foreach (var (left, right) in ColumnCopies(c1, c2))
        {
            foreach (var (top, bottom) in RowCopies(r1, r2))
            {
                if (left > 0 && top > 0 && right >= left && bottom >= top)
                    yield return left == right && top == bottom && !area.Contains(':') ? CellRef.Address(left, top) : CellRef.Address(left, top) + ":" + CellRef.Address(right, bottom);
            }
        }
    }

    private IEnumerable<(int Top, int Bottom)> RowCopies(int r1, int r2)
    {
        var copies = _layout.CopiesOfRow(r1);
        if (copies.Count == 0)
        {
            yield return (_layout.RangeStart(r1), _layout.RangeEnd(r2));
            yield break;
        }

        foreach (var copy in copies)
        {
            var row = _layout.Rows[copy];
            var turn = row.Turn;
            while (turn is not null && !turn.Holds(r2))
                turn = turn.Outer;
            if (turn is not null)
            {
                yield return (row.Number, r1 == r2 ? row.Number : row.Number + r2 - r1);
                continue;
            }

            yield return (_layout.RangeStart(r1), _layout.RangeEnd(r2));
            yield break;
        }
    }

    private IEnumerable<(int Left, int Right)> ColumnCopies(int c1, int c2)
    {
        if (c1 != c2)
        {
            yield return (_layout.RangeStartColumn(c1), _layout.RangeEndColumn(c2));
            yield break;
        }

        foreach (var column in _layout.CopiesOfColumn(c1))
            yield return (column, column);
    }

    private void Merges(int node)
    {
        var merges = _tree.Children(node).SelectMany(merge => Copies(_tree.Attribute(merge, "ref"u8) ?? "")).ToList();
        if (merges.Count == 0)
            return;
        _out.Write(XmlText.WithAttribute(_tree.StartTag(node), "count"u8, merges.Count.ToString(CultureInfo.InvariantCulture)));
        foreach (var merge in merges)
        {
            _out.Write("<mergeCell ref=\""u8);
            _out.WriteText(merge);
            _out.Write("\"/>"u8);
        }

        _out.Write(_tree.EndTag(node));
    }

    private void Hyperlinks(int node)
    {
        var before = _out.Length;
        _out.Write(_tree.StartTag(node));
        var opened = _out.Length;
        foreach (var link in _tree.Children(node))
        {
            var area = _tree.Attribute(link, "ref"u8) ?? "";
            var id = _tree.Attribute(link, "r:id"u8);
            AddressTemplate? address = null;
            var hasTags = (id is not null && _layout.Sheet.Addresses.TryGetValue(id, out address)) || _layout.Sheet.LinkTexts.Keys.Any(key => key.Node == link);
            if (!hasTags)
            {
                foreach (var copy in Copies(area))
                    _out.Write(Moved(XmlText.WithAttribute(_tree.ClosedTag(link), "ref"u8, copy)));
                continue;
            }

            var (column, row, _, _) = CellRef.ParseArea(area);
            if (address is not null)
                package.RelationsOf(sheet.Part).Remove(id!);
            foreach (var copy in AnchoredCell.Of(_layout, column, row))
            {
                copy.Enter(sheet, values);
                Link(link, copy, id, address);
                values.Scope.Release(0);
            }
        }

        if (_out.Length == opened)
            _out.Truncate(before);
        else
            _out.Write(_tree.EndTag(node));
    }

    /// <summary>A link whose address or words hold tags.</summary>
    private void Link(int link, AnchoredCell copy, string? id, AddressTemplate? address)
    {
        var tag = XmlText.WithAttribute(_tree.ClosedTag(link), "ref"u8, CellRef.Address(copy.Column, copy.Row));
        if (address is not null)
        {
            tag = XmlText.WithAttribute(tag, "r:id"u8, package.RelationsOf(sheet.Part).Add("hyperlink", address.FillSafely(values), isExternal: true));
        }

        foreach (var name in new[] { "location", "display", "tooltip" })
        {
            if (_layout.Sheet.LinkTexts.TryGetValue((link, name), out var text))
                tag = XmlText.WithAttribute(tag, System.Text.Encoding.UTF8.GetBytes(name), InlineText.Fill(text.Text, text.Tags, values));
        }

        _out.Write(tag);
    }

    /// <summary>A place in the workbook follows its cell.</summary>
    private byte[] Moved(byte[] link)
    {
        var (start, length) = XmlText.FindAttribute(link, "location"u8);
        return start < 0 ? link : XmlText.WithAttribute(link, "location"u8, formulas.Write(Formula.Parse(XmlText.Decode(link.AsSpan(start, length))), _layout, null, 0));
    }

    private void Widths(int node)
    {
        _out.Write(_tree.StartTag(node));
        foreach (var child in _tree.Children(node))
        {
            var (from, to) = (_tree.IntAttribute(child, "min"u8) ?? 1, Math.Min(_tree.IntAttribute(child, "max"u8) ?? 1, CellRef.MostColumns));
            var (first, last) = (_layout.RangeStartColumn(from), Math.Min(CellRef.MostColumns, _layout.RangeEndColumn(to)));
            if (first == 0 || last < first)
                continue;
            _out.Write(XmlText.WithAttribute(XmlText.WithAttribute(_tree.ClosedTag(child), "min"u8, first.ToString(CultureInfo.InvariantCulture)), "max"u8, last.ToString(CultureInfo.InvariantCulture)));
        }

        _out.Write(_tree.EndTag(node));
    }
}
