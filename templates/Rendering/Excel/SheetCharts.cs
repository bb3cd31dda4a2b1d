using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes charts: their texts, and the ranges of their series as they follow the rows. A copied drawing has charts of its own, and so has every repetition of the rows a chart lies in.</summary>
/// <param name="template">The template.</param>
/// <param name="charts">Its charts by part.</param>
/// <param name="values">Where values come from.</param>
/// <param name="package">The finished workbook.</param>
/// <param name="formulas">Writes ranges as they follow the rows.</param>
/// <param name="ranges">Names that stand for the ranges of newer charts. There is one of each, so a copied chart names its cells itself.</param>
internal sealed class SheetCharts(OfficePackage template, Dictionary<string, ChartPart> charts, Evaluator values, RenderedPackage package, FormulaWriter formulas, IReadOnlyDictionary<string, string> ranges)
{
    private readonly HashSet<string> _left = [.. charts.Keys];

    /// <summary>The charts of a drawing, with the names of its sheet; those that lie in repeated rows are written with the drawing.</summary>
    public void Write(SheetDrawing drawing, string part, string target, LaidSheet sheet)
    {
        foreach (var relation in drawing.Relations.Where(relation => !relation.IsExternal))
        {
            var chartPart = RelationshipSet.Resolve(part, relation.Target);
            if (!charts.TryGetValue(chartPart, out var chart))
                continue;
            _left.Remove(chartPart);
            var chartTarget = chartPart;
            if (sheet.IsCopy)
            {
                chartTarget = Copy(chartPart);
                package.RelationsOf(target).Put(relation with { Target = "/" + chartTarget });
            }

            if (drawing.RepeatsChart(relation.Id, sheet.Layout.Sheet))
                continue;
            values.Scope.Restore(sheet.Scope);
            Write(chart, chartTarget, sheet.Layout, null, sheet.IsCopy);
            values.Scope.Release(0);
        }
    }

    /// <summary>The chart of one repetition; the names of its row are in the scope.</summary>
    /// <param name="part">Its part in the template.</param>
    /// <param name="target">The part of the first repetition.</param>
    /// <param name="isCopy">Whether it is a later one.</param>
    /// <param name="layout">Its sheet.</param>
    /// <param name="turn">The repetition.</param>
    /// <returns>The part of a later repetition; null for the first.</returns>
    public string? WriteTurn(string part, string target, bool isCopy, SheetLayout layout, Turn turn)
    {
        if (!charts.TryGetValue(part, out var chart))
            return null;
        if (isCopy)
            target = Copy(part);
        Write(chart, target, layout, turn, namesCells: true);
        return isCopy ? target : null;
    }

    /// <summary>Charts that no drawing of a sheet has: those of sheets that are charts.</summary>
    public void Finish()
    {
        foreach (var part in _left.Order(StringComparer.Ordinal))
            Write(charts[part], part, null, null, namesCells: false);
    }

    private string Copy(string part)
    {
        var copy = SheetParts.NewPart(template, package, part);
        package.CopyRelations(part, copy);
        return copy;
    }

    private void Write(ChartPart chart, string target, SheetLayout? home, Turn? turn, bool namesCells) =>
        package.SetChanged(chart.Part, target, chart.Write(values, (range, takesRanges) =>
            formulas.Write(Formula.Parse(namesCells ? ranges.GetValueOrDefault(range, range) : range, takesRanges), home, null, 0, turn)));
}
