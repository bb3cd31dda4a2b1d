using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The charts of a drawing: which rows of the sheet each lies over, and so which loop repeats it.</summary>
internal sealed partial class SheetDrawing
{
    /// <summary>Whether the chart lies in rows that a loop repeats, so that every repetition has its own.</summary>
    public bool RepeatsChart(string relation, SheetTemplate sheet) => _anchorsOfChart[relation].Any(anchor => LoopAround(anchor, sheet) is not null);

    /// <summary>Charts of both kinds, alone, in a group, or in a choice between markup of different years.</summary>
    private void ReadCharts()
    {
        var byId = Relations.Where(relation => !relation.IsExternal).DistinctBy(relation => relation.Id).ToDictionary(relation => relation.Id);
        for (var node = 0; node < _tree.Count; node++)
        {
            if (_tree.Name(node) is not (N.c_chart or N.cx_chart) || _tree.Attribute(node, "r:id"u8) is not { } id || !byId.TryGetValue(id, out var relation)
                || _tree.Ancestor(node, IsAnchor) is not (var anchor and not XmlTree.None))
                continue;
            var charts = _charts.TryGetValue(anchor, out var known) ? known : _charts[anchor] = [];
            if (!charts.Contains(relation))
                charts.Add(relation);
        }
    }

    private static bool IsAnchor(N name) => name is N.xdr_twoCellAnchor or N.xdr_oneCellAnchor or N.xdr_absoluteAnchor;

    /// <summary>The loop a chart belongs to. One that reaches beyond the repeated rows stands beside the list and shows all of it.</summary>
    private RowBlock? LoopAround(int anchor, SheetTemplate sheet) =>
        _charts.ContainsKey(anchor) && Rows(anchor, sheet) is { } rows ? sheet.LoopAround(rows.First, rows.Last) : null;

    /// <summary>First and last row the anchor reaches into; null when it does not say.</summary>
    private (int First, int Last)? Rows(int anchor, SheetTemplate sheet)
    {
        if (Corner(anchor, sheet) is not { } corner)
            return null;
        if (_tree.Child(anchor, N.xdr_to) is var to and not XmlTree.None)
            return (corner.Row, Number(to, N.xdr_row) + (Number(to, N.xdr_rowOff) > 0 ? 1 : 0));
        if (_tree.Child(anchor, N.xdr_ext) is var size and not XmlTree.None && _tree.IntAttribute(size, "cy"u8) is > 0 and var height)
            return (corner.Row, sheet.Grid.Rows.At(sheet.Grid.Rows.Start(corner.Row) + corner.Down + height - 1).Index);
        return null;
    }

    /// <summary>The cell of the upper left corner, counted from 1, and how far in that cell it is.</summary>
    private (int Row, long Down, int Column, long Right)? Corner(int anchor, SheetTemplate sheet)
    {
        if (_tree.Child(anchor, N.xdr_from) is var from and not XmlTree.None)
            return (Number(from, N.xdr_row) + 1, Number(from, N.xdr_rowOff), Number(from, N.xdr_col) + 1, 0);
        if (_tree.Child(anchor, N.xdr_pos) is not (var place and not XmlTree.None) || _tree.IntAttribute(place, "x"u8) is not { } x || _tree.IntAttribute(place, "y"u8) is not { } y)
            return null;
        var ((row, down), (column, right)) = (sheet.Grid.Rows.At(y), sheet.Grid.Columns.At(x));
        return (row, down, column, right);
    }
}
