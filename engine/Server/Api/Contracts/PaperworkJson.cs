namespace ProductionOffice.Server.Api.Contracts;

/// <summary>One obligation of one person.</summary>
/// <param name="Kind">Key, for example <c>dealMemo</c>.</param>
/// <param name="Paperwork">Its name.</param>
/// <param name="State">Key of the state.</param>
/// <param name="Word">The state as coordinators read it.</param>
/// <param name="Holder">Who has it now; null when nobody waits.</param>
internal sealed record PaperworkJson(
    string PersonId, string Person, string? DepartmentId, string? Department, string Kind, string Paperwork, string State, string Word, bool IsOpen, bool IsLate,
    string? Holder, DateTimeOffset? Since, DateTimeOffset? Due, string? InstanceId, string? DocumentId, string? Note);
