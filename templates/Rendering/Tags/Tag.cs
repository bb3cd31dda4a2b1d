using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Tags;

internal enum TagKind : byte
{
    Value,
    If,
    For,
    ElseIf,
    Else,
    Between,
    Empty,
    Close,
    Let,
    PageBreak,
    ColumnBreak,
    Include,
    Comment,

    /// <summary>A section word nobody knows, or a tag that could not be read; an error was reported.</summary>
    Broken,
}

/// <summary>What an <c>if</c> or <c>for</c> takes with it.</summary>
internal enum TagReach : byte
{
    /// <summary>What stands between the tag and its closing tag.</summary>
    Between,
    Row,
    Column,
    Paragraph,
    Table,
    Sheet,
}

/// <summary>A tag that was read: what it does, with what, and where it stands.</summary>
internal sealed class Tag
{
    public required TagKind Kind { get; init; }

    public TagReach Reach { get; init; }

    /// <summary>With its braces, as it is written.</summary>
    public required string Source { get; init; }

    public required TagPlace Place { get; init; }

    /// <summary>Range in the text of the paragraph or cell.</summary>
    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>Value, condition or list.</summary>
    public TagExpression? Expression { get; init; }

    /// <summary>Name of the loop variable, of the named value, of the closing tag, or of the included template.</summary>
    public string? Name { get; init; }

    public string? IndexName { get; init; }

    /// <summary>Excel: an empty list removes the row. Word: numbered lists restart per item.</summary>
    public bool Drop { get; init; }

    public bool Restart { get; init; }

    /// <summary>A <c>TableStart</c> of a mail merge: fields of the item need no prefix.</summary>
    public bool SpreadsItem { get; init; }

    /// <summary>Set when the tag stands for a merge field of Word; it has no expression then.</summary>
    public MergeField? Merge { get; init; }

    /// <summary>Names a tag that could not be read would have given; nobody is told that they are missing too.</summary>
    public IReadOnlyList<string> Ghosts { get; init; } = [];

    /// <summary>The Tag of a content control; left as it is when its name is unknown.</summary>
    public bool IsBound { get; init; }

    /// <summary>What kind of control it is the Tag of; null when it says nothing of the value.</summary>
    public (FieldKind Kind, bool IsSure)? BoundKind { get; init; }

    /// <summary>Stands in the alternative text of a placeholder picture.</summary>
    public bool IsPicture { get; init; }

    /// <summary>For a closing tag: what it closes, when it says so.</summary>
    public TagKind ClosesKind => Name == "if" ? TagKind.If : TagKind.For;

    public bool OpensSection => Kind is TagKind.If or TagKind.For && Reach == TagReach.Between;

    public bool IsBranch => Kind is TagKind.Else or TagKind.ElseIf or TagKind.Between or TagKind.Empty;

    /// <summary>Prints nothing of its own: a paragraph that holds only such tags goes when it comes out empty.</summary>
    public bool IsStructural => Kind is not (TagKind.Value or TagKind.Include or TagKind.Broken);

    /// <summary>The word a coordinator knows it by, for example <c>#if</c>.</summary>
    public string Word => Kind switch
    {
        TagKind.If => "#if",
        TagKind.For => "#for",
        TagKind.Else => ":else",
        TagKind.ElseIf => ":else if",
        TagKind.Between => ":between",
        TagKind.Empty => ":empty",
        TagKind.Close => "/" + Name,
        _ => Source,
    };
}
