using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

internal enum AtomKind : byte
{
    /// <summary>Characters of a <c>w:t</c>, or a tab or line break that counts as one.</summary>
    Text,

    /// <summary>Another child of a run.</summary>
    InRun,

    /// <summary>The sign a comment hangs on: goes with the paragraph.</summary>
    CommentReference,

    /// <summary>Something between runs that shows: a bound control, a formula.</summary>
    Between,

    /// <summary>A bookmark, a comment anchor.</summary>
    Mark,
    ContainerStart,
    ContainerEnd,
}

/// <summary>A piece of a paragraph in reading order.</summary>
internal readonly record struct Atom(AtomKind Kind, int Node, int Run, int Start, int Length)
{
    /// <summary>Shows, and is no text.</summary>
    public bool IsContent => Kind is AtomKind.InRun or AtomKind.Between;
}

/// <summary>A paragraph with the tags of its text, and what its sections take with them.</summary>
internal sealed class ParagraphInfo
{
    private bool? _hasContainers;

    public required int Node { get; init; }

    /// <summary>The cell, body, note or box it stands in.</summary>
    public required int Container { get; init; }

    /// <summary>The innermost table row around it, or none.</summary>
    public required int Row { get; init; }

    public required int Table { get; init; }

    public required string Text { get; init; }

    public required List<Atom> Atoms { get; init; }

    public required List<Tag> Tags { get; init; }

    /// <summary>The <c>w:sectPr</c> it carries: it ends a section of the document, and that end stays whatever becomes of the paragraph.</summary>
    public int Section { get; init; } = XmlTree.None;

    /// <summary>Section tags that take effect before or after the paragraph as a whole.</summary>
    public List<Tag> Before { get; } = [];

    public List<Tag> After { get; } = [];

    /// <summary>Tags the paragraph's own content must not show again because they stand in <see cref="Before"/> or <see cref="After"/>, or rule the row.</summary>
    public HashSet<Tag> Lifted { get; } = [];

    /// <summary>Section tags that cut the paragraph; with <c>true</c> it becomes two paragraphs there.</summary>
    public Dictionary<Tag, bool> Cuts { get; } = [];

    /// <summary>Section tags at which the inline containers around them end and begin anew, because the section reaches out of them.</summary>
    public HashSet<Tag> Splits { get; } = [];

    /// <summary>Containers that cannot be cut in two and are left out instead.</summary>
    public HashSet<int> Dissolved { get; } = [];

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
    public bool HasOther() => Atoms.Exists(atom => atom.IsContent);

    /// <summary>A section that begins in a link and ends outside of it cuts the link in two.</summary>
    public void SplitContainers(XmlTree tree, List<Tag> parts, bool always = false)
    {
        _hasContainers ??= Atoms.Exists(atom => atom.Kind == AtomKind.ContainerStart);
        if (_hasContainers == false)
            return;
        var around = parts.ConvertAll(Around);
        if (!always && around.TrueForAll(containers => containers.SequenceEqual(around[0])))
            return;
        Splits.UnionWith(parts);
        Dissolved.UnionWith(around.SelectMany(containers => containers).Where(node => tree.Name(node) is not (N.w_hyperlink or N.w_fldSimple)));
    }

    /// <summary>The inline containers around the first brace of a tag, outermost first.</summary>
    private List<int> Around(Tag tag)
    {
        var open = new List<int>();
        foreach (var atom in Atoms)
        {
            if (atom.Kind == AtomKind.ContainerStart)
                open.Add(atom.Node);
            else if (atom.Kind == AtomKind.ContainerEnd)
                open.RemoveAt(open.Count - 1);
            else if (atom.Kind == AtomKind.Text && atom.Start + atom.Length > tag.Start)
                break;
        }

        return open;
    }
}

/// <summary>What sections do with a row of a table.</summary>
internal sealed class RowPlan
{
    /// <summary>Tags of sections over cells or rows that stand in it, each with its place in the part's order.</summary>
    public List<(Tag Tag, Section Section, int Order)> Marks { get; } = [];

    public List<Tag> Before { get; } = [];

    public List<Tag> After { get; } = [];

    /// <summary><c>row for</c> and <c>row if</c>, outermost first.</summary>
    public List<Tag> Around { get; } = [];

    public bool Vanishes { get; set; }

    public static RowPlan Of(Dictionary<int, RowPlan> rows, int row) => rows.TryGetValue(row, out var plan) ? plan : rows[row] = new RowPlan();
}
