using ProductionOffice.Engine.Definitions.Differences;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Drawings;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>A workflow in the list.</summary>
/// <param name="Id">Id of the definition.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record WorkflowLine(string Id, string Name, string Purpose)
{
    /// <summary>The published version; null when none can be started.</summary>
    public int? Live { get; init; }

    /// <summary>A newer version that waits to be published; null when none.</summary>
    public int? Draft { get; init; }

    /// <summary>When the newest version was saved.</summary>
    public DateTimeOffset? DraftAt { get; init; }

    /// <summary>The version that is switched off and was live before; null when it is not off.</summary>
    public int? Off { get; init; }

    public string Owner { get; init; } = "";

    public int Running { get; init; }

    public int Stuck { get; init; }

    public TimeSpan? UsualTime { get; init; }

    public string? SlowestStep { get; init; }

    public TimeSpan? SlowestTime { get; init; }

    /// <summary>What starts it besides people, in words; null when only people do.</summary>
    public string? StartsBy { get; init; }

    public bool MayStart { get; init; }
}

/// <summary>The workflows.</summary>
/// <param name="Workflows">By name.</param>
/// <param name="MayDesign">Whether the viewer keeps them; others see what they may start.</param>
/// <param name="Notice">What was just done.</param>
/// <param name="About">Id of the workflow it was done to.</param>
public sealed record WorkflowListView(IReadOnlyList<WorkflowLine> Workflows, bool MayDesign, string? Notice, string? About);

/// <summary>A form to start one.</summary>
public sealed record StartView(string DefinitionId, string Name, string Purpose, IReadOnlyList<FieldGroup> Groups, string Key, ProblemView? Problem);

/// <summary>A starting point of the gallery.</summary>
public sealed record GalleryLine(string Id, string Name, string Purpose, string Category, Drawing Drawing);

/// <summary>What a new workflow can begin with.</summary>
public sealed record GalleryView(IReadOnlyList<GalleryLine> Entries);

/// <summary>A new workflow before it is made.</summary>
/// <param name="From">What it begins with.</param>
/// <param name="IsCopy">Whether that is a workflow of this office instead of the gallery.</param>
/// <param name="Name">As typed.</param>
/// <param name="Problem">What is wrong with the name.</param>
public sealed record NewWorkflowView(GalleryLine From, bool IsCopy, string Name, string? Problem);

/// <summary>A file to be taken in.</summary>
/// <param name="Json">As sent; empty at first.</param>
/// <param name="Existing">Name of the workflow that has the same id; null when it is new.</param>
/// <param name="WaitingDraft">The draft of it that would be replaced; null when none.</param>
/// <param name="Errors">What is wrong with it.</param>
/// <param name="Warnings">What might be.</param>
/// <param name="Problem">Why it was not taken in.</param>
public sealed record ImportView(string Json, string? Existing, int? WaitingDraft, IReadOnlyList<ProblemView> Errors, IReadOnlyList<ProblemView> Warnings, ProblemView? Problem);

/// <summary>One version.</summary>
/// <param name="State">What it is now: live, waiting to be published, switched off, or earlier.</param>
/// <param name="SavedBy">Who made it; null when not known.</param>
/// <param name="PublishedBy">Who published it; null when nobody of this office did.</param>
public sealed record VersionLine(int Version, StateView State, DateTimeOffset SavedAt, string? SavedBy, DateTimeOffset? PublishedAt, string? PublishedBy, int Running, bool MayRevert);

/// <summary>All versions of a workflow, and what differs between two.</summary>
public sealed record VersionsView(
    string Id, string Name, IReadOnlyList<VersionLine> Versions, int? From, int? To, IReadOnlyList<DefinitionChange> Changes, int? Draft, int? Live, ProblemView? Problem, string? Notice);

/// <summary>A test that is kept with a workflow and what came of it.</summary>
/// <param name="Name">As who keeps it called it.</param>
/// <param name="Passed">Null when it was not run.</param>
/// <param name="Says">What was other than expected; null when nothing.</param>
public sealed record KeptTest(string Name, bool? Passed, string? Says);

/// <summary>Running instances of an older version.</summary>
public sealed record RunningOn(int Version, int Count);

/// <summary>The check list before a version goes live.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="Revision">Of its text, so that nothing else is published than what was looked at.</param>
/// <param name="IsLive">Whether it is live already and only running instances are left to be moved.</param>
/// <param name="Live">What is live; null when nothing.</param>
/// <param name="Running">Instances of other versions.</param>
/// <param name="Plan">What would move; null when not worked out yet.</param>
/// <param name="Moves">Whether to move is chosen.</param>
/// <param name="Accepts">Whether the warnings are accepted.</param>
public sealed record PublishView(
    string Id, string Name, int Version, string Revision, bool IsLive, int? Live, IReadOnlyList<ProblemView> Errors, IReadOnlyList<ProblemView> Warnings,
    IReadOnlyList<DefinitionChange> Changes, IReadOnlyList<KeptTest> Tests, IReadOnlyList<RunningOn> Running, MigrationPlan? Plan, bool Moves, bool Accepts, ProblemView? Problem)
{
    public int RunningInAll => Running.Sum(r => r.Count);

    public bool NeedsAccepting => Warnings.Count > 0 || Tests.Any(t => t.Passed == false);
}

/// <summary>What came of publishing.</summary>
/// <param name="Moved">Instances that moved.</param>
/// <param name="Stayed">Those that could not, with the reason.</param>
/// <param name="Running">Instances of other versions that are left.</param>
public sealed record PublishedView(string Id, string Name, int Version, int? Moved, IReadOnlyList<InstanceMigration> Stayed, IReadOnlyList<RunningOn> Running);

/// <summary>What a deletion would take along.</summary>
public sealed record DeleteView(string Id, string Name, int Versions, int Running, int Ended, bool IsShipped, ProblemView? Problem);
