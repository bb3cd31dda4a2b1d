namespace ProductionOffice.Engine.Definitions;

/// <summary>Something wrong in a definition.</summary>
/// <param name="Code">One word for programs: <c>UnknownActivity</c>, <c>UnknownExpression</c>, <c>DanglingConnection</c> …</param>
/// <param name="IsError">True keeps the definition from being published; false is advice.</param>
/// <param name="ActivityId">The activity; null when it is about the definition.</param>
/// <param name="Path">JSON path of the place.</param>
/// <param name="Value">The value at fault; null when something is missing.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="ActivityName">The activity's label in the designer; null when it is about the definition.</param>
public sealed record DefinitionProblem(string Code, bool IsError, string? ActivityId, string Path, string? Value, string Message, string Remedy, string? ActivityName = null);

/// <summary>A check of what only the host knows, such as its templates.</summary>
/// <param name="activities">The definition's own activities, each with its place.</param>
/// <param name="variables">Names that activities may read: declared variables, inputs, and what scripts set.</param>
public delegate IEnumerable<DefinitionProblem> DefinitionCheck(IReadOnlyList<PlacedActivity> activities, IReadOnlySet<string> variables);

/// <summary>An activity and where it stands.</summary>
/// <param name="Activity">The activity, bound.</param>
/// <param name="Path">JSON path of the place.</param>
public sealed record PlacedActivity(Activities.Activity Activity, string Path);
