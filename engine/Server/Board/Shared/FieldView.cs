namespace ProductionOffice.Server.Board.Shared;

/// <summary>A box of a form.</summary>
/// <param name="Name">What it is sent as.</param>
/// <param name="Label">Read beside it.</param>
/// <param name="Type">text, long, money, number, date, choice, person, department or check.</param>
/// <param name="Value">As typed or as it stands.</param>
/// <param name="Options">Choices, or suggestions for free text.</param>
/// <param name="Help">One line below; null when none.</param>
/// <param name="Problem">What is wrong with it; null when nothing.</param>
/// <param name="IsRequired">Whether it must be filled in.</param>
public sealed record FieldView(
    string Name, string Label, string Type, string Value, IReadOnlyList<Choice> Options, string? Help = null, string? Problem = null, bool IsRequired = false);
