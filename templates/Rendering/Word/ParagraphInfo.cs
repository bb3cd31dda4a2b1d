using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Word;

internal enum AtomKind : byte
{
    /// <summary>Characters of a <c>w:t</c>, or a tab or line break that counts as one.</summary>
    Text,

    /// <summary>Another child of a run.</summary>
    InRun,

    /// <summary>Something between runs: a bookmark, a comment anchor.</summary>
    Between,
    ContainerStart,
    ContainerEnd,
}

/// <summary>A piece of a paragraph in reading order.</summary>
internal readonly record struct Atom(AtomKind Kind, int Node, int Run, int Start, int Length);

/// <summary>A paragraph with the tags of its text, and what its sections take with them.</summary>
internal sealed class ParagraphInfo
{
    public required int Node { get; init; }

    /// <summary>The cell, body, note or box it stands in.</summary>
    public required int Container { get; init; }

    /// <summary>The innermost table row around it, or none.</summary>
    public required int Row { get; init; }

    public required int Table { get; init; }

    public required string Text { get; init; }

    public required List<Atom> Atoms { get; init; }

    public required List<Tag> Tags { get; init; }

    /// <summary>Section tags that take effect before or after the paragraph as a whole.</summary>
    public List<Tag> Before { get; } = [];

    public List<Tag> After { get; } = [];

    /// <summary>Tags the paragraph's own content must not show again because they stand in <see cref="Before"/> or <see cref="After"/>, or rule the row.</summary>
    public HashSet<Tag> Lifted { get; } = [];

    /// <summary>Section tags that cut the paragraph; with <c>true</c> it becomes two paragraphs there.</summary>
    public Dictionary<Tag, bool> Cuts { get; } = [];

    /// <summary>Held only section tags: never printed.</summary>
    public bool Vanishes { get; set; }

    /// <summary>Held only section tags and inline sections: not printed when it comes out empty.</summary>
    public bool Removable { get; set; }

    /// <summary>Whether the text holds nothing but structural tags and spaces.</summary>
    public bool IsTagsOnly()
    {
        var at = 0;
        foreach (var tag in Tags)
        {
            if (!tag.IsStructural || !Text.AsSpan(at, tag.Start - at).IsWhiteSpace())
                return false;
            at = tag.End;
        }

        return Text.AsSpan(at).IsWhiteSpace() && !HasOther();
    }

    /// <summary>Pictures, notes, fields and other things that are no text.</summary>
    public bool HasOther() => Atoms.Exists(atom => atom.Kind == AtomKind.InRun);
}

/// <summary>What sections do with a row of a table.</summary>
internal sealed class RowPlan
{
    public List<Tag> Before { get; } = [];

    public List<Tag> After { get; } = [];

    /// <summary><c>row for</c> and <c>row if</c>, outermost first.</summary>
    public List<Tag> Around { get; } = [];

    public bool Vanishes { get; set; }
}
