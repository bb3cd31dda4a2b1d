using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Drawings;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>The workflow a page is about, and which version of it.</summary>
/// <param name="Version">Number.</param>
/// <param name="State">published, draft or earlier.</param>
/// <param name="Choices">All versions, newest first.</param>
public sealed record TriedWorkflow(string DefinitionId, string Name, int Version, string State, IReadOnlyList<Choice> Choices)
{
    /// <summary>The version in words.</summary>
    public string VersionWords => $"version {Version}, {State}";
}

/// <summary>The form that begins a try-out.</summary>
/// <param name="Groups">What the workflow asks for.</param>
/// <param name="By">Who asks.</param>
/// <param name="On">The day it begins on the try-out's clock.</param>
/// <param name="HasSample">Whether an example can be filled in.</param>
/// <param name="Faults">What is wrong with the workflow itself.</param>
/// <param name="Tests">How many tests are kept.</param>
public sealed record TryoutStartView(
    TriedWorkflow Workflow, string Purpose, IReadOnlyList<FieldGroup> Groups, FieldView By, FieldView On, bool HasSample, IReadOnlyList<ProblemView> Faults, int Tests, ProblemView? Problem);

/// <summary>A try-out as it stands.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Seal">The try-out itself, readable by this office alone; in every form.</param>
/// <param name="Steps">What was done, in words.</param>
/// <param name="Moments">Says times as seen from the try-out's clock.</param>
/// <param name="Troubles">What went wrong in the run.</param>
/// <param name="StandsStill">Whether it has not ended, and nothing can move it but withdrawing.</param>
/// <param name="Problem">Why the last try of the viewer did not work.</param>
/// <param name="Notice">What was just done.</param>
/// <param name="KeepName">As typed.</param>
public sealed record TryoutView(
    TriedWorkflow Workflow, string Session, string Seal, IReadOnlyList<string> Steps, string Name, StateView State, Moments Moments, Drawing Drawing,
    IReadOnlyList<WaitView> Waits, IReadOnlyList<DeadlineView> Deadlines, IReadOnlyList<TimelineLine> Timeline, IReadOnlyList<SampleDocument> Documents,
    IReadOnlyList<SampleMessage> Messages, IReadOnlyList<RequestLine> Requests, IReadOnlyList<DetailLine> Paperwork, IReadOnlyList<ProblemView> Troubles,
    bool StandsStill, bool MayCancel, bool HidesTerms, ProblemView? Problem, string? Notice, string KeepName);

/// <summary>Something that waits for somebody.</summary>
/// <param name="Key">Activity and number of the wait.</param>
/// <param name="Place">The step on the drawing.</param>
/// <param name="IsAsked">False for what is only possible (withdrawing).</param>
public sealed record WaitView(
    string Key, string Title, string Place, string Holder, DateTimeOffset Since, DateTimeOffset? Due, bool IsAsked, bool IsTask, IReadOnlyList<OutcomeView> Outcomes,
    IReadOnlyList<DetailLine> Details, IReadOnlyList<FieldView> Fields, string Comment);

/// <summary>A moment at which something happens or falls due by itself.</summary>
public sealed record DeadlineView(DateTimeOffset At, string What);

/// <summary>A document the run made.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Blocks">Its text; empty when it is shown in another program only, or not to this role.</param>
public sealed record SampleDocument(int Number, string Name, StateView State, DateTimeOffset At, string Size, bool MayOpen, IReadOnlyList<WordBlock> Blocks);

/// <summary>A message the run would have sent.</summary>
public sealed record SampleMessage(DateTimeOffset At, string To, string Subject, string Body, string? Attached);

/// <summary>A web request the run would have sent.</summary>
public sealed record RequestLine(DateTimeOffset At, string Method, string Address, string? Content);

/// <summary>The kept tests of a workflow.</summary>
/// <param name="HasRun">Whether results are shown.</param>
public sealed record KeptTestsView(TriedWorkflow Workflow, IReadOnlyList<KeptTestLine> Tests, bool HasRun, string? Notice, ProblemView? Problem);

/// <summary>A kept test.</summary>
/// <param name="Breaks">What comes out otherwise; null when it was not run.</param>
/// <param name="NewName">As typed.</param>
public sealed record KeptTestLine(string Id, string Name, DateTimeOffset At, string By, string Steps, IReadOnlyList<string>? Breaks, string NewName);
