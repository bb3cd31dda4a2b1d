using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Word;

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
