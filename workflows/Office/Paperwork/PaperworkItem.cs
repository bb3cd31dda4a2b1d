namespace ProductionOffice.Office.Paperwork;

/// <summary>One obligation of one person: the cell of the paperwork page.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Kind">Key of a <see cref="PaperworkKind"/>.</param>
/// <param name="State">Key of a <see cref="PaperworkState"/>.</param>
/// <param name="Holder">Who has it now, in words (a role, a name); null when nobody waits.</param>
/// <param name="Since">UTC moment since when it is so; null when unknown.</param>
/// <param name="Due">UTC; null when open-ended.</param>
/// <param name="InstanceId">The workflow that moves it; null when it is moved by hand.</param>
/// <param name="DocumentId">Its newest document; null when none.</param>
/// <param name="Note">Why, in words; null when the state says it all.</param>
public sealed record PaperworkItem(
    string PersonId, string Kind, string State, string? Holder, DateTimeOffset? Since, DateTimeOffset? Due, string? InstanceId, string? DocumentId, string? Note);
