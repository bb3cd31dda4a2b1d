using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Excel;

internal enum CellKind : byte
{
    /// <summary>Copied as it is.</summary>
    Plain,

    /// <summary>Text with tags.</summary>
    Filled,
    Formula,
}

/// <summary>A cell of the template.</summary>
internal sealed class CellTemplate
{
    public required int Column { get; init; }

    public required CellKind Kind { get; init; }

    public int Style { get; init; }

    /// <summary>Plain: attributes but <c>r</c>, the bracket and all that follows.</summary>
    public byte[] Rest { get; init; } = [];

    public string Text { get; init; } = "";

    public List<Tag> Tags { get; init; } = [];

    /// <summary>Formats of parts of the text, when the cell is rich text: where each begins and its properties.</summary>
    public List<(int Start, byte[] Properties)>? Rich { get; init; }

    /// <summary>The only tag that prints, when nothing else stands in the cell: its value keeps its type.</summary>
    public Tag? Whole { get; set; }

    public Formula? Formula { get; init; }

    /// <summary>Range of an array formula, or null.</summary>
    public string? ArrayRange { get; init; }

    public bool DropsRow => Tags.Exists(tag => tag.Kind == TagKind.Value && tag.Expression?.FormatterNames.Contains("droprow", StringComparer.OrdinalIgnoreCase) == true);
}

/// <summary>A row of the template.</summary>
internal sealed class RowTemplate
{
    public required int Index { get; init; }

    /// <summary>Attributes of the row but <c>r</c> and <c>spans</c>.</summary>
    public byte[] Attributes { get; init; } = [];

    public List<CellTemplate> Cells { get; init; } = [];

    public List<Tag> Before { get; } = [];

    public List<Tag> After { get; } = [];

    public List<Tag> Around { get; } = [];

    public bool Vanishes { get; set; }

    public bool DropsRow { get; set; }

    public List<Tag> Lets { get; } = [];
}

/// <summary>Rows as sections nest them.</summary>
internal abstract record RowItem;

internal sealed record RowLeaf(RowTemplate Row) : RowItem;

/// <summary>Rows the file does not mention.</summary>
internal sealed record RowGap(int Count) : RowItem;

internal sealed record RowBlock(Tag Tag, List<(Tag Tag, List<RowItem> Items)> Branches) : RowItem
{
    public int FirstRow { get; set; } = int.MaxValue;

    public int LastRow { get; set; }
}
