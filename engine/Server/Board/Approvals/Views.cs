using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Approvals;

/// <summary>A task in a list.</summary>
/// <param name="Id">Task.</param>
/// <param name="Kind">approval, signature, revision, …</param>
/// <param name="Title">One line.</param>
/// <param name="PersonId">Whom it is about; null when nobody.</param>
/// <param name="Person">Their name.</param>
/// <param name="Department">Their department.</param>
/// <param name="Holder">Who has it now.</param>
/// <param name="AskedBy">Who asked; null for the office.</param>
/// <param name="Since">UTC.</param>
/// <param name="Due">UTC; null when open-ended.</param>
/// <param name="InstanceId">Its workflow.</param>
/// <param name="IsMine">Whether who looks may do it.</param>
public sealed record TaskLine(
    string Id, string Kind, string Title, string? PersonId, string? Person, string? Department, string Holder, string? AskedBy,
    DateTimeOffset Since, DateTimeOffset? Due, string InstanceId, bool IsMine);

/// <summary>The list of approvals.</summary>
/// <param name="Tasks">What is shown.</param>
/// <param name="Who">mine, others or all.</param>
/// <param name="Older">Only what waits for more than so many days; null for all.</param>
/// <param name="Mine">How many are mine.</param>
/// <param name="Others">How many are others'.</param>
/// <param name="Done">What was just done; null when nothing.</param>
public sealed record ApprovalListView(IReadOnlyList<TaskLine> Tasks, string Who, int? Older, int Mine, int Others, DoneNote? Done);

/// <summary>What was just done.</summary>
/// <param name="Title">Of the task.</param>
/// <param name="Outcome">What was chosen.</param>
/// <param name="InstanceId">Where it stands now.</param>
public sealed record DoneNote(string Title, string Outcome, string InstanceId);

/// <summary>A task with all that helps to decide.</summary>
/// <param name="Task">As in the list.</param>
/// <param name="Outcomes">What can be chosen.</param>
/// <param name="Details">Lines the viewer may see.</param>
/// <param name="Changes">What differs from the version before.</param>
/// <param name="HiddenDetails">How many lines the viewer's role may not see.</param>
/// <param name="Fields">What can be filled in, as typed or as it is.</param>
/// <param name="Document">The document, shown beside the decision; null when none or not for this role.</param>
/// <param name="DocumentNote">Why no document is shown; null when one is.</param>
/// <param name="WhyNot">Why the viewer cannot do it; null when they can.</param>
/// <param name="Ended">What became of it when it is no longer open; null while open.</param>
/// <param name="Comment">As typed.</param>
/// <param name="Key">Makes sending twice harmless.</param>
/// <param name="Problem">Why the last try did not work.</param>
/// <param name="Done">What was done just before this one.</param>
/// <param name="Position">Which of the viewer's tasks it is, from 1; 0 when none of them.</param>
/// <param name="Count">How many tasks the viewer has.</param>
public sealed record TaskView(
    TaskLine Task, IReadOnlyList<OutcomeView> Outcomes, IReadOnlyList<DetailLine> Details, IReadOnlyList<DetailLine> Changes, int HiddenDetails,
    IReadOnlyList<FieldView> Fields, DocumentView? Document, string? DocumentNote, string? WhyNot, EndedView? Ended,
    string Comment, string Key, ProblemView? Problem, DoneNote? Done, int Position, int Count);

/// <summary>One way to do a task.</summary>
public sealed record OutcomeView(string Name, bool NeedsReason);

/// <summary>A labelled line.</summary>
public sealed record DetailLine(string Label, string Value);

/// <summary>How a task ended.</summary>
/// <param name="By">Who did it; null when the workflow went another way.</param>
/// <param name="Outcome">What was chosen.</param>
/// <param name="Comment">Why, where the viewer may see it.</param>
/// <param name="At">UTC.</param>
public sealed record EndedView(string? By, string? Outcome, string? Comment, DateTimeOffset? At);
