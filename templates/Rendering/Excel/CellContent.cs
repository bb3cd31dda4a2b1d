namespace ProductionOffice.Templates.Excel;

/// <summary>What tags in cells made that is written elsewhere than in the cell.</summary>
internal sealed class CellContent(SheetLayout layout)
{
    /// <summary>Pictures that lie over their cells.</summary>
    public List<CellPicture> Pictures { get; } = [];

    /// <summary>Links of cells, by address of the cell.</summary>
    public List<(string Cell, string Address)> Links { get; } = [];

    public TableHeaders Headers { get; } = new(layout);
}
