namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>One thing that differs between two versions of a definition.</summary>
/// <param name="ActivityId">The activity it is about; null when it is about the workflow as a whole.</param>
/// <param name="Sentence">One sentence for people, with the names they gave.</param>
public sealed record DefinitionChange(string? ActivityId, string Sentence);
