using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Checking;

/// <summary>One tag that reads one path of the data.</summary>
/// <param name="Path">From the data's root, list items as <c>[]</c>.</param>
/// <param name="Kind">What the tag does with it.</param>
/// <param name="IsSure">Whether a value of another kind would be an error or print nonsense; else the kind is only the likeliest.</param>
/// <param name="IsOptional">Whether the tag says itself what happens when it is missing.</param>
/// <param name="Tag">Where it stands.</param>
internal sealed record FieldUse(string Path, FieldKind Kind, bool IsSure, bool IsOptional, Tag Tag)
{
    /// <summary>The path as it is written in the tag, with its loop variable: <c>c.name</c> for <c>crew[].name</c>.</summary>
    public string Written { get; init; } = Path;

    /// <summary>Loop variables that are seen there and the items they stand for.</summary>
    public IReadOnlyList<(string Name, string Path)> Loops { get; init; } = [];

    /// <summary>The included template it stands in; null: the template itself.</summary>
    public string? File { get; init; }

    public string Place => (File is null ? "" : File + ", ") + Tag.Place.Words;
}
