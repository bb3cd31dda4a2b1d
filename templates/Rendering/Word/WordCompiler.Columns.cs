using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Tables with <c>col for</c> and <c>col if</c>: the grid columns under the cell of the tag are repeated in every row, the table keeps its width.</summary>
internal sealed partial class WordCompiler
{
    private ColumnPlan? _columns;

    private void ColumnTable(int node, List<(int Cell, Tag Tag)> tags)
    {
        var outer = _columns;
        var widths = _tree.Child(node, N.w_tblGrid) is var grid and not XmlTree.None
            ? _tree.Children(grid).Where(child => _tree.Name(child) == N.w_gridCol).Select(child => _tree.IntAttribute(child, "w:w"u8) ?? 0).ToArray()
            : [];
        var plan = new ColumnPlan(widths);
        foreach (var (cell, tag) in tags)
            Rule(plan, new ColumnGroup(ColumnOf(cell), Span(cell), _ids.NewSlot(), tag));
        _columns = plan;
        _builder.Add(new ColumnBeginNode(plan));
        StartTag(node);
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree.Name(child) == N.w_tblGrid)
                _builder.Add(new ColumnGridNode(plan));
            else if (_tree.Name(child) == N.w_tr)
                ColumnTableRow(child);
            else
                Node(child);
        }

        _builder.Raw(_tree.EndTag(node));
        _columns = outer;
    }

    /// <summary>A column has one tag that rules it; the same tag in several of its cells says it once more.</summary>
    private void Rule(ColumnPlan plan, ColumnGroup group)
    {
        var tag = group.Tag;
        if (plan.Groups.Find(other => other.From < group.End && group.From < other.End) is not { } taken)
            plan.Add(group);
        else if (taken.From != group.From || taken.Span != group.Span || taken.Tag.Kind != tag.Kind || taken.Tag.Expression != tag.Expression || taken.Tag.Name != tag.Name || taken.Tag.IndexName != tag.IndexName)
            _problems.Add(tag.Place.Problem("T004", tag.Source, $"This column is ruled by {taken.Tag.Source} ({taken.Tag.Place.Words}) already. Keep one of the two; to leave out some items, filter the list of a #col for with “| where”."));
    }

    private void ColumnTableRow(int row)
    {
        _plan.Heat(row);
        Row(row);
    }

    private int ColumnOf(int cell)
    {
        var row = _tree.Parent(cell);
        var column = GridBefore(row);
        foreach (var child in _tree.Children(row))
        {
            if (child == cell)
                return column;
            if (_tree.Name(child) == N.w_tc)
                column += Span(child);
        }

        return column;
    }

    private int GridBefore(int row)
    {
        var properties = _tree.Child(row, N.w_trPr);
        if (properties == XmlTree.None)
            return 0;
        foreach (var child in _tree.Children(properties))
        {
            if (_tree.Span(child).StartsWith("<w:gridBefore "u8))
                return _tree.IntAttribute(child, "w:val"u8) ?? 0;
        }

        return 0;
    }

    private int Span(int cell) => _tree.Child(cell, N.w_tcPr) is var properties and not XmlTree.None && _tree.Child(properties, N.w_gridSpan) is var span and not XmlTree.None
        ? Math.Max(1, _tree.IntAttribute(span, "w:val"u8) ?? 1)
        : 1;

    private void ColumnRow(int row)
    {
        var plan = _columns!;
        StartTag(row);
        var column = GridBefore(row);
        ColumnGroup? open = null;
        for (var child = _tree.First(row); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree.Name(child) != N.w_tc)
            {
                Node(child);
                continue;
            }

            var span = Span(child);
            var from = column;
            column += span;
            var group = plan.Around(from, column);
            if (group != open)
            {
                CloseGroup(open);
                OpenGroup(open = group);
            }

            if (group is not null)
            {
                ColumnCell(child, from, span, isCopied: true);
                continue;
            }

            _builder.BeginWrap();
            ColumnCell(child, from, span, isCopied: false);
            _builder.EndWrap(inner => new ColumnSpanNode(plan, from, span, inner));
        }

        CloseGroup(open);
        _builder.Add(new ColumnRowEndNode(plan));
        _builder.Raw(_tree.EndTag(row));
    }

    private void OpenGroup(ColumnGroup? group)
    {
        if (group is null)
            return;
        _builder.Loops++;
        _builder.BeginWrap();
    }

    private void CloseGroup(ColumnGroup? group)
    {
        if (group is null)
            return;
        _builder.EndWrap(inner => new ColumnCellsNode(group, inner));
        _builder.Loops--;
    }

    /// <param name="cell">The cell.</param>
    /// <param name="from">Its first column of the grid.</param>
    /// <param name="span">How many columns it covers in the template.</param>
    /// <param name="isCopied">Whether it is written for every copy of its columns, or once over all of them.</param>
    private void ColumnCell(int cell, int from, int span, bool isCopied)
    {
        var plan = _columns!;
        _columns = null;
        _builder.BeginWrap();
        StartTag(cell);
        for (var child = _tree.First(cell); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree.Name(child) == N.w_tcPr)
                CellProperties(child, new ColumnPlace(plan, from, span, isCopied));
            else
                Node(child);
        }

        _builder.EndWrap(inner => new HolderNode(inner, EmptyParagraph));
        _builder.Raw(_tree.EndTag(cell));
        _columns = plan;
    }

    private void CellProperties(int node, ColumnPlace place)
    {
        if (_tree.IsEmpty(node))
        {
            _builder.Raw(_tree.Span(node));
            return;
        }

        _builder.Raw(_tree.StartTag(node));
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree.Name(child) == N.w_tcW && _tree.Attribute(child, "w:type"u8) is null or "dxa")
                _builder.Add(new ColumnWidthNode(place));
            else if (_tree.Name(child) == N.w_tcW && _tree.Attribute(child, "w:type"u8) == "pct" && _tree.IntAttribute(child, "w:w"u8) is { } share)
                _builder.Add(new ColumnShareNode(place, share));
            else if (_tree.Name(child) == N.w_gridSpan)
                _builder.Add(new ColumnSpanValueNode(place));
            else
                Node(child);
        }

        _builder.Raw(_tree.EndTag(node));
    }
}
