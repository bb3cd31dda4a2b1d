using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Storage;

/// <summary>A store in memory, for tests, trials and <c>office workflow test</c>; holds instances as text, as a database does.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public sealed class MemoryWorkflowStore : IWorkflowStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Trigger>> _triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Bookmark>> _bookmarks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Bookmark> _bookmarksById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Bookmark>> _bookmarksByHash = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JournalEntry>> _journal = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredWork> _work = new(StringComparer.Ordinal);
    private readonly InProcessClaims _claims = new();
    private readonly List<OutboxMessage> _outbox = [];
    private readonly List<Fact> _facts = [];
    private long _sequence;

    /// <summary>Effects asked for so far, in order; nobody performs them here.</summary>
    public IReadOnlyList<OutboxMessage> Outbox => Locked(() => _outbox.ToArray());

    /// <summary>Facts stated so far, in order.</summary>
    public IReadOnlyList<Fact> Facts => Locked(() => _facts.ToArray());

    /// <summary>All instances, in the order they were started.</summary>
    public IReadOnlyList<WorkflowInstance> Instances => Locked(() => _instances.Values.ToArray());

    /// <summary>All work that is waiting, parked items included, in due order.</summary>
    public IReadOnlyList<WorkItem> Work => Locked(() => _work.Values.OrderBy(w => w.Item.DueAt).ThenBy(w => w.Sequence).Select(w => w.Item).ToArray());

    /// <summary>Work set aside for a person, with the reason.</summary>
    public IReadOnlyList<(WorkItem Item, string Error)> Parked => Locked(() => _work.Values.Where(w => w.IsParked).Select(w => (w.Item, w.Error ?? "")).ToArray());

    /// <inheritdoc/>
    public ValueTask<StoredDefinition?> FindDefinitionVersionAsync(string versionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _definitions.GetValueOrDefault(versionId)));

    /// <inheritdoc/>
    public ValueTask<StoredDefinition?> FindDefinitionAsync(string definitionId, bool published, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _definitions.Values.FirstOrDefault(d => d.DefinitionId == definitionId && (published ? d.IsPublished : d.IsLatest))));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDefinition>> ListDefinitionsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredDefinition>>(Locked(() => _definitions.Values.ToArray()));

    /// <inheritdoc/>
    public ValueTask SaveDefinitionAsync(StoredDefinition definition, IReadOnlyList<Trigger> triggers, string? newest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        lock (_gate)
        {
            if (newest is not null && newest != (_definitions.Values.FirstOrDefault(d => d.DefinitionId == definition.DefinitionId && d.IsLatest)?.Revision ?? ""))
                throw new ConcurrencyException($"Workflow {definition.DefinitionId}");
            foreach (var other in _definitions.Values.Where(d => d.DefinitionId == definition.DefinitionId && d.VersionId != definition.VersionId).ToList())
                _definitions[other.VersionId] = other with { IsLatest = other.IsLatest && !definition.IsLatest, IsPublished = other.IsPublished && !definition.IsPublished };
            _definitions[definition.VersionId] = definition;
            if (definition.IsPublished)
                _triggers[definition.DefinitionId] = triggers;
            else if (!_definitions.Values.Any(d => d.DefinitionId == definition.DefinitionId && d.IsPublished))
                _triggers.Remove(definition.DefinitionId);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Trigger>> FindTriggersAsync(string hash, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Trigger>>(Locked(() => _triggers.Values.SelectMany(t => t).Where(t => t.Hash == hash).ToArray()));

    /// <inheritdoc/>
    public ValueTask<WorkflowInstance?> FindInstanceAsync(string instanceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _instances.GetValueOrDefault(instanceId)));

    /// <inheritdoc/>
    public ValueTask<bool> HasVersionRunAsync(string versionId, CancellationToken cancellationToken) =>
        new(Locked(() => _instances.Values.Any(i => i.DefinitionVersionId == versionId)));

    /// <inheritdoc/>
    public ValueTask<int> CountRunningAsync(string? definitionId, string? correlationId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _instances.Values.Count(i => i.Status == WorkflowStatus.Running
            && (definitionId is null || i.DefinitionId == definitionId) && (correlationId is null || i.CorrelationId == correlationId))));

    /// <inheritdoc/>
    public ValueTask<Bookmark?> FindBookmarkAsync(string bookmarkId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _bookmarksById.GetValueOrDefault(bookmarkId)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Bookmark>> ListBookmarksAsync(string instanceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Bookmark>>(Locked(() => _bookmarks.TryGetValue(instanceId, out var list) ? list.ToArray() : []));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Bookmark>> FindBookmarksAsync(string hash, string? correlationId, string? instanceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Bookmark>>(Locked(() => _bookmarksByHash.TryGetValue(hash, out var list)
            ? list.Where(b => (correlationId is null || b.CorrelationId == correlationId) && (instanceId is null || b.InstanceId == instanceId)).ToArray()
            : []));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> ListJournalAsync(string instanceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<JournalEntry>>(Locked(() => _journal.TryGetValue(instanceId, out var list) ? list.ToArray() : []));

    /// <inheritdoc/>
    public ValueTask<StoredCommand?> FindCommandAsync(string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _commands.GetValueOrDefault(key)));

    /// <inheritdoc/>
    public ValueTask CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (_gate)
        {
            Check(commit);
            if (commit.ConsumedBookmark is { } consumed)
                RemoveBookmark(consumed);
            foreach (var burst in commit.Bursts)
                Apply(burst);
            foreach (var item in commit.Work)
                AddWork(item);
            if (commit.ConsumedWork is { } done)
                _work.Remove(done);
            if (commit.Command is { } command)
                _commands[command.Key] = command;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> ListDueWorkAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<WorkItem>>(Locked(() => _work.Values.Where(w => !w.IsParked && w.Item.DueAt <= now)
            .OrderBy(w => w.Item.DueAt).ThenBy(w => w.Sequence).Take(limit).Select(w => w.Item).ToArray()));

    /// <inheritdoc/>
    public ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _claims.TakeFirst(_work.Values.Where(w => !w.IsParked && w.Item.DueAt <= now && (since is null || w.Item.DueAt >= since))
            .OrderBy(w => w.Item.DueAt).ThenBy(w => w.Sequence).Select(w => w.Item))));

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Locked(() => _work.Values.Where(w => !w.IsParked && w.Item.DueAt > now).Select(w => (DateTimeOffset?)w.Item.DueAt).Min()));

    /// <inheritdoc/>
    public async ValueTask RetryWorkAsync(WorkClaim claim, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (Locked(() => _work.TryGetValue(claim.Item.Id, out var work) && work.Item.Attempts == claim.Item.Attempts))
            await RetryWorkAsync(claim.Item.Id, error, retryAt, cancellationToken);
        await claim.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask RetryWorkAsync(string workId, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_work.TryGetValue(workId, out var work))
            {
                var item = work.Item with { Attempts = work.Item.Attempts + 1, DueAt = retryAt ?? work.Item.DueAt };
                _work[workId] = work with { Item = item, Error = error, IsParked = retryAt is null };
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string kind, string? bookmarkId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<WorkItem>>(Locked(() => _work.Values.Where(w => !w.IsParked && w.Item.Kind == kind && (bookmarkId is null || w.Item.BookmarkId == bookmarkId))
            .OrderBy(w => w.Item.DueAt).ThenBy(w => w.Sequence).Select(w => w.Item).ToArray()));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkflowInstance>> ListInstancesAsync(string definitionId, bool onlyRunning, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<WorkflowInstance>>(Locked(() => _instances.Values
            .Where(i => i.DefinitionId == definitionId && (!onlyRunning || i.Status == WorkflowStatus.Running)).OrderBy(i => i.CreatedAt).ToArray()));

    /// <inheritdoc/>
    public ValueTask DeleteDefinitionVersionAsync(string versionId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_definitions.Remove(versionId, out var gone))
            {
                if (gone.IsPublished)
                    _triggers.Remove(gone.DefinitionId);
                if (gone.IsLatest && _definitions.Values.Where(d => d.DefinitionId == gone.DefinitionId).MaxBy(d => d.Version) is { } newest)
                    _definitions[newest.VersionId] = newest with { IsLatest = true };
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeleteInstancesAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instanceIds);
        lock (_gate)
        {
            foreach (var id in instanceIds)
            {
                foreach (var bookmark in _bookmarks.GetValueOrDefault(id)?.ToList() ?? [])
                    RemoveBookmark(bookmark.Id);
                foreach (var work in _work.Values.Where(w => w.Item.InstanceId == id).ToList())
                    _work.Remove(work.Item.Id);
                _bookmarks.Remove(id);
                _journal.Remove(id);
                _instances.Remove(id);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Check(Commit commit)
    {
        if (commit.Command is { } command && _commands.ContainsKey(command.Key))
            throw new ConcurrencyException($"command {command.Key}");
        if (commit.ConsumedBookmark is { } bookmark && !_bookmarksById.ContainsKey(bookmark))
            throw new ConcurrencyException($"bookmark {bookmark}");
        if (commit.ConsumedWork is { } work && (!_work.TryGetValue(work, out var planned) || planned.IsParked))
            throw new ConcurrencyException($"work {work}");
        foreach (var burst in commit.Bursts)
        {
            var stored = _instances.GetValueOrDefault(burst.Instance.Id)?.Version ?? 0;
            if (stored != burst.Instance.Version - 1)
                throw new ConcurrencyException($"instance {burst.Instance.Id}");
        }
    }

    private void Apply(BurstResult burst)
    {
        var id = burst.Instance.Id;
        _instances[id] = burst.Instance;
        foreach (var burned in burst.BookmarksBurned)
            RemoveBookmark(burned);
        foreach (var bookmark in burst.BookmarksCreated)
        {
            ListOf(_bookmarks, id).Add(bookmark);
            ListOf(_bookmarksByHash, bookmark.Hash).Add(bookmark);
            _bookmarksById[bookmark.Id] = bookmark;
        }

        foreach (var moved in burst.BookmarksMoved)
            Move(moved);

        var journal = ListOf(_journal, id);
        foreach (var entry in burst.Journal)
        {
            if (entry.N != journal.Count)
                throw new InvalidOperationException($"Journal of {id}: line {entry.N} came after {journal.Count} lines.");
            journal.Add(entry);
        }

        _outbox.AddRange(burst.Outbox);
        _facts.AddRange(burst.Facts);
        foreach (var item in burst.Work)
            AddWork(item);
    }

    private void AddWork(WorkItem item) => _work.TryAdd(item.Id, new StoredWork(item, _sequence++, null, false));

    private void Move(Bookmark bookmark)
    {
        if (!_bookmarksById.TryGetValue(bookmark.Id, out var before))
            return;

        _bookmarksById[bookmark.Id] = bookmark;
        foreach (var list in new[] { _bookmarks[bookmark.InstanceId], _bookmarksByHash[before.Hash] })
            list[list.IndexOf(before)] = bookmark;
    }

    private void RemoveBookmark(string id)
    {
        if (!_bookmarksById.Remove(id, out var bookmark))
            return;

        _bookmarks[bookmark.InstanceId].Remove(bookmark);
        var sameHash = _bookmarksByHash[bookmark.Hash];
        sameHash.Remove(bookmark);
        if (sameHash.Count == 0)
            _bookmarksByHash.Remove(bookmark.Hash);
        _work.Remove(id);
    }

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        return list;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private sealed record StoredWork(WorkItem Item, long Sequence, string? Error, bool IsParked);
}
