using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Page breaks: those of the template where their rows went, and those that tags ask for.</summary>
internal sealed class SheetBreaks(Utf8Buffer to, SheetLayout layout)
{
    private readonly XmlTree _tree = layout.Sheet.Tree;

    /// <summary>Breaks of a sheet whose template has none.</summary>
    public void WriteNew(bool isRows)
    {
        if ((isRows ? layout.PageBreaks : layout.ColumnBreaks).Count > 0)
            Write(isRows, [], isRows ? "rowBreaks" : "colBreaks");
    }

    public bool Write(int node, bool isRows)
    {
        var breaks = new SortedDictionary<int, string>();
        foreach (var child in _tree.Children(node))
        {
            if (_tree.IntAttribute(child, "id"u8) is not { } id)
                continue;
            var last = (isRows ? CellRef.MostColumns : CellRef.MostRows) - 1;
            foreach (var place in isRows ? AfterRow(id) : [layout.RangeEndColumn(id)])
                breaks[place] = $"<brk id=\"{place}\" max=\"{_tree.IntAttribute(child, "max"u8) ?? last}\"{(_tree.Attribute(child, "man"u8) is "0" or "false" ? "" : " man=\"1\"")}/>";
        }

        return Write(isRows, breaks, isRows ? "rowBreaks" : "colBreaks");
    }

    private bool Write(bool isRows, SortedDictionary<int, string> breaks, string name)
    {
        var last = (isRows ? CellRef.MostColumns : CellRef.MostRows) - 1;
        foreach (var before in isRows ? layout.PageBreaks : layout.ColumnBreaks)
        {
            if (before > 1)
                breaks.TryAdd(before - 1, string.Create(CultureInfo.InvariantCulture, $"<brk id=\"{before - 1}\" max=\"{last}\" man=\"1\"/>"));
        }

        breaks.Remove(0);
        if (breaks.Count == 0)
            return false;
        var manual = breaks.Values.Count(text => text.Contains("man=", StringComparison.Ordinal));
        to.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<{name} count=\"{breaks.Count}\" manualBreakCount=\"{manual}\">{string.Concat(breaks.Values)}</{name}>"));
        return true;
    }

    /// <summary>A break between two rows of a block comes with every copy of the block; any other one stays one.</summary>
    private IEnumerable<int> AfterRow(int row)
    {
        var any = false;
        foreach (var copy in layout.CopiesOfRow(row))
        {
            var laid = layout.Rows[copy];
            if (laid.Turn is not { } turn || !turn.Holds(row + 1))
                break;
            any = true;
            yield return laid.Number;
        }

        if (!any)
            yield return layout.RangeEnd(row);
    }
}
