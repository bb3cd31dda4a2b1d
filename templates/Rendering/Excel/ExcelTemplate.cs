using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A compiled Excel template. Immutable.</summary>
internal sealed class ExcelTemplate : ICompiledTemplate
{
    private readonly OfficePackage _package;
    private readonly XmlTree _workbook;
    private readonly string _folder;
    private readonly List<SheetTemplate> _sheets = [];
    private readonly List<(int Node, string Id)> _entries = [];
    private readonly List<PropertyPart> _properties = [];
    private readonly Dictionary<string, SheetPart> _related = [];
    private readonly Dictionary<string, ChartPart> _charts = [];
    private readonly List<Tag> _tags = [];
    private readonly bool _linksAreGone;

    private ExcelTemplate(OfficePackage package, TagParser parser, ProblemList problems)
    {
        _package = package;
        _workbook = XmlScan.Read(package.Part(package.MainPart)!, package.MainPart);
        _folder = package.MainPart[..(package.MainPart.LastIndexOf('/') + 1)];
        var relations = package.RelationsOf(package.MainPart);
        _linksAreGone = package.Dropped.Any(part => part.Contains("/externalLinks/", StringComparison.OrdinalIgnoreCase));
        var stringsPart = relations.FirstOrDefault(relation => relation.Kind == "sharedStrings") is { } strings ? RelationshipSet.Resolve(package.MainPart, strings.Target) : "";
        var texts = CellText.ReadAll(package, stringsPart);
        foreach (var node in _workbook.Descendants(_workbook.Root, N.sheet))
        {
            var id = _workbook.Attribute(node, "r:id"u8) ?? "";
            var relation = relations.FirstOrDefault(relation => relation.Id == id);
            var part = relation is null ? "" : RelationshipSet.Resolve(package.MainPart, relation.Target);
            if (relation?.Kind is not ("worksheet" or "chartsheet" or "dialogsheet") || package.Part(part) is not { } bytes)
                throw new TemplateException("D006", $"The sheet “{_workbook.Attribute(node, "name"u8)}” is not in the file, or is no worksheet. Open it in Excel and save it anew.", part);
            _entries.Add((node, id));
            _sheets.Add(new SheetTemplate(_workbook.Attribute(node, "name"u8) ?? "", part, XmlScan.Read(bytes, part), texts, parser, problems, _linksAreGone));
        }

        foreach (var sheet in _sheets)
        {
            foreach (var relation in package.RelationsOf(sheet.Part))
            {
                if (relation.IsExternal)
                {
                    sheet.ReadAddress(relation);
                    continue;
                }

                var part = RelationshipSet.Resolve(sheet.Part, relation.Target);
                if (SheetPart.IsOne(relation.Kind) && package.Part(part) is { } bytes && SheetPart.Read(part, relation.Kind, bytes, sheet.Name, parser, package.RelationsOf(part)) is { } related)
                    _related[part] = related;
            }
        }

        foreach (var chart in ChartPart.ReadAll(package, parser))
            _charts[chart.Part] = chart;

        _properties.AddRange(PropertyPart.ReadAll(package, parser));
        _tags.AddRange(_sheets.SelectMany(sheet => sheet.NameTags.Concat(sheet.Tags)));
        _tags.AddRange(_related.Values.SelectMany(part => part.Tags));
        _tags.AddRange(_charts.Values.SelectMany(chart => chart.Tags));
        _tags.AddRange(_properties.SelectMany(part => part.Tags));
    }

    public IReadOnlyList<Tag> Tags => _tags;

    public int TrackedChanges => 0;

    public static ExcelTemplate Compile(OfficePackage package, TagParser parser, ProblemList problems) => new(package, parser, problems);

    public void Render(Evaluator values, RenderedPackage package)
    {
        var layout = LayOut(values, package);
        if (layout.Sheets.Count == 0)
        {
            values.Problems.Add(new TemplateProblem { Code = "T012", Part = _package.MainPart, Message = "Every sheet of the workbook would go; Excel needs at least one. Keep a sheet without #sheet." });
            return;
        }

        if (values.Stopped)
            return;
        var formulas = new FormulaWriter(layout);
        var stylesPart = _package.RelationsOf(_package.MainPart).FirstOrDefault(relation => relation.Kind == "styles") is { } relation ? RelationshipSet.Resolve(_package.MainPart, relation.Target) : "";
        var styles = new StyleTable(_package, stylesPart);
        var charts = new HashSet<string>(_charts.Keys);
        foreach (var sheet in layout.Sheets)
        {
            if (sheet.IsCopy)
                package.CopyRelations(sheet.Layout.Sheet.Part, sheet.Part, relation => relation.Kind is not ("pivotTable" or "printerSettings"));
            var writer = new SheetWriter(sheet, values, styles, formulas, package);
            if (!sheet.IsAsInTemplate)
            {
                var written = writer.Write();
                if (values.Problems.Errors.Count == 0)
                    package.Set(sheet.Part, written.Written);
                written.Release();
            }

            Related(sheet, values, package, formulas, writer, charts);
        }

        if (values.Problems.Errors.Count > 0)
            return;
        styles.Finish(package);
        foreach (var part in charts.Order(StringComparer.Ordinal))
            Chart(_charts[part], part, null, values, package, formulas);
        Pivots(layout, package);
        Workbook(layout, package, formulas);
        foreach (var property in _properties)
            package.Set(property.Part, property.Fill(values));
    }

    private WorkbookLayout LayOut(Evaluator values, RenderedPackage package)
    {
        var layout = new WorkbookLayout(_sheets.Select(sheet => sheet.Name));
        var taken = new HashSet<string>(_sheets.Where(sheet => sheet.NameTags.Count == 0 && sheet.SheetTag?.Kind != TagKind.For).Select(sheet => sheet.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in _sheets)
        {
            var depth = values.Scope.Depth;
            if (sheet.SheetTag is { Kind: TagKind.If } condition)
            {
                if (values.IsTrue(condition))
                    Add(sheet, isCopy: false);
            }
            else if (sheet.SheetTag is { } loop)
            {
                var list = values.List(loop);
                for (var i = 0; list is not null && i < list.Count && values.Turn(loop); i++)
                {
                    values.Scope.PushLoop(list.Count).MoveTo(i);
                    values.Scope.Push(loop.Name!, list[i]);
                    if (loop.IndexName is not null)
                        values.Scope.Push(loop.IndexName, Value.From(i));
                    Add(sheet, isCopy: i > 0);
                    values.Scope.Release(depth);
                }
            }
            else
            {
                Add(sheet, isCopy: false);
            }

            values.Scope.Release(depth);
        }

        return layout;

        void Add(SheetTemplate sheet, bool isCopy)
        {
            var isOwn = sheet.NameTags.Count == 0 && sheet.SheetTag?.Kind != TagKind.For;
            var name = isOwn ? sheet.Name : SheetNames.Legal(InlineText.Fill(sheet.Name, sheet.NameTags, values), taken);
            var scope = values.Scope.Copy();
            layout.Add(new LaidSheet(new SheetLayout(sheet, name, values), isCopy ? NewPart(sheet.Part, package) : sheet.Part, isCopy, scope));
            values.Scope.Restore(scope);
        }
    }

    /// <summary>Reserves the part of a copied sheet.</summary>
    private string NewPart(string part, RenderedPackage package)
    {
        var stem = part[..^4].TrimEnd("0123456789".ToCharArray());
        for (var number = 2; ; number++)
        {
            var made = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}.xml");
            if (package.Exists(made))
                continue;
            package.Set(made, []);
            package.ContentTypes.Set(made, _package.ContentTypes.Of(part) ?? "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
            return made;
        }
    }

    /// <summary>Tables, comments and drawings of a sheet; a copied sheet gets copies of its own.</summary>
    private void Related(LaidSheet sheet, Evaluator values, RenderedPackage package, FormulaWriter formulas, SheetWriter writer, HashSet<string> charts)
    {
        var relations = package.RelationsOf(sheet.Part);
        foreach (var relation in _package.RelationsOf(sheet.Layout.Sheet.Part))
        {
            var part = RelationshipSet.Resolve(sheet.Layout.Sheet.Part, relation.Target);
            if (relation.IsExternal || !_related.TryGetValue(part, out var related) || (sheet.IsCopy && relation.Kind == "pivotTable"))
                continue;
            var target = part;
            if (sheet.IsCopy)
            {
                target = NewPart(part, package);
                relations.Put(relation with { Target = "/" + target });
                package.CopyRelations(part, target);
            }

            if (related is SheetDrawing drawing)
                Charts(drawing, part, target, sheet, values, package, formulas, charts);
            var bytes = related.Write(new SheetPartRender(sheet, target, values, formulas, package) { Pictures = relation.Kind == "drawing" ? writer.Pictures : [], Folder = _folder });
            if (bytes is not null ? sheet.IsCopy || !bytes.AsSpan().SequenceEqual(_package.Part(part)) : sheet.IsCopy)
                package.Set(target, bytes ?? _package.Part(part)!);
        }

        if (writer.NewDrawing is { } made)
            package.Set(made, SheetDrawing.New(new SheetPartRender(sheet, made, values, formulas, package) { Pictures = writer.Pictures, Folder = _folder }));
    }

    /// <summary>The charts of a drawing, with the names of its sheet; a copied drawing has charts of its own.</summary>
    private void Charts(SheetDrawing drawing, string part, string target, LaidSheet sheet, Evaluator values, RenderedPackage package, FormulaWriter formulas, HashSet<string> charts)
    {
        foreach (var relation in drawing.Relations.Where(relation => !relation.IsExternal))
        {
            var chartPart = RelationshipSet.Resolve(part, relation.Target);
            if (!_charts.TryGetValue(chartPart, out var chart))
                continue;
            charts.Remove(chartPart);
            var chartTarget = chartPart;
            if (sheet.IsCopy)
            {
                chartTarget = NewPart(chartPart, package);
                package.RelationsOf(target).Put(relation with { Target = "/" + chartTarget });
                package.CopyRelations(chartPart, chartTarget);
            }

            values.Scope.Restore(sheet.Scope);
            Chart(chart, chartTarget, sheet.Layout, values, package, formulas);
            values.Scope.Release(0);
        }
    }

    private void Chart(ChartPart chart, string target, SheetLayout? home, Evaluator values, RenderedPackage package, FormulaWriter formulas)
    {
        var bytes = chart.Write(values, range => formulas.Write(Formula.Parse(range), home, null, 0));
        if (bytes is not null ? target != chart.Part || !bytes.AsSpan().SequenceEqual(_package.Part(chart.Part)) : target != chart.Part)
            package.Set(target, bytes ?? _package.Part(chart.Part)!);
    }

    /// <summary>The ranges pivot tables read from; they read anew when the workbook is opened.</summary>
    private void Pivots(WorkbookLayout layout, RenderedPackage package)
    {
        foreach (var entry in _package.Zip.Entries)
        {
            if (!entry.Name.Contains("/pivotCacheDefinition", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || _package.Part(entry.Name) is not { } bytes)
                continue;
            var tree = XmlScan.Read(bytes, entry.Name);
            var moved = XmlRewrite.Rewrite(tree, node =>
            {
                if (node == tree.Root)
                    return XmlText.WithAttribute(tree.StartTag(node), "refreshOnLoad"u8, "1");
                if (tree.Name(node) != N.worksheetSource || tree.Attribute(node, "sheet"u8) is not { } name || layout.Find(name, null) is not { } source)
                    return null;
                var tag = XmlText.WithAttribute(tree.StartTag(node), "sheet"u8, source.Name);
                return tree.Attribute(node, "ref"u8) is { } area ? XmlText.WithAttribute(tag, "ref"u8, FormulaWriter.Area(source, area)) : tag;
            }, _ => null);
            if (moved is not null && layout.AnyMoved)
                package.Set(entry.Name, moved);
        }
    }

    private void Workbook(WorkbookLayout layout, RenderedPackage package, FormulaWriter formulas)
    {
        var relations = package.RelationsOf(_package.MainPart);
        foreach (var chain in relations.Template.Where(relation => relation.Kind == "calcChain"))
        {
            relations.Remove(chain.Id);
            package.Remove(RelationshipSet.Resolve(_package.MainPart, chain.Target));
        }

        foreach (var link in _linksAreGone ? relations.Template.Where(relation => relation.Kind == "externalLink") : [])
        {
            relations.Remove(link.Id);
            package.Remove(RelationshipSet.Resolve(_package.MainPart, link.Target));
        }

        var xml = new Utf8Buffer(_workbook.Bytes.Length + 512);
        var root = _workbook.Root;
        var hasCalculation = _workbook.Child(root, N.calcPr) != XmlTree.None;
        var after = _workbook.Children(root).LastOrDefault(node => _workbook.Name(node) is N.definedNames or N.sheets, XmlTree.None);
        xml.Write(_workbook.Bytes.AsSpan(0, _workbook[root].ContentStart));
        for (var node = _workbook.First(root); node != XmlTree.None; node = _workbook.Next(node))
        {
            switch (_workbook.Name(node))
            {
                case N.sheets:
                    Sheets(xml, layout, relations);
                    break;
                case N.definedNames:
                    Names(xml, node, layout, formulas);
                    break;
                case N.externalReferences when _linksAreGone:
                    break;
                case N.calcPr:
                    xml.Write(XmlText.WithAttribute(_workbook.StartTag(node), "fullCalcOnLoad"u8, "1"));
                    if (!_workbook.IsEmpty(node))
                        xml.Write(_workbook.EndTag(node));
                    break;
                case N.bookViews when layout.Sheets.Count < _sheets.Count:
                    foreach (var view in _workbook.Children(node).Take(1))
                    {
                        xml.Write("<bookViews>"u8);
                        xml.Write(XmlText.WithoutAttribute(XmlText.WithoutAttribute(_workbook.StartTag(view), "activeTab"u8), "firstSheet"u8));
                        xml.Write(_workbook.IsEmpty(view) ? "</bookViews>"u8 : [.. _workbook.EndTag(view), .. "</bookViews>"u8]);
                    }

                    break;
                default:
                    xml.Write(_workbook.Span(node));
                    break;
            }

            if (!hasCalculation && node == after)
                xml.Write("<calcPr fullCalcOnLoad=\"1\"/>"u8);
        }

        xml.Write(_workbook.Bytes.AsSpan(_workbook[root].ContentEnd));
        package.Set(_package.MainPart, xml.Written);
        xml.Release();
        foreach (var (entry, index) in _entries.Select((entry, index) => (entry, index)))
        {
            if (layout.Sheets.Exists(sheet => sheet.Layout.Sheet == _sheets[index]))
                continue;
            relations.Remove(entry.Id);
            package.Remove(_sheets[index].Part);
        }
    }

    private void Sheets(Utf8Buffer xml, WorkbookLayout layout, RelationshipSet relations)
    {
        var ids = _entries.Select(entry => _workbook.IntAttribute(entry.Node, "sheetId"u8) ?? 1).ToList();
        var next = ids.Max();
        xml.Write("<sheets>"u8);
        foreach (var sheet in layout.Sheets)
        {
            var index = _sheets.IndexOf(sheet.Layout.Sheet);
            var tag = XmlText.WithAttribute(_workbook.ClosedTag(_entries[index].Node), "name"u8, sheet.Layout.Name);
            if (sheet.IsCopy)
            {
                tag = XmlText.WithAttribute(tag, "sheetId"u8, (++next).ToString(CultureInfo.InvariantCulture));
                tag = XmlText.WithAttribute(tag, "r:id"u8, relations.Add("worksheet", RelationshipSet.Relative(_folder + "x", sheet.Part), isExternal: false));
            }

            xml.Write(tag);
        }

        xml.Write("</sheets>"u8);
    }

    private void Names(Utf8Buffer xml, int node, WorkbookLayout layout, FormulaWriter formulas)
    {
        if (_workbook.IsEmpty(node))
        {
            xml.Write(_workbook.Span(node));
            return;
        }

        xml.Write(_workbook.StartTag(node));
        foreach (var name in _workbook.Children(node).Where(name => _workbook.Name(name) == N.definedName && !_workbook.IsEmpty(name)))
        {
            if (_linksAreGone && Formula.IsExternal(_workbook.Text(name)))
            {
                Name(_workbook.StartTag(name).ToArray(), "#REF!");
                continue;
            }

            var formula = Formula.Parse(_workbook.Text(name));
            if (_workbook.IntAttribute(name, "localSheetId"u8) is not (>= 0 and var local) || local >= _sheets.Count)
            {
                Name(_workbook.StartTag(name).ToArray(), formulas.Write(formula, null, null, 0));
                continue;
            }

            for (var i = 0; i < layout.Sheets.Count; i++)
            {
                if (layout.Sheets[i].Layout.Sheet == _sheets[local])
                    Name(XmlText.WithAttribute(_workbook.StartTag(name), "localSheetId"u8, i.ToString(CultureInfo.InvariantCulture)), formulas.Write(formula, layout.Sheets[i].Layout, null, 0));
            }
        }

        xml.Write(_workbook.EndTag(node));

        void Name(byte[] tag, string text)
        {
            xml.Write(tag);
            xml.WriteText(text);
            xml.Write("</definedName>"u8);
        }
    }
}
