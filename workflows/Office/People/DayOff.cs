namespace ProductionOffice.Office.People;

/// <summary>A day on which the production office is closed though it is no weekend.</summary>
/// <param name="Date">The day, in the production's zone.</param>
/// <param name="Name">What it is, for example <c>Presidents' Day</c>.</param>
public sealed record DayOff(DateOnly Date, string Name);
