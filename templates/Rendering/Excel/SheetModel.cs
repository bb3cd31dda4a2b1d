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

    private static readonly List<Tag> NoTags = [];

    /// <summary>Plain: attributes but <c>r</c>, the bracket and all that follows.</summary>
    public ReadOnlyMemory<byte> Rest { get; init; }

    public string Text { get; init; } = "";

    public List<Tag> Tags { get; init; } = NoTags;

    /// <summary>Formats of parts of the text, when the cell is rich text: where each begins and its properties.</summary>
    public List<(int Start, byte[] Properties)>? Rich { get; init; }

    /// <summary>The only tag that prints, when nothing else stands in the cell: its value keeps its type.</summary>
    public Tag? Whole { get; set; }

    public Formula? Formula { get; init; }

    /// <summary>Range of an array formula, or null.</summary>
    public string? ArrayRange { get; init; }

    /// <summary>Number of the cell's metadata: formulas that spill have one.</summary>
    public string? Metadata { get; init; }

    /// <summary>The start tag of a what-if table's formula, or null.</summary>
    public byte[]? DataTable { get; init; }

    /// <summary>Plain: whether it holds nothing but a format.</summary>
    public bool IsBlank { get; init; }

    public bool DropsRow => Tags.Exists(tag => tag.Kind == TagKind.Value && tag.Expression?.FormatterNames.Contains("droprow", StringComparer.OrdinalIgnoreCase) == true);
}

/// <summary>A row of the template.</summary>
internal sealed class RowTemplate
{
    public required int Index { get; init; }

    /// <summary>Attributes of the row but <c>r</c> and <c>spans</c>.</summary>
    public byte[] Attributes { get; init; } = [];

    public List<CellTemplate> Cells { get; init; } = [];

    /// <summary>The tags that rule the row: <c>row for</c>, <c>row if</c>.</summary>
    public List<Tag> Around { get; } = [];

    /// <summary>Whether only tags stand in it that print nothing.</summary>
    public bool Vanishes { get; set; }

    public bool DropsRow { get; set; }

    public List<Tag> Lets { get; } = [];

    /// <summary>Breaks before the row, or before the column their tag stands in.</summary>
    public List<(Tag Tag, int Column)> Breaks { get; } = [];
}

/// <summary>Rows as sections nest them.</summary>
internal abstract record RowItem;

internal sealed record RowLeaf(RowTemplate Row) : RowItem;

/// <summary>Rows the file does not mention.</summary>
internal sealed record RowGap(int Count) : RowItem;

internal sealed record RowBlock(Tag Tag, List<(Tag Tag, List<RowItem> Items)> Branches) : RowItem
{
    public int FirstRow { get; set; }

    public int LastRow { get; set; }
}
