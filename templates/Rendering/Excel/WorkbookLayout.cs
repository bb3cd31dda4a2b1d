using ProductionOffice.Expressions;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>A sheet that will be written: its layout, its place in the package, the scope of its copy.</summary>
internal sealed record LaidSheet(SheetLayout Layout, string Part, bool IsCopy, TemplateScope.Entry[] Scope)
{
    /// <summary>Whether nothing on it can differ from the template: it is carried over byte for byte.</summary>
    public bool IsAsInTemplate => !IsCopy && !Layout.Sheet.IsTouched;
}

/// <summary>All sheets of the finished workbook.</summary>
internal sealed class WorkbookLayout
{
    private readonly IReadOnlyList<SheetTemplate> _templates;
    private readonly OfficePackage _template;
    private readonly Evaluator _values;
    private readonly RenderedPackage _package;
    private readonly Dictionary<string, List<SheetLayout>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _taken;
    private readonly HashSet<string> _tables;

    private WorkbookLayout(IReadOnlyList<SheetTemplate> sheets, OfficePackage template, Evaluator values, RenderedPackage package)
    {
        (_templates, _template, _values, _package) = (sheets, template, values, package);
        _taken = new HashSet<string>(sheets.Where(HasOwnName).Select(sheet => sheet.Name).Append("History"), StringComparer.OrdinalIgnoreCase);
        _tables = new HashSet<string>(sheets.SelectMany(sheet => sheet.Tables).Select(table => table.Name), StringComparer.OrdinalIgnoreCase);
    }

    public List<LaidSheet> Sheets { get; } = [];

    public bool AnyMoved => Sheets.Exists(sheet => !sheet.Layout.IsUnmoved || sheet.Layout.Name != sheet.Layout.Sheet.Name);

    /// <summary>Lays every sheet, in the order of the template.</summary>
    public static WorkbookLayout Of(IReadOnlyList<SheetTemplate> sheets, OfficePackage template, Evaluator values, RenderedPackage package)
    {
        var layout = new WorkbookLayout(sheets, template, values, package);
        foreach (var sheet in sheets)
        {
            var depth = values.Scope.Depth;
            layout.Lay(sheet, depth);
            values.Scope.Release(depth);
        }

        return layout;
    }

    /// <summary>Whether the template had the sheet and the workbook has it no more.</summary>
    public bool IsGone(string templateName) => !_byName.ContainsKey(templateName) && _templates.Any(sheet => sheet.Name.Equals(templateName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sheet a formula means by a name of the template: its own copy, else the first one.</summary>
    public SheetLayout? Find(string templateName, SheetLayout? home)
    {
        if (home is not null && home.Sheet.Name.Equals(templateName, StringComparison.OrdinalIgnoreCase))
            return home;
        return _byName.GetValueOrDefault(templateName)?[0];
    }

    private static bool HasOwnName(SheetTemplate sheet) => sheet.NameTags.Count == 0 && !sheet.SheetTags.Exists(tag => tag.Kind == TagKind.For);

    private void Lay(SheetTemplate sheet, int depth)
    {
        if (sheet.SheetTags.Find(tag => tag.Kind == TagKind.For) is not { } loop)
        {
            Add(sheet, isCopy: false);
            return;
        }

        var list = _values.List(loop);
        for (var (i, made) = (0, 0); list is not null && i < list.Count && _values.Turn(loop); i++)
        {
            _values.Scope.PushLoop(list.Count).MoveTo(i);
            _values.Scope.Push(loop.Name!, list[i]);
            if (loop.IndexName is not null)
                _values.Scope.Push(loop.IndexName, Value.From(i));
            made += Add(sheet, isCopy: made > 0) ? 1 : 0;
            _values.Scope.Release(depth);
        }
    }

    private bool Add(SheetTemplate sheet, bool isCopy)
    {
        if (!sheet.SheetTags.TrueForAll(tag => tag.Kind != TagKind.If || _values.IsTrue(tag)))
            return false;
        var name = HasOwnName(sheet) ? sheet.Name : SheetNames.Legal(InlineText.Fill(sheet.Name, sheet.NameTags, _values), _taken);
        var scope = _values.Scope.Copy();
        var laid = new SheetLayout(sheet, name, _values) { Tables = isCopy && sheet.Tables.Count > 0 ? CopiedTables(sheet) : null };
        Sheets.Add(new LaidSheet(laid, isCopy ? SheetParts.NewPart(_template, _package, sheet.Part) : sheet.Part, isCopy, scope));
        (_byName.TryGetValue(sheet.Name, out var list) ? list : _byName[sheet.Name] = []).Add(laid);
        _values.Scope.Restore(scope);
        return true;
    }

    /// <summary>No two tables of a workbook may have one name.</summary>
    private Dictionary<string, string> CopiedTables(SheetTemplate sheet)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var table in sheet.Tables)
        {
            var number = 2;
            while (!_tables.Add($"{table.Name}_{number}"))
                number++;
            names[table.Name] = $"{table.Name}_{number}";
        }

        return names;
    }
}
