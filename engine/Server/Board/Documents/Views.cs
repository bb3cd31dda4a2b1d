using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Documents;

/// <summary>A document in a list.</summary>
/// <param name="Id">Document.</param>
/// <param name="Name">File name.</param>
/// <param name="Kind">Kind of paperwork in words.</param>
/// <param name="Version">From 1.</param>
/// <param name="State">State in words and shape.</param>
/// <param name="IsCurrent">Whether it is neither replaced nor void.</param>
/// <param name="PersonId">Whom it is about; null when nobody.</param>
/// <param name="Person">Their name.</param>
/// <param name="InstanceId">The workflow that made it.</param>
/// <param name="At">UTC.</param>
/// <param name="Size">Bytes.</param>
/// <param name="MayOpen">Whether the viewer's role may open it.</param>
public sealed record DocumentLine(
    string Id, string Name, string Kind, int Version, StateView State, bool IsCurrent, string? PersonId, string? Person, string InstanceId, DateTimeOffset At, long Size, bool MayOpen)
{
    /// <summary>The size in words.</summary>
    public string SizeWords => Size < 10_000 ? $"{Math.Max(1, Size / 1000)} kB" : Size < 1_000_000 ? $"{Size / 1000} kB" : $"{Size / 1_000_000.0:0.0} MB";
}

/// <summary>The library.</summary>
public sealed record DocumentListView(IReadOnlyList<DocumentLine> Documents, int Total, IReadOnlyList<Choice> Kinds, string Kind, string State, string Search);

/// <summary>A document as text beside a decision.</summary>
/// <param name="Document">As in lists.</param>
/// <param name="Blocks">Its content; empty when it cannot be shown as text.</param>
public sealed record DocumentView(DocumentLine Document, IReadOnlyList<WordBlock> Blocks);

/// <summary>A piece of a Word document.</summary>
public abstract record WordBlock;

/// <summary>A paragraph.</summary>
/// <param name="Runs">Its text in pieces of one look.</param>
/// <param name="Level">1 to 6 for a heading, 0 for text, -1 for an item of a list.</param>
public sealed record WordParagraph(IReadOnlyList<WordRun> Runs, int Level) : WordBlock;

/// <summary>A table.</summary>
public sealed record WordTable(IReadOnlyList<IReadOnlyList<WordCell>> Rows) : WordBlock;

/// <summary>A cell of a table.</summary>
public sealed record WordCell(IReadOnlyList<WordBlock> Blocks, int Span);

/// <summary>Text of one look.</summary>
public sealed record WordRun(string Text, bool IsStrong);
