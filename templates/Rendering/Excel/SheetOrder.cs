using System.Text;

namespace ProductionOffice.Templates.Excel;

/// <summary>The order Excel insists on for what follows the rows of a sheet.</summary>
internal static class SheetOrder
{
    public const int Hyperlinks = 18;
    public const int RowBreaks = 23;
    public const int ColumnBreaks = 24;
    public const int Drawing = 29;

    private static readonly System.Buffers.SearchValues<byte> NameEnds = System.Buffers.SearchValues.Create(" \t\r\n/>"u8);

    private static readonly string[] Names =
    [
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
        "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
        "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture",
        "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    ];

    /// <summary>Place of an element by its start tag; what is not known (choices between programs) stands with the controls.</summary>
    public static int Of(ReadOnlySpan<byte> startTag)
    {
        var end = startTag.IndexOfAny(NameEnds);
        var place = Array.IndexOf(Names, Encoding.UTF8.GetString(startTag[1..end]));
        return place < 0 ? Array.IndexOf(Names, "controls") : place;
    }
}
