using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>A sheet that will be written: its layout, its place in the package, the scope of its copy.</summary>
internal sealed record LaidSheet(SheetLayout Layout, string Part, bool IsCopy, TemplateScope.Entry[] Scope)
{
    /// <summary>Whether nothing on it can differ from the template: it is carried over byte for byte.</summary>
    public bool IsAsInTemplate => !IsCopy && !Layout.Sheet.IsTouched;
}

/// <summary>All sheets of the finished workbook.</summary>
internal sealed class WorkbookLayout(IEnumerable<string> templateNames)
{
    private readonly HashSet<string> _templateNames = new(templateNames, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SheetLayout>> _byName = new(StringComparer.OrdinalIgnoreCase);

    public List<LaidSheet> Sheets { get; } = [];

    public bool AnyMoved => Sheets.Exists(sheet => !sheet.Layout.IsUnmoved || sheet.Layout.Name != sheet.Layout.Sheet.Name);

    public void Add(LaidSheet sheet)
    {
        Sheets.Add(sheet);
        var name = sheet.Layout.Sheet.Name;
        (_byName.TryGetValue(name, out var list) ? list : _byName[name] = []).Add(sheet.Layout);
    }

    /// <summary>Whether the template had the sheet and the workbook has it no more.</summary>
    public bool IsGone(string templateName) => _templateNames.Contains(templateName) && !_byName.ContainsKey(templateName);

    /// <summary>The sheet a formula means by a name of the template: its own copy, else the first one.</summary>
    public SheetLayout? Find(string templateName, SheetLayout? home)
    {
        if (home is not null && home.Sheet.Name.Equals(templateName, StringComparison.OrdinalIgnoreCase))
            return home;
        return _byName.GetValueOrDefault(templateName)?[0];
    }
}
