using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>A compiled Excel template. Immutable.</summary>
internal sealed class ExcelTemplate : ICompiledTemplate
{
    private readonly OfficePackage _package;
    private readonly WorkbookPart _workbook;
    private readonly List<SheetTemplate> _sheets;
    private readonly WorkbookProperties _properties;
    private readonly Dictionary<string, SheetPart> _related = [];
    private readonly Dictionary<string, ChartPart> _charts = [];
    private readonly List<Tag> _tags = [];

    private ExcelTemplate(OfficePackage package, TagParser parser, ProblemList problems)
    {
        _package = package;
        _workbook = new WorkbookPart(package, parser, problems);
        _sheets = _workbook.Sheets;
        foreach (var sheet in _sheets)
            ReadRelated(sheet, parser);
        foreach (var chart in ChartPart.ReadAll(package, parser))
            _charts[chart.Part] = chart;

        _properties = new WorkbookProperties(package, parser, sheetsChange: _sheets.Exists(sheet => sheet.SheetTags.Count > 0 || sheet.NameTags.Count > 0));
        var cells = _sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row.Cells).SelectMany(cell => cell.Tags).ToHashSet();
        _tags.AddRange(_sheets.SelectMany(sheet => sheet.NameTags.Concat(sheet.Tags)));
        _tags.AddRange(_related.Values.SelectMany(part => part.Tags));
        _tags.AddRange(_charts.Values.SelectMany(chart => chart.Tags));
        _tags.AddRange(_properties.Tags);
        TextTags.Check(_tags.Where(tag => !cells.Contains(tag)), problems);
    }

    public IReadOnlyList<Tag> Tags => _tags;

    public int TrackedChanges => 0;

    public static ExcelTemplate Compile(OfficePackage package, TagParser parser, ProblemList problems) => new(package, parser, problems);

    public void Render(Evaluator values, RenderedPackage package)
    {
        var layout = WorkbookLayout.Of(_sheets, _package, values, package);
        if (!layout.Sheets.Exists(sheet => _workbook.IsVisible(sheet.Layout.Sheet)))
        {
            values.Problems.Add(new TemplateProblem { Code = "T012", Part = _package.MainPart, Message = "Every sheet of the workbook would go or be hidden; Excel needs at least one that is seen. Keep a sheet without #sheet." });
            return;
        }

        if (values.Stopped)
            return;
        var formulas = new FormulaWriter(layout);
        var styles = new StyleTable(_package, _workbook.PartOf("styles"));
        var charts = new SheetCharts(_package, _charts, values, package, formulas, _workbook.ChartRanges);
        var parts = new SheetParts(_package, _related, charts, values, package, formulas);
        foreach (var sheet in layout.Sheets)
        {
            if (sheet.IsCopy)
                package.CopyRelations(sheet.Layout.Sheet.Part, sheet.Part, relation => relation.Kind is not ("pivotTable" or "printerSettings"));
            var writer = new SheetWriter(sheet, values, styles, formulas, package, _workbook.From1904);
            if (!sheet.IsAsInTemplate)
            {
                var written = writer.Write();
                if (values.Problems.Errors.Count == 0)
                    package.Set(sheet.Part, written.Written);
                written.Release();
            }

            parts.Write(sheet, writer);
        }

        if (values.Problems.Errors.Count > 0)
            return;
        styles.Finish(package);
        charts.Finish();
        PivotSources.Move(_package, layout, package);
        _workbook.Write(layout, package, formulas, styles);
        _properties.Write(values, package);
    }

    /// <summary>Tables, comments, drawings and links of a sheet.</summary>
    private void ReadRelated(SheetTemplate sheet, TagParser parser)
    {
        foreach (var relation in _package.RelationsOf(sheet.Part))
        {
            if (relation.IsExternal)
            {
                sheet.ReadAddress(relation);
                continue;
            }

            var part = RelationshipSet.Resolve(sheet.Part, relation.Target);
            if (!SheetPart.IsOne(relation.Kind) || _package.Part(part) is not { } bytes || SheetPart.Read(part, relation.Kind, bytes, sheet.Name, parser, _package.RelationsOf(part)) is not { } related)
                continue;
            _related[part] = related;
            if (related is SheetTable table)
                sheet.Tables.Add(table.Area);
        }
    }
}
