using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Storage;

/// <summary>Keeps definitions, instances and work. One commit is one transaction.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public interface IWorkflowStore
{
    /// <summary>Finds a definition version by its own id.</summary>
    ValueTask<StoredDefinition?> FindDefinitionVersionAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>Finds the published version of a definition, or its latest when <paramref name="published"/> is false.</summary>
    ValueTask<StoredDefinition?> FindDefinitionAsync(string definitionId, bool published, CancellationToken cancellationToken);

    /// <summary>All versions of all definitions, without order.</summary>
    ValueTask<IReadOnlyList<StoredDefinition>> ListDefinitionsAsync(CancellationToken cancellationToken);

    /// <summary>Stores a version (new or changed), replaces the definition's triggers when it is published, and clears latest and published of the others as needed.</summary>
    /// <param name="definition">The version.</param>
    /// <param name="triggers">What starts it.</param>
    /// <param name="newest">Revision of the definition's newest version that this was decided on, empty when there was none; null stores in any case.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConcurrencyException">The newest version is another one by now; compared in the transaction that stores.</exception>
    ValueTask SaveDefinitionAsync(StoredDefinition definition, IReadOnlyList<Trigger> triggers, string? newest, CancellationToken cancellationToken);

    /// <summary>Triggers of published definitions that wait for a stimulus.</summary>
    ValueTask<IReadOnlyList<Trigger>> FindTriggersAsync(string hash, CancellationToken cancellationToken);

    /// <summary>An instance with its state, or null.</summary>
    ValueTask<WorkflowInstance?> FindInstanceAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Number of running instances of a definition and/or with a correlation id; null means any.</summary>
    ValueTask<int> CountRunningAsync(string? definitionId, string? correlationId, CancellationToken cancellationToken);

    /// <summary>Whether instances run on a version, or ran on it since it was saved last.</summary>
    ValueTask<bool> HasVersionRunAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>One open bookmark, or null when it is burned.</summary>
    ValueTask<Bookmark?> FindBookmarkAsync(string bookmarkId, CancellationToken cancellationToken);

    /// <summary>Open bookmarks of an instance in the order they were made.</summary>
    ValueTask<IReadOnlyList<Bookmark>> ListBookmarksAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Open bookmarks that wait for a stimulus, oldest first; a correlation id or an instance narrows them, null means any.</summary>
    ValueTask<IReadOnlyList<Bookmark>> FindBookmarksAsync(string hash, string? correlationId, string? instanceId, CancellationToken cancellationToken);

    /// <summary>Journal of an instance in order.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ListJournalAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>The stored answer to a command, or null when the key is new.</summary>
    ValueTask<StoredCommand?> FindCommandAsync(string key, CancellationToken cancellationToken);

    /// <summary>Stores all of it or nothing.</summary>
    /// <exception cref="ConcurrencyException">An instance moved on, a bookmark to be consumed is gone, or the command's key was taken meanwhile.</exception>
    ValueTask CommitAsync(Commit commit, CancellationToken cancellationToken);

    /// <summary>Due work that is not parked, in due order, at most <paramref name="limit"/> items; it stays until a commit consumes it.</summary>
    ValueTask<IReadOnlyList<WorkItem>> ListDueWorkAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Takes the item that is due longest and that nobody else works on; null when there is none. Its instance is this caller's too where the item says which.</summary>
    /// <param name="now">What is due later is not taken.</param>
    /// <param name="since">What was due before is not taken, so that a backlog keeps nobody waiting; null takes any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Whether a failure says nothing of what was asked: the store was away, or two got in each other's way.</summary>
    bool IsTransient(Exception failure) => false;

    /// <summary>When the next item not yet due will be; null when there is none.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes the failed attempt of whoever holds the claim, and gives it back; not before, or another would try in between. Tries again at a later moment, or parks the item when <paramref name="retryAt"/> is null.</summary>
    /// <remarks>An attempt that another has noted meanwhile is not counted twice.</remarks>
    ValueTask RetryWorkAsync(WorkClaim claim, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken);

    /// <summary>Notes a failed attempt and tries again at a later moment, or parks the item for a person to look at when <paramref name="retryAt"/> is null.</summary>
    ValueTask RetryWorkAsync(string workId, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken);

    /// <summary>Work of a kind that is not parked, in due order; a bookmark id (of kept stimuli: the hash) narrows it, null means any.</summary>
    ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string kind, string? bookmarkId, CancellationToken cancellationToken);

    /// <summary>Instances of a definition with their state, oldest first.</summary>
    ValueTask<IReadOnlyList<WorkflowInstance>> ListInstancesAsync(string definitionId, bool onlyRunning, CancellationToken cancellationToken);

    /// <summary>Deletes a version with its triggers; the newest of the others becomes the latest when it was. A version that is gone already is no error.</summary>
    ValueTask DeleteDefinitionVersionAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>Deletes instances with their bookmarks, journals and work; those that are gone already are no error.</summary>
    ValueTask DeleteInstancesAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken);
}

/// <summary>One transaction of the engine.</summary>
public sealed record Commit
{
    /// <summary>Burst results in order; more than one when a burst ran its children with it.</summary>
    public required IReadOnlyList<BurstResult> Bursts { get; init; }

    /// <summary>The bookmark that woke the burst; the commit fails when somebody else consumed it first.</summary>
    public string? ConsumedBookmark { get; init; }

    /// <summary>The work item this commit does; removed with it.</summary>
    public string? ConsumedWork { get; init; }

    /// <summary>The claim under which the work was done; null when it was not claimed.</summary>
    public WorkClaim? Claim { get; init; }

    /// <summary>Work added besides that of the bursts.</summary>
    public IReadOnlyList<WorkItem> Work { get; init; } = [];

    /// <summary>The command this commit answers; null for work of the engine's own.</summary>
    public StoredCommand? Command { get; init; }
}

/// <summary>A version of a definition as stored.</summary>
/// <param name="VersionId">Unique id of this version.</param>
/// <param name="DefinitionId">Stable id.</param>
/// <param name="Version">From 1.</param>
/// <param name="IsLatest">At most one of a definition.</param>
/// <param name="IsPublished">At most one of a definition.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Json">The whole Elsa 3 definition, unknown fields included.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record StoredDefinition(string VersionId, string DefinitionId, int Version, bool IsLatest, bool IsPublished, string? Name, string Json, DateTimeOffset CreatedAt)
{
    /// <summary>Changes with every change of the text; whoever saves names the one that was loaded.</summary>
    public string Revision => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Json)).AsSpan(0, 8));
}

/// <summary>A command and the answer it got, so that asking again gives the same answer.</summary>
/// <param name="Key">The caller's idempotency key, or a natural key such as a bookmark's id.</param>
/// <param name="Route">What was asked, for example <c>start crew-hire</c>.</param>
/// <param name="BodyHash">SHA-256 of what was sent; the same key with another body is refused.</param>
/// <param name="Response">The answer as JSON.</param>
/// <param name="At">UTC.</param>
public sealed record StoredCommand(string Key, string Route, string BodyHash, string Response, DateTimeOffset At);

/// <summary>The stored state of an instance is not what was written, so it cannot go on; others can.</summary>
/// <param name="instanceId">The instance.</param>
/// <param name="reason">What is wrong with it.</param>
public sealed class DamagedInstanceException(string instanceId, string reason)
    : Exception($"The stored state of {instanceId} is damaged: {reason}. Nothing was changed. Bring it back from a backup, or cancel it and start again.")
{
    /// <summary>The instance.</summary>
    public string InstanceId { get; } = instanceId;
}

/// <summary>Somebody else changed the same thing first.</summary>
/// <param name="what">What was changed, for example <c>bookmark 7f3-4</c>.</param>
public sealed class ConcurrencyException(string what) : Exception($"{what} was changed by somebody else meanwhile. Load it again and repeat.")
{
    /// <summary>What was changed.</summary>
    public string What { get; } = what;
}
