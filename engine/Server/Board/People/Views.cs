using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.People;

/// <summary>A person in the list.</summary>
public sealed record PersonLine(string Id, string Name, string Role, string Department, string Phone, string Email, bool IsIn, DateTimeOffset? Since);

/// <summary>Crew and cast.</summary>
public sealed record PeopleView(IReadOnlyList<PersonLine> People, string Department, bool OnlyPresent, string Search, IReadOnlyList<Choice> Departments);

/// <summary>One person's paperwork.</summary>
/// <param name="Terms">Deal terms, where the viewer may see them; empty when there are none.</param>
/// <param name="HidesTerms">Whether there are terms the viewer may not see.</param>
/// <param name="StartLink">Where a hire is started; null when the viewer may not.</param>
public sealed record PersonView(
    PersonLine Person, string Union, bool IsDistantHire, DateOnly? Starts, DateOnly? Ends, IReadOnlyList<PaperLine> Paperwork, int Done, int Of,
    IReadOnlyList<DocumentLine> Documents, IReadOnlyList<InstanceLine> Instances, IReadOnlyList<(string Label, string Value)> Terms, bool HidesTerms, string? StartLink);

/// <summary>A piece of their paperwork.</summary>
public sealed record PaperLine(string Kind, string Name, StateView State, string? Holder, DateTimeOffset? Since, DateTimeOffset? Due, string? InstanceId, string? Note);
