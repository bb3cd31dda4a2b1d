namespace ProductionOffice.Office.Approvals;

/// <summary>Something a person has to do or decide, as an activity asks for it.</summary>
/// <param name="Kind">approval, check, signature, revision, pickup, arrival or withdrawal.</param>
/// <param name="Title">One line, for example <c>Approve the deal memo of Xiomara Blythe</c>.</param>
/// <param name="Role">Role that may do it.</param>
/// <param name="Account">The one account that may do it; null for every holder of the role.</param>
/// <param name="Outcomes">What can be chosen, in order.</param>
/// <param name="Subject">Person id it is about; null when about nobody.</param>
/// <param name="Excluded">Person ids and accounts that may not do it (who asked, whom it is for).</param>
/// <param name="RequestedBy">Account that asked; null for the office itself.</param>
/// <param name="Due">UTC; null when open-ended.</param>
/// <param name="DocumentId">The document shown beside it; null when none.</param>
/// <param name="Detail">Further lines shown beside it, in words; empty when none.</param>
/// <param name="Fields">What can be filled in with it; empty when nothing.</param>
/// <param name="IsOffered">False for what is only possible, not asked for (withdrawing): shown with the instance, not in lists.</param>
public sealed record OfficeTask(
    string Kind,
    string Title,
    string Role,
    string? Account,
    IReadOnlyList<TaskOutcome> Outcomes,
    string? Subject,
    IReadOnlyList<string> Excluded,
    string? RequestedBy,
    DateTimeOffset? Due,
    string? DocumentId,
    IReadOnlyList<TaskDetail> Detail,
    IReadOnlyList<TaskField> Fields,
    bool IsOffered = true);

/// <summary>One way to do a task.</summary>
/// <param name="Name">Also the outcome of the activity, for example <c>Approve</c>.</param>
/// <param name="NeedsReason">Whether a comment is required.</param>
public sealed record TaskOutcome(string Name, bool NeedsReason);

/// <summary>A line shown beside a task.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value in words.</param>
/// <param name="IsDealTerm">Only for those who may see deal terms.</param>
public sealed record TaskDetail(string Label, string Value, bool IsDealTerm);

/// <summary>A value that can be given with a task.</summary>
/// <param name="Name">Its name in the workflow.</param>
/// <param name="Label">Shown beside the box.</param>
/// <param name="Type">text, money, number, date or choice.</param>
/// <param name="Value">What it is now; null when empty.</param>
/// <param name="Options">Choices; empty for free input.</param>
public sealed record TaskField(string Name, string Label, string Type, string? Value, IReadOnlyList<string> Options);
