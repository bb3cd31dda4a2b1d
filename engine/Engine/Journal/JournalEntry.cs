namespace ProductionOffice.Engine.Journal;

/// <summary>One line of what an instance did.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="N">Running number within the instance, from 0 without gaps; unique, so a burst stored twice is caught.</param>
/// <param name="Event">Elsa's words: Started, Suspended, Resumed, Completed, Canceled, Faulted; ours: <c>Note</c> for a line in plain words.</param>
/// <param name="ActivityId">The activity it is about.</param>
/// <param name="ActivityNodeId">Its node id.</param>
/// <param name="ActivityInstanceId">The execution of it.</param>
/// <param name="ActivityType">For example <c>Office.RequestApproval</c>.</param>
/// <param name="At">UTC.</param>
/// <param name="Who">Account or person that caused it; null for the engine itself and for time.</param>
/// <param name="Message">Plain words for people; null when the event says it all.</param>
/// <param name="Why">Reason in plain words (a comment, the condition that decided a branch); null when none.</param>
/// <param name="Data">Further data as JSON: <c>{"inputs":{…}}</c> of a start with the inputs that were worked out, cut to a length; <c>{"outcomes":[…]}</c> of a completion; null when none.</param>
public sealed record JournalEntry(
    string InstanceId,
    int N,
    string Event,
    string ActivityId,
    string ActivityNodeId,
    string ActivityInstanceId,
    string ActivityType,
    DateTimeOffset At,
    string? Who = null,
    string? Message = null,
    string? Why = null,
    string? Data = null);
