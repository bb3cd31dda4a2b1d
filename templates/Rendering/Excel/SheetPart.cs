using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A part that belongs to a sheet: a table, comments, a drawing. It moves with the rows and may hold tags.</summary>
internal abstract class SheetPart
{
    public abstract IEnumerable<Tag> Tags { get; }

    public static bool IsOne(string kind) => kind is "table" or "comments" or "drawing" or "vmlDrawing" or "pivotTable" or "threadedComment";

    public static SheetPart? Read(string part, string kind, byte[] bytes, string sheet, TagParser parser, IReadOnlyList<Relationship> relations)
    {
        try
        {
            var tree = XmlScan.Read(bytes, part);
            return kind switch
            {
                "comments" => new SheetComments(tree, part, sheet, parser),
                "drawing" => new SheetDrawing(tree, part, sheet, parser, relations),
                "vmlDrawing" => new SheetShapes(tree),
                "table" => new SheetTable(tree),
                "threadedComment" => new SheetThreads(tree, part, sheet, parser),
                _ => new SheetPivot(tree),
            };
        }
        catch (TemplateException) when (kind == "vmlDrawing")
        {
            return null;
        }
    }

    /// <summary>The part as it goes with the sheet; null when it stays as it is.</summary>
    public abstract byte[]? Write(SheetPartRender render);
}

/// <summary>What a part of a sheet is written with.</summary>
/// <param name="Sheet">The finished sheet.</param>
/// <param name="Part">Name of the part in the finished workbook.</param>
/// <param name="Values">Where values come from.</param>
/// <param name="Formulas">Writes formulas as they follow the rows.</param>
/// <param name="Package">The finished workbook.</param>
internal sealed record SheetPartRender(LaidSheet Sheet, string Part, Evaluator Values, FormulaWriter Formulas, RenderedPackage Package)
{
    /// <summary>Pictures that tags of the sheet's cells made.</summary>
    public IReadOnlyList<CellPicture> Pictures { get; init; } = [];

    /// <summary>Headers of the sheet's tables as they were written.</summary>
    public required TableHeaders Headers { get; init; }

    public required SheetCharts Charts { get; init; }

    /// <summary>Folder of the workbook: <c>xl/</c>.</summary>
    public string Folder { get; init; } = "xl/";
}
