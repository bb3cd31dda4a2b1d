using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The workbook itself: its list of sheets, its names, how it is looked at.</summary>
internal sealed class WorkbookPart
{
    private readonly OfficePackage _package;
    private readonly XmlTree _tree;
    private readonly string _folder;
    private readonly List<(int Node, string Id)> _entries = [];
    private readonly bool _linksAreGone;
    private readonly byte[]? _emptiedTexts;

    public WorkbookPart(OfficePackage package, TagParser parser, ProblemList problems)
    {
        _package = package;
        _tree = package.Tree(package.MainPart)!;
        _folder = package.MainPart[..(package.MainPart.LastIndexOf('/') + 1)];
        _linksAreGone = package.Dropped.Any(part => part.Contains("/externalLinks/", StringComparison.OrdinalIgnoreCase));
        From1904 = _tree.Descendants(_tree.Root, N.workbookPr).Any(node => _tree.Attribute(node, "date1904"u8) is "1" or "true");
        foreach (var name in _tree.Descendants(_tree.Root, N.definedName))
        {
            if (_tree.Attribute(name, "name"u8) is { } word && word.StartsWith("_xlchart.", StringComparison.Ordinal))
                ChartRanges[word] = _tree.Text(name);
        }

        var relations = package.RelationsOf(package.MainPart);
        var texts = CellText.ReadAll(package, PartOf("sharedStrings"), out _emptiedTexts);
        foreach (var node in _tree.Descendants(_tree.Root, N.sheet))
        {
            var id = _tree.Attribute(node, "r:id"u8) ?? "";
            var relation = relations.FirstOrDefault(relation => relation.Id == id);
            var part = relation is null ? "" : RelationshipSet.Resolve(package.MainPart, relation.Target);
            if (relation?.Kind is not ("worksheet" or "chartsheet" or "dialogsheet") || package.Tree(part) is not { } sheet)
                throw new TemplateException("D006", $"The sheet “{_tree.Attribute(node, "name"u8)}” is not in the file, or is no worksheet. Open it in Excel and save it anew.", part);
            _entries.Add((node, id));
            Sheets.Add(new SheetTemplate(_tree.Attribute(node, "name"u8) ?? "", part, sheet, texts, parser, problems, _linksAreGone));
        }
    }

    public List<SheetTemplate> Sheets { get; } = [];

    /// <summary>Hidden names under which Excel keeps the ranges of charts of the newer kind.</summary>
    public Dictionary<string, string> ChartRanges { get; } = [];

    /// <summary>Whether days are counted from 1904.</summary>
    public bool From1904 { get; }

    /// <summary>The part of the workbook of a kind, or an empty name.</summary>
    public string PartOf(string kind) => _package.RelationsOf(_package.MainPart).FirstOrDefault(relation => relation.Kind == kind) is { } relation
        ? RelationshipSet.Resolve(_package.MainPart, relation.Target)
        : "";

    public bool IsVisible(SheetTemplate sheet) => _tree.Attribute(_entries[Sheets.IndexOf(sheet)].Node, "state"u8) is null or "visible";

    public void Write(WorkbookLayout layout, RenderedPackage package, FormulaWriter formulas, StyleTable styles)
    {
        var relations = package.RelationsOf(_package.MainPart);
        RemoveStale(package, relations);
        if (styles.IsNew)
            relations.Add("styles", "/" + styles.Part, isExternal: false);
        var xml = new Utf8Buffer(_tree.Bytes.Length + 512);
        var root = _tree.Root;
        var hasCalculation = _tree.Child(root, N.calcPr) != XmlTree.None;
        var after = _tree.Children(root).LastOrDefault(node => _tree.Name(node) is N.definedNames or N.sheets or N.externalReferences or N.functionGroups, XmlTree.None);
        xml.Write(_tree.Bytes.AsSpan(0, _tree[root].ContentStart));
        for (var node = _tree.First(root); node != XmlTree.None; node = _tree.Next(node))
        {
            Element(xml, node, layout, relations, formulas);
            if (!hasCalculation && node == after)
                xml.Write("<calcPr fullCalcOnLoad=\"1\"/>"u8);
        }

        xml.Write(_tree.Bytes.AsSpan(_tree[root].ContentEnd));
        package.Set(_package.MainPart, xml.Written);
        xml.Release();
        if (_emptiedTexts is not null)
            package.Set(PartOf("sharedStrings"), _emptiedTexts);
        RemoveSheets(layout, package, relations);
    }

    private void Element(Utf8Buffer xml, int node, WorkbookLayout layout, RelationshipSet relations, FormulaWriter formulas)
    {
        switch (_tree.Name(node))
        {
            case N.sheets:
                List(xml, layout, relations);
                break;
            case N.definedNames:
                new WorkbookNames(_tree, Sheets, layout, formulas, _linksAreGone).Write(xml, node);
                break;
            case N.externalReferences when _linksAreGone:
                break;
            case N.calcPr:
                xml.Write(XmlText.WithAttribute(_tree.StartTag(node), "fullCalcOnLoad"u8, "1"));
                if (!_tree.IsEmpty(node))
                    xml.Write(_tree.EndTag(node));
                break;
            case N.bookViews when layout.Sheets.Count != Sheets.Count || layout.Sheets.Exists(sheet => sheet.IsCopy):
                Views(xml, node, layout);
                break;
            default:
                xml.Write(_tree.Span(node));
                break;
        }
    }

    /// <summary>The calculation chain, and links to other workbooks that were dropped.</summary>
    private void RemoveStale(RenderedPackage package, RelationshipSet relations)
    {
        foreach (var stale in relations.Template.Where(relation => relation.Kind == "calcChain" || (_linksAreGone && relation.Kind == "externalLink")))
        {
            relations.Remove(stale.Id);
            package.Remove(RelationshipSet.Resolve(_package.MainPart, stale.Target));
        }
    }

    /// <summary>Each window shows the sheet it showed, or the first one that is seen.</summary>
    private void Views(Utf8Buffer xml, int node, WorkbookLayout layout)
    {
        xml.Write(_tree.StartTag(node));
        foreach (var view in _tree.Children(node))
        {
            var tag = _tree.StartTag(view);
            foreach (var (name, text) in new[] { ("activeTab", _tree.Attribute(view, "activeTab"u8)), ("firstSheet", _tree.Attribute(view, "firstSheet"u8)) })
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(name);
                if (!int.TryParse(text, CultureInfo.InvariantCulture, out var old) || old < 0 || old >= Sheets.Count)
                    continue;
                var place = layout.Sheets.FindIndex(sheet => sheet.Layout.Sheet == Sheets[old]);
                if (place < 0)
                    place = layout.Sheets.FindIndex(sheet => IsVisible(sheet.Layout.Sheet));
                tag = place == 0 ? XmlText.WithoutAttribute(tag, bytes) : XmlText.WithAttribute(tag, bytes, place.ToString(CultureInfo.InvariantCulture));
            }

            // A window without a word on it shows the first sheet, which may have gone.
            if (_tree.Attribute(view, "activeTab"u8) is null && !IsVisible(layout.Sheets[0].Layout.Sheet))
                tag = XmlText.WithAttribute(tag, "activeTab"u8, layout.Sheets.FindIndex(sheet => IsVisible(sheet.Layout.Sheet)).ToString(CultureInfo.InvariantCulture));
            xml.Write(tag);
            if (!_tree.IsEmpty(view))
            {
                xml.Write(_tree.Content(view));
                xml.Write(_tree.EndTag(view));
            }
        }

        xml.Write(_tree.EndTag(node));
    }

    private void List(Utf8Buffer xml, WorkbookLayout layout, RelationshipSet relations)
    {
        var next = _entries.Max(entry => _tree.IntAttribute(entry.Node, "sheetId"u8) ?? 1);
        xml.Write("<sheets>"u8);
        foreach (var sheet in layout.Sheets)
        {
            var entry = _entries[Sheets.IndexOf(sheet.Layout.Sheet)].Node;
            var tag = XmlText.WithAttribute(_tree.StartTag(entry), "name"u8, sheet.Layout.Name);
            if (sheet.IsCopy)
            {
                tag = XmlText.WithAttribute(tag, "sheetId"u8, (++next).ToString(CultureInfo.InvariantCulture));
                tag = XmlText.WithAttribute(tag, "r:id"u8, relations.Add("worksheet", RelationshipSet.Relative(_folder + "x", sheet.Part), isExternal: false));
            }

            xml.Write(tag);
            if (!_tree.IsEmpty(entry))
                xml.Write(_tree.EndTag(entry));
        }

        xml.Write("</sheets>"u8);
    }

    /// <summary>Sheets that are not wanted go with everything only they have.</summary>
    private void RemoveSheets(WorkbookLayout layout, RenderedPackage package, RelationshipSet relations)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (layout.Sheets.Exists(sheet => sheet.Layout.Sheet == Sheets[i]))
                continue;
            relations.Remove(_entries[i].Id);
            package.Remove(Sheets[i].Part);
            package.RemoveOrphans(Sheets[i].Part);
        }
    }
}
