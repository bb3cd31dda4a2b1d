using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Paperwork;

/// <summary>What the paperwork page is narrowed to; all of it stands in the address.</summary>
/// <param name="Department">Department id; empty for all.</param>
/// <param name="OnlyIncomplete">Only people who still owe something.</param>
/// <param name="StartsWithin">Only people whose first day lies from today to so many days ahead; null for all.</param>
/// <param name="Search">Part of a name or position.</param>
public sealed record PaperworkFilter(string Department, bool OnlyIncomplete, int? StartsWithin, string Search)
{
    internal string Address(string path) => Query.With(
        path, ("dept", Department), ("incomplete", OnlyIncomplete ? "1" : null), ("days", StartsWithin?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("q", Search));
}

/// <summary>The matrix of people and documents.</summary>
public sealed record PaperworkView(
    PaperworkFilter Filter, IReadOnlyList<ColumnView> Columns, IReadOnlyList<PersonRow> Rows, int People, int Owed, int Late, IReadOnlyList<Choice> Departments);

/// <summary>A kind of paperwork.</summary>
public sealed record ColumnView(string Key, string Name, string Head);

/// <summary>One person's paperwork.</summary>
/// <param name="Id">Person.</param>
/// <param name="Name">Family name first.</param>
/// <param name="Role">Position.</param>
/// <param name="Department">Department's name.</param>
/// <param name="Starts">First day of work; null when there is no deal.</param>
/// <param name="Cells">One for each column.</param>
/// <param name="Done">How many are complete.</param>
/// <param name="Of">How many are needed.</param>
public sealed record PersonRow(string Id, string Name, string Role, string Department, DateOnly? Starts, IReadOnlyList<CellView> Cells, int Done, int Of);

/// <summary>One piece of paperwork of one person.</summary>
/// <param name="Kind">Key of the column.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Age">Since when, in one unit; empty when it does not matter.</param>
/// <param name="Words">The whole story in one sentence, without the name of the paperwork.</param>
/// <param name="Link">Where more stands; null when there is no more to say.</param>
/// <param name="IsOpen">Whether somebody owes something.</param>
public sealed record CellView(string Kind, string Shape, string Tone, string Age, string Words, string? Link, bool IsOpen);
