using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes what belongs to sheets: tables, comments, drawings and their charts. A copied sheet gets copies of its own.</summary>
internal sealed class SheetParts(OfficePackage template, Dictionary<string, SheetPart> related, SheetCharts charts, Evaluator values, RenderedPackage package, FormulaWriter formulas)
{
    private readonly string _folder = template.MainPart[..(template.MainPart.LastIndexOf('/') + 1)];

    /// <summary>Reserves the part of a copy.</summary>
    public static string NewPart(OfficePackage template, RenderedPackage package, string part)
    {
        var dot = part.LastIndexOf('.');
        var made = package.FreeName(part[..dot].TrimEnd("0123456789".ToCharArray()), part[dot..], from: 2);
        package.Set(made, []);
        package.ContentTypes.Set(made, template.ContentTypes.Of(part) ?? "application/xml");
        return made;
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
                charts.Write(drawing, part, target, sheet);
            package.SetChanged(part, target, known.Write(Render(sheet, target, writer, relation.Kind == "drawing")));
        }

        if (writer.NewDrawing is { } made)
            package.Set(made, SheetDrawing.New(Render(sheet, made, writer, takesPictures: true)));
    }

    private SheetPartRender Render(LaidSheet sheet, string part, SheetWriter writer, bool takesPictures) =>
        new(sheet, part, values, formulas, package) { Pictures = takesPictures ? writer.Pictures : [], Folder = _folder, Headers = writer.Headers, Charts = charts };
}
