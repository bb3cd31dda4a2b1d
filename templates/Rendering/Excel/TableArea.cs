using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Where a table lies in the template.</summary>
internal sealed record TableArea(string Name, int Left, int Top, int Right, int Bottom, int HeaderRows, int TotalsRows, IReadOnlyList<string> Columns)
{
    public int FirstData => Top + HeaderRows;

    public int LastData => Bottom - TotalsRows;

    public static TableArea Read(XmlTree tree)
    {
        var root = tree.Root;
        var (c1, r1, c2, r2) = CellRef.ParseArea(tree.Attribute(root, "ref"u8) ?? "");
        return new TableArea(
            tree.Attribute(root, "displayName"u8) ?? tree.Attribute(root, "name"u8) ?? "", c1, r1, c2, r2,
            tree.IntAttribute(root, "headerRowCount"u8) ?? 1, tree.IntAttribute(root, "totalsRowCount"u8) ?? 0,
            [.. tree.Descendants(root, N.tableColumn).Select(column => tree.Attribute(column, "name"u8) ?? "")]);
    }
}

/// <summary>
/// The headers of tables. Excel takes a workbook for damaged when a header is no text, is empty, comes twice, or differs from the name its table part has;
/// so headers that tags or repeated columns make are written as texts of their own, and remembered for the table part.
/// </summary>
internal sealed class TableHeaders(SheetLayout layout)
{
    private readonly Dictionary<(TableArea Table, int Column), string> _written = [];
    private readonly HashSet<(TableArea Table, string Name)> _taken = [];
    private readonly List<TableArea> _tables = [.. layout.Sheet.Tables.Where(table => table.HeaderRows > 0 && Changes(layout, table))];

    /// <summary>The table whose header the cell of the template is, when it has to be written anew.</summary>
    public TableArea? Of(int row, int column) => _tables.Count == 0 ? null : _tables.Find(table => row == table.Top && column >= table.Left && column <= table.Right);

    /// <summary>A text that can be the header of the column, near to the wanted one.</summary>
    public string Take(TableArea table, int column, string wanted)
    {
        var name = wanted.Length == 0 ? "Column" : wanted;
        var unique = wanted.Length == 0 ? "Column1" : name;
        for (var number = 2; !_taken.Add((table, unique.ToUpperInvariant())); number++)
            unique = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _written[(table, column)] = unique;
    }

    /// <summary>The header that was written over a column, or null.</summary>
    public string? Written(TableArea table, int column) => _written.GetValueOrDefault((table, column));

    public bool Rules(TableArea table) => _tables.Contains(table);

    private static bool Changes(SheetLayout layout, TableArea table) => layout.Sheet.ColumnTags.Keys.Any(column => column >= table.Left && column <= table.Right)
        || layout.Sheet.Rows.Exists(row => row.Index == table.Top && row.Cells.Exists(cell => cell.Kind == CellKind.Filled && cell.Column >= table.Left && cell.Column <= table.Right));
}
