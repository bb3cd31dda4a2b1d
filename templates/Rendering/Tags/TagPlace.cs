namespace ProductionOffice.Templates.Tags;

/// <summary>Where a paragraph, cell or other text with tags stands, in words and numbers.</summary>
internal sealed record TagPlace
{
    public string? Part { get; init; }

    /// <summary>Without the column, for example <c>page header, paragraph 1</c>.</summary>
    public string Words { get; init; } = "";

    public string? Text { get; init; }

    public int? Column { get; init; }

    public int? Table { get; init; }

    public int? Row { get; init; }

    /// <summary>Word: grows through the part; tags of one paragraph share it.</summary>
    public int Order { get; init; }

    public string? Sheet { get; init; }

    public string? Cell { get; init; }

    public TemplateProblem Problem(string code, string? tag, string message, ProblemSeverity severity = ProblemSeverity.Error) => new()
    {
        Code = code,
        Severity = severity,
        Part = Part,
        Place = Column is { } column && Sheet is null ? $"{Words}, column {column}" : Words,
        Paragraph = Text,
        Column = Column,
        Table = Table,
        Row = Row,
        Sheet = Sheet,
        Cell = Cell,
        Tag = tag,
        Message = message,
    };
}
