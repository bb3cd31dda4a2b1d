using ProductionOffice.Expressions;

namespace ProductionOffice.Workflows.Approvals;

/// <summary>What a person answered to a task; the input that wakes the waiting activity.</summary>
/// <param name="Outcome">One of the task's outcomes.</param>
/// <param name="Comment">Their words; null when none.</param>
/// <param name="By">Account that answered.</param>
/// <param name="ByPerson">That account's person; null for the machine's owner.</param>
/// <param name="ByName">Name shown beside it.</param>
/// <param name="At">UTC.</param>
/// <param name="Fields">Values filled in with it, by field name; null when none.</param>
public sealed record TaskDecision(
    string Outcome, string? Comment, string? By, string? ByPerson, string ByName, DateTimeOffset At, IReadOnlyDictionary<string, string>? Fields = null)
{
    /// <summary>As the input of a resume.</summary>
    public Value ToValue() => OfficeValues.From(this);
}
