namespace ProductionOffice.Templates.Excel;

/// <summary>What came of areas of the template: where their copies lie and which stretches they make together.</summary>
internal sealed class SheetAreas(SheetLayout layout)
{
    /// <summary>A list of areas such as that of a conditional format; empty when nothing is left of them.</summary>
    public string Spread(string areas) => string.Join(' ', areas.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(SpreadOne));

    /// <summary>One area that must stay one, such as that of a filter; null when nothing is left of it.</summary>
    public string? One(string area)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(area);
        if (c1 == 0 || r1 == 0 || c2 == 0 || r2 == 0)
            return area;
        var (top, bottom, left, right) = (layout.RangeStart(r1), layout.RangeEnd(r2), layout.RangeStartColumn(c1), layout.RangeEndColumn(c2));
        if (top > bottom || bottom <= 0 || left > right || right <= 0)
            return null;
        return Written(left, top, right, bottom, area.Contains(':'));
    }

    /// <summary>Where the copies of an area lie: with the row or column it stands in, else once, grown.</summary>
    public IEnumerable<(int Left, int Top, int Right, int Bottom)> Copies(string area)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(area);
        foreach (var (left, right) in Columns(c1, c2))
        {
            foreach (var (top, bottom) in Rows(r1, r2, isOne: true))
            {
                if (left > 0 && top > 0 && right >= left && bottom >= top)
                    yield return (left, top, right, bottom);
            }
        }
    }

    public static string Written(int left, int top, int right, int bottom, bool isRange) => !isRange && left == right && top == bottom
        ? CellRef.Address(left, top)
        : CellRef.Address(left, top) + ":" + CellRef.Address(right, bottom);

    /// <summary>The first cell of the area that is left, as the template numbers it; (0, 0) when none is.</summary>
    public (int Column, int Row) FirstLeft(string areas)
    {
        var first = areas.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        var (c1, r1, c2, r2) = CellRef.ParseArea(first);
        while (r1 < r2 && layout.FirstRow(r1) == 0)
            r1++;
        while (c1 < c2 && layout.FirstColumn(c1) == 0)
            c1++;
        return (c1, r1);
    }

    private IEnumerable<string> SpreadOne(string area)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(area);
        if (r1 == 0 && r2 == 0 && c1 > 0 && c2 > 0)
            return [.. Joined(Columns(c1, c2)).Select(across => CellRef.Column(across.First) + ":" + CellRef.Column(across.Last))];
        if (c1 == 0 && c2 == 0 && r1 > 0 && r2 > 0)
            return [.. Joined(Rows(r1, r2)).Select(down => $"{down.First}:{down.Last}")];
        if (c1 == 0 || r1 == 0 || c2 == 0 || r2 == 0)
            return [area];
        var rows = Joined(Rows(r1, r2));
        return Joined(Columns(c1, c2)).SelectMany(_ => rows, (across, down) => Written(across.First, down.First, across.Last, down.Last, area.Contains(':')));
    }

    /// <summary>Stretches that touch become one.</summary>
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

    /// <param name="r1">First row of the template.</param>
    /// <param name="r2">Last row of the template.</param>
    /// <param name="isOne">Whether it must not lie over other rows of a block it only begins or ends in, as merged cells must not.</param>
    private IEnumerable<(int Top, int Bottom)> Rows(int r1, int r2, bool isOne = false)
    {
        var end = isOne && EndsInside(r1, r2) ? layout.FirstRow(r2) : layout.RangeEnd(r2);
        var copies = layout.CopiesOfRow(r1);
        if (copies.Count == 0)
        {
            yield return (layout.RangeStart(r1), end);
            yield break;
        }

        foreach (var copy in copies)
        {
            var row = layout.Rows[copy];
            var turn = row.Turn;
            while (turn is not null && !turn.Holds(r2))
                turn = turn.Outer;
            if (turn is not null)
            {
                yield return (row.Number, r1 == r2 ? row.Number : Math.Max(row.Number, layout.LastWithin(turn, r2)));
                continue;
            }

            var beginsInside = isOne && Outermost(row.Turn) is { } around && around.Block.FirstRow < r1;
            yield return (beginsInside ? layout.LastRow(r1) : layout.RangeStart(r1), end);
            yield break;
        }
    }

    private bool EndsInside(int r1, int r2) => layout.FirstCopy(r2) is { } last && Outermost(last.Turn) is { } around && !around.Holds(r1) && around.Block.LastRow > r2;

    private static Turn? Outermost(Turn? turn)
    {
        while (turn?.Outer is { } outer)
            turn = outer;
        return turn;
    }

    private IEnumerable<(int Left, int Right)> Columns(int c1, int c2)
    {
        if (c1 != c2)
        {
            yield return (layout.RangeStartColumn(c1), layout.RangeEndColumn(c2));
            yield break;
        }

        foreach (var column in layout.CopiesOfColumn(c1))
            yield return (column, column);
    }
}
