using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Instances;

/// <summary>A running or finished workflow in a list.</summary>
public sealed record InstanceLine(
    string Id, string Name, string Workflow, StateView State, string? Holder, DateTimeOffset? Due, string? PersonId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool IsRunning);

/// <summary>The list of them.</summary>
public sealed record InstanceListView(IReadOnlyList<InstanceLine> Instances, int Total, string Workflow, string State, string Search, IReadOnlyList<Choice> Workflows);

/// <summary>One with all that happened.</summary>
/// <param name="Line">As in lists.</param>
/// <param name="Person">Whom it is about; null when nobody.</param>
/// <param name="PersonRole">Their position and department.</param>
/// <param name="WaitingFor">What it waits for besides tasks, in words.</param>
/// <param name="Timeline">Newest first.</param>
/// <param name="HidesReasons">Whether reasons are left out because they speak of deal terms.</param>
/// <param name="Tasks">Open ones.</param>
/// <param name="Documents">All versions, newest first.</param>
/// <param name="Messages">What was sent.</param>
/// <param name="StuckBecause">Why it does not go on; empty when it does.</param>
/// <param name="MayRetry">Whether the viewer may let it try again.</param>
/// <param name="MayWithdraw">Whether the viewer may withdraw it.</param>
/// <param name="Reason">As typed.</param>
/// <param name="Problem">Why the last try did not work.</param>
/// <param name="Notice">What was just done.</param>
public sealed record InstanceView(
    InstanceLine Line, string? Person, string? PersonRole, IReadOnlyList<string> WaitingFor, IReadOnlyList<TimelineLine> Timeline, bool HidesReasons,
    IReadOnlyList<TaskLine> Tasks, IReadOnlyList<DocumentLine> Documents, IReadOnlyList<SentLine> Messages,
    IReadOnlyList<string> StuckBecause, bool MayRetry, bool MayWithdraw, string Reason, ProblemView? Problem, string? Notice);

/// <summary>One thing that happened.</summary>
/// <param name="At">UTC.</param>
/// <param name="Who">Name; null when time or the office itself did it.</param>
/// <param name="What">Plain words.</param>
/// <param name="Why">Reason; null when none or not for this role.</param>
/// <param name="IsTrouble">Whether something failed.</param>
public sealed record TimelineLine(DateTimeOffset At, string? Who, string What, string? Why, bool IsTrouble);

/// <summary>A message that was sent.</summary>
public sealed record SentLine(DateTimeOffset At, string To, string Subject);
