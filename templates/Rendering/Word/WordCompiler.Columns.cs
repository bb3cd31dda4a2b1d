using System.Globalization;
using ProductionOffice.Expressions;
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

/// <summary>Columns that are repeated together: those under the cell of their tag.</summary>
/// <param name="From">The first, as the grid counts from 0.</param>
/// <param name="Span">How many.</param>
/// <param name="Slot">Where a render keeps its list.</param>
/// <param name="Tag">The <c>col for</c> or <c>col if</c>.</param>
internal sealed record ColumnGroup(int From, int Span, int Slot, Tag Tag)
{
    public int End => From + Span;
}

/// <summary>The columns of a table and which of them are looped.</summary>
internal sealed class ColumnPlan(int[] widths)
{
    private readonly Dictionary<int, ColumnGroup> _byColumn = [];

    public int[] Widths => widths;

    public List<ColumnGroup> Groups { get; } = [];

    public void Add(ColumnGroup group)
    {
        Groups.Add(group);
        for (var column = group.From; column < group.End; column++)
            _byColumn[column] = group;
    }

    /// <summary>The group that all these columns belong to, or null.</summary>
    public ColumnGroup? Around(int from, int end) => _byColumn.GetValueOrDefault(from) is { } group && end <= group.End ? group : null;

    public int Count(WordRender to, int column) => _byColumn.TryGetValue(column, out var group) ? to.Columns[group.Slot].Count : 1;

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

/// <summary>The columns a cell covers; one that is copied with them covers one copy of each, any other one all copies.</summary>
internal readonly record struct ColumnPlace(ColumnPlan Plan, int From, int Span, bool IsCopied)
{
    public int Columns(WordRender to) => IsCopied ? Span : Plan.Total(to, From, Span);

    public int Width(WordRender to)
    {
        var width = 0;
        for (var i = From; i < From + Span; i++)
            width += Plan.Width(to, i) * (IsCopied ? 1 : Plan.Count(to, i));
        return width;
    }
}

internal sealed class ColumnBeginNode(ColumnPlan plan) : WordNode
{
    public override void Render(WordRender to)
    {
        foreach (var group in plan.Groups)
        {
            var tag = group.Tag;
            var list = tag.Kind == TagKind.For ? to.Values.List(tag) : null;
            to.Columns[group.Slot] = new ColumnState { List = list, Count = tag.Kind == TagKind.For ? list?.Count ?? 0 : to.Values.IsTrue(tag) ? 1 : 0 };
        }
    }
}

internal sealed class ColumnGridNode(ColumnPlan plan) : WordNode
{
    public override void Render(WordRender to)
    {
        to.Out.Write("<w:tblGrid>"u8);
        for (var column = 0; column < plan.Widths.Length;)
        {
            var end = Math.Min(plan.Around(column, column + 1)?.End ?? column + 1, plan.Widths.Length);
            for (var copy = plan.Count(to, column); copy > 0; copy--)
            {
                for (var one = column; one < end; one++)
                {
                    to.Out.Write("<w:gridCol w:w=\""u8);
                    to.Out.Write(plan.Width(to, one));
                    to.Out.Write("\"/>"u8);
                }
            }

            column = end;
        }

        to.Out.Write("</w:tblGrid>"u8);
    }
}

/// <summary>The cells of a row that are copied with their columns.</summary>
internal sealed class ColumnCellsNode(ColumnGroup group, WordNode body) : WordNode
{
    public override void Render(WordRender to)
    {
        var (state, tag) = (to.Columns[group.Slot], group.Tag);
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
            to.ColumnCopy = i;
            loop.MoveTo(i);
            scope.Set(depth + 1, state.List[i]);
            if (tag.IndexName is not null)
                scope.Set(depth + 2, Value.From(i));
            body.Render(to);
            scope.Release(inner);
        }

        to.ColumnCopy = 0;
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

internal sealed class ColumnSpanValueNode(ColumnPlace place) : WordNode
{
    public override void Render(WordRender to)
    {
        var columns = place.Columns(to);
        if (columns > 1)
            to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:gridSpan w:val=\"{columns}\"/>"));
    }
}

internal sealed class ColumnWidthNode(ColumnPlace place) : WordNode
{
    public override void Render(WordRender to) => to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:tcW w:w=\"{place.Width(to)}\" w:type=\"dxa\"/>"));
}

/// <summary>A width in fiftieths of a percent: the share the columns have of the table once it is written.</summary>
internal sealed class ColumnShareNode(ColumnPlace place, int share) : WordNode
{
    public override void Render(WordRender to)
    {
        long before = place.Plan.Widths.Skip(place.From).Take(place.Span).Sum();
        var own = before == 0 ? share : (int)Math.Round((double)share * place.Width(to) / before);
        to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:tcW w:w=\"{own}\" w:type=\"pct\"/>"));
    }
}

/// <summary>A row of which no column is left goes.</summary>
internal sealed class ColumnRowEndNode(ColumnPlan plan) : WordNode
{
    public override void Render(WordRender to) => to.DropRow |= plan.Widths.Length > 0 && plan.Total(to, 0, plan.Widths.Length) == 0;
}
