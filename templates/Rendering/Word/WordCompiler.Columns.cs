using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Tables with <c>col for</c> and <c>col if</c>: a grid column is repeated in every row, the table keeps its width.</summary>
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
            plan.Tags[ColumnOf(cell)] = (_ids.NewSlot(), tag);
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
            if (span == 1 && plan.Tags.TryGetValue(from, out var looped))
            {
                _builder.Loops++;
                _builder.BeginWrap();
                ColumnCell(child, from, span);
                _builder.EndWrap(inner => new ColumnCellNode(looped.Slot, looped.Tag, inner));
                _builder.Loops--;
            }
            else
            {
                _builder.BeginWrap();
                ColumnCell(child, from, span);
                _builder.EndWrap(inner => new ColumnSpanNode(plan, from, span, inner));
            }
        }

        _builder.Add(new ColumnRowEndNode(plan));
        _builder.Raw(_tree.EndTag(row));
    }

    private void ColumnCell(int cell, int from, int span)
    {
        var plan = _columns!;
        _columns = null;
        _builder.BeginWrap();
        StartTag(cell);
        for (var child = _tree.First(cell); child != XmlTree.None; child = _tree.Next(child))
        {
            if (_tree.Name(child) == N.w_tcPr)
                CellProperties(child, plan, from, span);
            else
                Node(child);
        }

        _builder.EndWrap(inner => new HolderNode(inner, EmptyParagraph));
        _builder.Raw(_tree.EndTag(cell));
        _columns = plan;
    }

    private void CellProperties(int node, ColumnPlan plan, int from, int span)
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
                _builder.Add(new ColumnWidthNode(plan, from, span));
            else if (_tree.Name(child) == N.w_tcW && _tree.Attribute(child, "w:type"u8) == "pct" && _tree.IntAttribute(child, "w:w"u8) is { } share)
                _builder.Add(new ColumnShareNode(plan, from, span, share));
            else if (_tree.Name(child) == N.w_gridSpan)
                _builder.Add(new ColumnSpanValueNode(plan, from, span));
            else
                Node(child);
        }

        _builder.Raw(_tree.EndTag(node));
    }
}

/// <summary>The columns of a table and which of them are looped.</summary>
internal sealed class ColumnPlan(int[] widths)
{
    public int[] Widths => widths;

    /// <summary>By column of the grid.</summary>
    public SortedDictionary<int, (int Slot, Tag Tag)> Tags { get; } = [];

    public int Count(WordRender to, int column) => Tags.TryGetValue(column, out var looped) ? to.Columns[looped.Slot].Count : 1;

    public int Total(WordRender to, int from, int span)
    {
        var total = 0;
        for (var i = from; i < from + span; i++)
            total += Count(to, i);
        return total;
    }

    /// <summary>The width of one copy of the column when the whole table keeps its width.</summary>
    public int Width(WordRender to, int column)
    {
        long before = 0;
        long after = 0;
        for (var i = 0; i < widths.Length; i++)
        {
            before += widths[i];
            after += (long)widths[i] * Count(to, i);
        }

        return column >= widths.Length ? 0 : after == 0 ? widths[column] : (int)Math.Round((double)widths[column] * before / after);
    }
}

internal sealed class ColumnBeginNode(ColumnPlan plan) : WordNode
{
    public override void Render(WordRender to)
    {
        foreach (var (slot, tag) in plan.Tags.Values)
        {
            var list = tag.Kind == TagKind.For ? to.Values.List(tag) : null;
            to.Columns[slot] = new ColumnState { List = list, Count = tag.Kind == TagKind.For ? list?.Count ?? 0 : to.Values.IsTrue(tag) ? 1 : 0 };
        }
    }
}

internal sealed class ColumnGridNode(ColumnPlan plan) : WordNode
{
    public override void Render(WordRender to)
    {
        to.Out.Write("<w:tblGrid>"u8);
        for (var column = 0; column < plan.Widths.Length; column++)
        {
            for (var copy = plan.Count(to, column); copy > 0; copy--)
            {
                to.Out.Write("<w:gridCol w:w=\""u8);
                to.Out.Write(plan.Width(to, column));
                to.Out.Write("\"/>"u8);
            }
        }

        to.Out.Write("</w:tblGrid>"u8);
    }
}

internal sealed class ColumnCellNode(int slot, Tag tag, WordNode body) : WordNode
{
    public override void Render(WordRender to)
    {
        var state = to.Columns[slot];
        if (state.List is null)
        {
            if (state.Count > 0)
                body.Render(to);
            return;
        }

        var scope = to.Values.Scope;
        var depth = scope.Depth;
        var loop = scope.PushLoop(state.Count);
        scope.Push(tag.Name!, default);
        if (tag.IndexName is not null)
            scope.Push(tag.IndexName, default);
        var inner = scope.Depth;
        for (var i = 0; i < state.Count && to.Values.Turn(tag); i++)
        {
            loop.MoveTo(i);
            scope.Set(depth + 1, state.List[i]);
            if (tag.IndexName is not null)
                scope.Set(depth + 2, Value.From(i));
            body.Render(to);
            scope.Release(inner);
        }

        scope.Release(depth);
    }
}

/// <summary>A cell over columns that may all have gone.</summary>
internal sealed class ColumnSpanNode(ColumnPlan plan, int from, int span, WordNode body) : WordNode
{
    public override void Render(WordRender to)
    {
        if (plan.Total(to, from, span) > 0)
            body.Render(to);
    }
}

internal sealed class ColumnSpanValueNode(ColumnPlan plan, int from, int span) : WordNode
{
    public override void Render(WordRender to)
    {
        var total = plan.Total(to, from, span);
        if (total > 1)
            to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:gridSpan w:val=\"{total}\"/>"));
    }
}

internal sealed class ColumnWidthNode(ColumnPlan plan, int from, int span) : WordNode
{
    public override void Render(WordRender to)
    {
        var width = 0;
        if (span == 1)
        {
            width = plan.Width(to, from);
        }
        else
        {
            for (var i = from; i < from + span; i++)
                width += plan.Width(to, i) * plan.Count(to, i);
        }

        to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    }
}

/// <summary>A width in fiftieths of a percent: the share the columns have of the table once it is written.</summary>
internal sealed class ColumnShareNode(ColumnPlan plan, int from, int span, int share) : WordNode
{
    public override void Render(WordRender to)
    {
        long before = 0;
        long after = 0;
        for (var i = from; i < from + span && i < plan.Widths.Length; i++)
        {
            before += plan.Widths[i];
            after += (long)plan.Width(to, i) * (span == 1 ? 1 : plan.Count(to, i));
        }

        var own = before == 0 ? share : (int)Math.Round((double)share * after / before);
        to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:tcW w:w=\"{own}\" w:type=\"pct\"/>"));
    }
}

/// <summary>A row of which no column is left goes.</summary>
internal sealed class ColumnRowEndNode(ColumnPlan plan) : WordNode
{
    public override void Render(WordRender to) => to.DropRow |= plan.Widths.Length > 0 && plan.Total(to, 0, plan.Widths.Length) == 0;
}
