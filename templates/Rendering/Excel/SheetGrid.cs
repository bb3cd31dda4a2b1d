using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>How high the rows and how wide the columns of a template sheet are: some drawings say lengths where others name cells.</summary>
internal sealed class SheetGrid
{
    private const double PointLength = 12700;
    private const double PixelLength = 9525;

    public SheetGrid(XmlTree tree)
    {
        var format = tree.Child(tree.Root, N.sheetFormatPr);
        var height = Number(tree, format, "defaultRowHeight"u8) ?? 15;
        var width = Number(tree, format, "defaultColWidth"u8) ?? 9.140625;
        var rows = new SortedDictionary<int, long>();
        foreach (var row in tree.Descendants(tree.Root, N.row))
        {
            if (tree.IntAttribute(row, "r"u8) is > 0 and <= CellRef.MostRows and var index && (IsHidden(tree, row) ? 0 : Number(tree, row, "ht"u8)) is { } own)
                rows[index] = (long)(own * PointLength);
        }

        var columns = new SortedDictionary<int, long>();
        foreach (var col in tree.Descendants(tree.Root, N.col))
        {
            var last = Math.Min(CellRef.MostColumns, tree.IntAttribute(col, "max"u8) ?? 0);
            for (var index = Math.Max(1, tree.IntAttribute(col, "min"u8) ?? 1); index <= last; index++)
                columns[index] = IsHidden(tree, col) ? 0 : Pixels(Number(tree, col, "width"u8) ?? width);
        }

        Rows = new GridLine(rows, (long)(height * PointLength), CellRef.MostRows);
        Columns = new GridLine(columns, Pixels(width), CellRef.MostColumns);
    }

    public GridLine Rows { get; }

    public GridLine Columns { get; }

    /// <summary>Widths count digits of the standard font, seven pixels each in the font of new workbooks.</summary>
    private static long Pixels(double width) => (long)(Math.Truncate((256 * width + Math.Truncate(128.0 / 7)) / 256 * 7) * PixelLength);

    private static bool IsHidden(XmlTree tree, int node) => tree.Attribute(node, "hidden"u8) is "1" or "true";

    private static double? Number(XmlTree tree, int node, ReadOnlySpan<byte> name) =>
        node != XmlTree.None && double.TryParse(tree.Attribute(node, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 10000 ? number : null;
}

/// <summary>Rows or columns one after the other: those with a length of their own among those with the usual one.</summary>
internal sealed class GridLine
{
    private readonly long _usual;
    private readonly int _most;
    private readonly int[] _indexes;
    private readonly long[] _starts;
    private readonly long[] _lengths;

    public GridLine(SortedDictionary<int, long> own, long usual, int most)
    {
        (_usual, _most) = (Math.Max(1, usual), most);
        _indexes = [.. own.Keys];
        _lengths = [.. own.Values];
        _starts = new long[_indexes.Length];
        for (var i = 0; i < _indexes.Length; i++)
            _starts[i] = i == 0 ? (_indexes[0] - 1) * _usual : _starts[i - 1] + _lengths[i - 1] + (_indexes[i] - _indexes[i - 1] - 1) * _usual;
    }

    /// <summary>Where a row or column, counted from 1, begins.</summary>
    public long Start(int index)
    {
        var at = Array.BinarySearch(_indexes, index);
        if (at >= 0)
            return _starts[at];
        at = ~at - 1;
        return at < 0 ? (index - 1) * _usual : _starts[at] + _lengths[at] + (index - _indexes[at] - 1) * _usual;
    }

    /// <summary>The row or column a place lies in, and how far in it.</summary>
    public (int Index, long Offset) At(long place)
    {
        place = Math.Max(0, place);
        var (low, high) = (1, _most);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Start(middle) <= place)
                low = middle;
            else
                high = middle - 1;
        }

        return (low, place - Start(low));
    }
}
