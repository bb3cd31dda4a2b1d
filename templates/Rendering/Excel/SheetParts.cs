using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes what belongs to sheets: tables, comments, drawings and their charts. A copied sheet gets copies of its own.</summary>
internal sealed class SheetParts(OfficePackage template, Dictionary<string, SheetPart> related, Dictionary<string, ChartPart> charts, Evaluator values, RenderedPackage package, FormulaWriter formulas)
{
    private readonly HashSet<string> _chartsLeft = [.. charts.Keys];
    private readonly string _folder = template.MainPart[..(template.MainPart.LastIndexOf('/') + 1)];

    /// <summary>Reserves the part of a copy.</summary>
    public static string NewPart(OfficePackage template, RenderedPackage package, string part)
    {
        var dot = part.LastIndexOf('.');
        var stem = part[..dot].TrimEnd("0123456789".ToCharArray());
        for (var number = 2; ; number++)
        {
            var made = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}{part[dot..]}");
            if (package.Exists(made))
                continue;
            package.Set(made, []);
            package.ContentTypes.Set(made, template.ContentTypes.Of(part) ?? "application/xml");
            return made;
        }
    }

    public void Write(LaidSheet sheet, SheetWriter writer)
    {
        var relations = package.RelationsOf(sheet.Part);
        foreach (var relation in template.RelationsOf(sheet.Layout.Sheet.Part))
        {
            var part = RelationshipSet.Resolve(sheet.Layout.Sheet.Part, relation.Target);
            if (relation.IsExternal || !related.TryGetValue(part, out var known) || (sheet.IsCopy && relation.Kind == "pivotTable"))
                continue;
            var target = part;
            if (sheet.IsCopy)
            {
                target = NewPart(template, package, part);
                relations.Put(relation with { Target = "/" + target });
                package.CopyRelations(part, target);
            }

            if (known is SheetDrawing drawing)
                Charts(drawing, part, target, sheet);
            Put(part, target, known.Write(Render(sheet, target, writer, relation.Kind == "drawing")));
        }

        if (writer.NewDrawing is { } made)
            package.Set(made, SheetDrawing.New(Render(sheet, made, writer, takesPictures: true)));
    }

    /// <summary>Charts that no drawing of a sheet has: those of sheets that are charts.</summary>
    public void Finish()
    {
        foreach (var part in _chartsLeft.Order(StringComparer.Ordinal))
            Chart(charts[part], part, null);
    }

    private SheetPartRender Render(LaidSheet sheet, string part, SheetWriter writer, bool takesPictures) =>
        new(sheet, part, values, formulas, package) { Pictures = takesPictures ? writer.Pictures : [], Folder = _folder, Headers = writer.Headers };

    private void Put(string part, string target, byte[]? bytes)
    {
        var isCopy = part != target;
        if (bytes is not null ? isCopy || !bytes.AsSpan().SequenceEqual(template.Part(part)) : isCopy)
            package.Set(target, bytes ?? template.Part(part)!);
    }

    /// <summary>The charts of a drawing, with the names of its sheet; a copied drawing has charts of its own.</summary>
    private void Charts(SheetDrawing drawing, string part, string target, LaidSheet sheet)
    {
        foreach (var relation in drawing.Relations.Where(relation => !relation.IsExternal))
        {
            var chartPart = RelationshipSet.Resolve(part, relation.Target);
            if (!charts.TryGetValue(chartPart, out var chart))
                continue;
            _chartsLeft.Remove(chartPart);
            var chartTarget = chartPart;
            if (sheet.IsCopy)
            {
                chartTarget = NewPart(template, package, chartPart);
                package.RelationsOf(target).Put(relation with { Target = "/" + chartTarget });
                package.CopyRelations(chartPart, chartTarget);
            }

            values.Scope.Restore(sheet.Scope);
            Chart(chart, chartTarget, sheet.Layout);
            values.Scope.Release(0);
        }
    }

    private void Chart(ChartPart chart, string target, SheetLayout? home) =>
        Put(chart.Part, target, chart.Write(values, (range, takesRanges) => formulas.Write(Formula.Parse(range, takesRanges), home, null, 0)));
}
