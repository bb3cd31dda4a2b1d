using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Persistence;

/// <summary>The engine's store over EF Core; a commit carries the office's read model with it.</summary>
internal sealed class WorkflowStore(OfficeDatabase database, Commits commits, TimeProvider clock) : IWorkflowStore
{
    public async ValueTask<StoredDefinition?> FindDefinitionVersionAsync(string versionId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Definitions.FirstOrDefaultAsync(d => d.VersionId == versionId, cancellationToken);
    }

    public async ValueTask<StoredDefinition?> FindDefinitionAsync(string definitionId, bool published, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Definitions.FirstOrDefaultAsync(d => d.DefinitionId == definitionId && (published ? d.IsPublished : d.IsLatest), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredDefinition>> ListDefinitionsAsync(CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Definitions.ToListAsync(cancellationToken);
    }

    public async ValueTask SaveDefinitionAsync(StoredDefinition definition, IReadOnlyList<Trigger> triggers, string? newest, CancellationToken cancellationToken)
    {
        // Alone among such changes on all nodes: what is read here still stands when it is written.
        await WriteAsync(async context =>
        {
            if (newest is not null && newest != ((await context.Definitions.AsNoTracking().FirstOrDefaultAsync(d => d.DefinitionId == definition.DefinitionId && d.IsLatest, cancellationToken))?.Revision ?? ""))
                throw new ConcurrencyException($"Workflow {definition.DefinitionId}");

            var others = context.Definitions.Where(d => d.DefinitionId == definition.DefinitionId && d.VersionId != definition.VersionId);
            if (definition.IsLatest)
                await others.ExecuteUpdateAsync(s => s.SetProperty(d => d.IsLatest, false), cancellationToken);
            if (definition.IsPublished)
                await others.ExecuteUpdateAsync(s => s.SetProperty(d => d.IsPublished, false), cancellationToken);

            if (await context.Definitions.FindAsync([definition.VersionId], cancellationToken) is { } old)
                context.Entry(old).CurrentValues.SetValues(definition);
            else
                context.Definitions.Add(definition);

            var wasPublished = await context.Triggers.AnyAsync(t => t.DefinitionVersionId == definition.VersionId, cancellationToken);
            if (definition.IsPublished || wasPublished)
                await context.Triggers.Where(t => t.DefinitionId == definition.DefinitionId).ExecuteDeleteAsync(cancellationToken);
            if (definition.IsPublished)
                context.Triggers.AddRange(triggers);
        }, new Written(Definition: definition), Changes.Definitions | Changes.Work, isAlone: true, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Trigger>> FindTriggersAsync(string hash, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Triggers.Where(t => t.Hash == hash).OrderBy(t => t.DefinitionId).ToListAsync(cancellationToken);
    }

    public async ValueTask<WorkflowInstance?> FindInstanceAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        var found = await context.Instances.Where(i => i.Id == instanceId)
            .Select(i => new { Instance = i, Checksum = EF.Property<string?>(i, Shadow.Checksum) }).FirstOrDefaultAsync(cancellationToken);
        if (found?.Checksum is { } checksum && checksum != CommitStatements.Checksum(found.Instance.State))
            throw new DamagedInstanceException(instanceId, "it is not what was written");
        return found?.Instance;
    }

    public async ValueTask<int> CountRunningAsync(string? definitionId, string? correlationId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Instances.CountAsync(i => i.Status == WorkflowStatus.Running
            && (definitionId == null || i.DefinitionId == definitionId)
            && (correlationId == null || i.CorrelationId == correlationId), cancellationToken);
    }

    public async ValueTask<bool> HasVersionRunAsync(string versionId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        var version = await context.Definitions.Where(d => d.VersionId == versionId).Select(d => new { d.DefinitionId, d.CreatedAt }).FirstOrDefaultAsync(cancellationToken);
        if (version is null)
            return false;

        // The definition's instances stand in an index by their start, those of one version do not; a day covers clocks that differ.
        var since = version.CreatedAt.AddDays(-1);
        return await context.Instances.AnyAsync(i => i.DefinitionId == version.DefinitionId && i.CreatedAt >= since && i.DefinitionVersionId == versionId, cancellationToken)
            || await context.Instances.AnyAsync(i => i.DefinitionId == version.DefinitionId && i.Status == WorkflowStatus.Running && i.DefinitionVersionId == versionId, cancellationToken);
    }

    public async ValueTask<Bookmark?> FindBookmarkAsync(string bookmarkId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Bookmarks.FirstOrDefaultAsync(b => b.Id == bookmarkId, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Bookmark>> ListBookmarksAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await InOrder(context.Bookmarks.Where(b => b.InstanceId == instanceId)).ToListAsync(cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Bookmark>> FindBookmarksAsync(string hash, string? correlationId, string? instanceId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await InOrder(context.Bookmarks.Where(b => b.Hash == hash
            && (correlationId == null || b.CorrelationId == correlationId)
            && (instanceId == null || b.InstanceId == instanceId))).ToListAsync(cancellationToken);
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> ListJournalAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Journal.Where(j => j.InstanceId == instanceId).OrderBy(j => j.N).ToListAsync(cancellationToken);
    }

    public async ValueTask<StoredCommand?> FindCommandAsync(string key, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Commands.FirstOrDefaultAsync(c => c.Key == key, cancellationToken);
    }

    public async ValueTask CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        var deed = commit.Claim is null ? Deed.Current : null;
        var isTold = false;
        CrashPoint.Hit("burst.done");
        try
        {
            await (commit.Claim is { } claim ? database.WriteAsync(claim, ApplyAsync, cancellationToken) : database.WriteAsync(ApplyAsync, isAlone: deed is not null, cancellationToken));
        }
        catch (Exception e) when (e is not ConcurrencyException && database.IsConflict(e))
        {
            throw new ConcurrencyException(Describe(e));
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            commits.FindDiskFull();
            throw;
        }

        // Before others are told, or one who waits for its instance would find it taken and sleep on.
        if (commit.Claim is { } done)
            await done.DisposeAsync();
        if (isTold)
            deed!.Stands();
        commits.Announce(ChangesOf(commit));

        async Task ApplyAsync(OfficeDbContext context)
        {
            await this.ApplyAsync(context, commit, cancellationToken);
            isTold = deed is not null && await deed.AppendAsync(context, new Written(Instance: commit.Bursts is [var first, ..] ? first.Instance : null));
        }
    }

    public ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken) => database.ClaimWorkAsync(now, since, cancellationToken);

    public bool IsTransient(Exception failure) => database.IsTransient(failure);

    public async ValueTask<IReadOnlyList<WorkItem>> ListDueWorkAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Work
            .Where(w => w.DueAt <= now && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null)
            .OrderBy(w => w.DueAt).ThenBy(w => w.Id)
            .Take(limit).ToListAsync(cancellationToken);
    }

    public async ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Work
            .Where(w => w.DueAt > now && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null)
            .OrderBy(w => w.DueAt).Select(w => (DateTimeOffset?)w.DueAt)
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async ValueTask RetryWorkAsync(WorkClaim claim, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var failed = WorkRows.Failed(claim.Item.Id, error, retryAt, clock.GetUtcNow(), claim.Item.Attempts);
        await database.WriteAsync(claim, context => database.RunAsync(context, [failed], cancellationToken), cancellationToken);
        await claim.DisposeAsync();
        commits.Announce(Changes.Work);
    }

    public async ValueTask RetryWorkAsync(string workId, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var failed = WorkRows.Failed(workId, error, retryAt, clock.GetUtcNow(), null);
        await database.WriteAsync(context => database.RunAsync(context, [failed], cancellationToken), isAlone: false, cancellationToken);
        commits.Announce(Changes.Work);
    }

    public async ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string kind, string? bookmarkId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Work
            .Where(w => w.Kind == kind && (bookmarkId == null || w.BookmarkId == bookmarkId) && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null)
            .OrderBy(w => w.DueAt).ThenBy(w => w.Id).ToListAsync(cancellationToken);
    }

    public async ValueTask<IReadOnlyList<WorkflowInstance>> ListInstancesAsync(string definitionId, bool onlyRunning, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Instances.Where(i => i.DefinitionId == definitionId && (!onlyRunning || i.Status == WorkflowStatus.Running))
            .OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).ToListAsync(cancellationToken);
    }

    public async ValueTask DeleteDefinitionVersionAsync(string versionId, CancellationToken cancellationToken) => await WriteAsync(async context =>
    {
        if (await context.Definitions.FirstOrDefaultAsync(d => d.VersionId == versionId, cancellationToken) is not { } gone)
            return;

        await context.Definitions.Where(d => d.VersionId == versionId).ExecuteDeleteAsync(cancellationToken);
        await context.Triggers.Where(t => t.DefinitionVersionId == versionId).ExecuteDeleteAsync(cancellationToken);
        if (gone.IsLatest)
        {
            var newest = await context.Definitions.Where(d => d.DefinitionId == gone.DefinitionId).MaxAsync(d => (int?)d.Version, cancellationToken);
            await context.Definitions.Where(d => d.DefinitionId == gone.DefinitionId && d.Version == newest).ExecuteUpdateAsync(s => s.SetProperty(d => d.IsLatest, true), cancellationToken);
        }

        context.ChangeTracker.Clear();
    }, default(Written), Changes.Definitions | Changes.Work, isAlone: true, cancellationToken);

    public async ValueTask DeleteInstancesAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken) => await WriteAsync(async context =>
    {
        foreach (var ids in instanceIds.Chunk(500))
        {
            await context.Bookmarks.Where(b => ids.Contains(b.InstanceId)).ExecuteDeleteAsync(cancellationToken);
            await context.Journal.Where(j => ids.Contains(j.InstanceId)).ExecuteDeleteAsync(cancellationToken);
            await context.Work.Where(w => w.InstanceId != null && ids.Contains(w.InstanceId)).ExecuteDeleteAsync(cancellationToken);
            await context.Outbox.Where(o => ids.Contains(o.InstanceId) && EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null).ExecuteDeleteAsync(cancellationToken);
            await context.Tasks.Where(t => ids.Contains(t.InstanceId)).ExecuteDeleteAsync(cancellationToken);
            await context.Instances.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }, default(Written), Changes.Work, isAlone: true, cancellationToken);

    /// <summary>Runs a change in one transaction, alone among such changes; announces it when it is durable. It may be run again from the beginning.</summary>
    public Task WriteAsync(Func<OfficeDbContext, Task> change, CancellationToken cancellationToken) => WriteAsync(change, Changes.Work, isAlone: true, cancellationToken);

    /// <summary>Runs a change in one transaction; announces it when it is durable.</summary>
    /// <param name="change">May be run again from the beginning.</param>
    /// <param name="changes">What is announced, besides what is seen to change.</param>
    /// <param name="isAlone">False for a change that decides on nothing it read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WriteAsync(Func<OfficeDbContext, Task> change, Changes changes, bool isAlone, CancellationToken cancellationToken) =>
        WriteAsync(change, null, changes, isAlone, cancellationToken);

    /// <param name="change">May be run again from the beginning.</param>
    /// <param name="written">What it writes; null when that is seen by what the context holds afterwards.</param>
    /// <param name="changes">What is announced, besides what is seen to change.</param>
    /// <param name="isAlone">False for a change that decides on nothing it read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task WriteAsync(Func<OfficeDbContext, Task> change, Written? written, Changes changes, bool isAlone, CancellationToken cancellationToken)
    {
        // A row of the audit hangs on the one before it, so it is written alone; work of the office's own has none.
        var (seen, deed, isTold) = (Changes.None, Deed.Current, false);
        try
        {
            await database.WriteAsync(async context =>
            {
                await change(context);
                seen = context.ChangeTracker.Entries().Any(e => e.Entity is DirectoryRow or AccountRow && e.State != EntityState.Unchanged) ? Changes.Directory : Changes.None;
                isTold = deed is not null && (written is not null || context.ChangeTracker.HasChanges()) && await deed.AppendAsync(context, written ?? default);
            }, isAlone || deed is not null, cancellationToken);
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            commits.FindDiskFull();
            throw;
        }

        if (isTold)
            deed!.Stands();
        commits.Announce(changes | seen);
    }

    /// <summary>A context for reading; what it loads is not watched.</summary>
    public async Task<OfficeDbContext> ReadAsync(CancellationToken cancellationToken)
    {
        var context = await database.Contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>The engine's part of a transaction that also changes something else (a kiosk's record, an import).</summary>
    public async Task ApplyAsync(OfficeDbContext context, Commit commit, CancellationToken cancellationToken)
    {
        await database.RunAsync(context, CommitStatements.Of(commit), cancellationToken);
        CrashPoint.Hit("burst.written");
        foreach (var fact in commit.Bursts.SelectMany(b => b.Facts))
            await FactWriter.ApplyAsync(context, fact, cancellationToken);
    }

    private static Changes ChangesOf(Commit commit)
    {
        var changes = FactWriter.ChangesDirectory(commit) ? Changes.Directory : Changes.None;
        // Work that is done lets go of its instance, for which other work may wait.
        return commit.ConsumedWork is not null || commit.Work.Count > 0 || commit.Bursts.Any(b => b.Work.Count > 0 || b.Outbox.Count > 0) ? changes | Changes.Work : changes;
    }

    private static IOrderedQueryable<Bookmark> InOrder(IQueryable<Bookmark> bookmarks) =>
        bookmarks.OrderBy(b => b.CreatedAt).ThenBy(b => EF.Property<int>(b, Shadow.Order));

    private static string Describe(Exception e) => (e as DbUpdateException)?.Entries.Select(entry => entry.Entity.GetType().Name).FirstOrDefault() ?? "The store";
}
