namespace ProductionOffice.Engine.Definitions;

/// <summary>Something wrong in a definition.</summary>
/// <param name="Code">One word for programs: <c>UnknownActivity</c>, <c>UnknownExpression</c>, <c>DanglingConnection</c> …</param>
/// <param name="IsError">True keeps the definition from being published; false is advice.</param>
/// <param name="ActivityId">The activity; null when it is about the definition.</param>
/// <param name="Path">JSON path of the place.</param>
/// <param name="Value">The value at fault; null when something is missing.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Remedy">What to do.</param>
public sealed record DefinitionProblem(string Code, bool IsError, string? ActivityId, string Path, string? Value, string Message, string Remedy);
