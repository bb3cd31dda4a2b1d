using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.Approvals;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Persistence;

/// <summary>The engine's store over EF Core; a commit carries the office's read model with it.</summary>
internal sealed class WorkflowStore(IDbContextFactory<OfficeDbContext> contexts, WriterGate gate, Commits commits, TimeProvider clock) : IWorkflowStore
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

    public async ValueTask SaveDefinitionAsync(StoredDefinition definition, IReadOnlyList<Trigger> triggers, CancellationToken cancellationToken)
    {
        await WriteAsync(async context =>
        {
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
        }, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Trigger>> FindTriggersAsync(string hash, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Triggers.Where(t => t.Hash == hash).OrderBy(t => t.DefinitionId).ToListAsync(cancellationToken);
    }

    public async ValueTask<WorkflowInstance?> FindInstanceAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Instances.FirstOrDefaultAsync(i => i.Id == instanceId, cancellationToken);
    }

    public async ValueTask<int> CountRunningAsync(string? definitionId, string? correlationId, CancellationToken cancellationToken)
    {
        await using var context = await ReadAsync(cancellationToken);
        return await context.Instances.CountAsync(i => i.Status == WorkflowStatus.Running
            && (definitionId == null || i.DefinitionId == definitionId)
            && (correlationId == null || i.CorrelationId == correlationId), cancellationToken);
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
        try
        {
            await WriteAsync(context => ApplyAsync(context, commit, cancellationToken), FactWriter.ChangesDirectory(commit), cancellationToken);
        }
        catch (DbUpdateConcurrencyException e)
        {
            throw new ConcurrencyException(Describe(e));
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteErrorCode: 19 })
        {
            throw new ConcurrencyException(Describe(e));
        }
    }

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

    public async ValueTask RetryWorkAsync(string workId, string error, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        await WriteAsync(async context =>
        {
            if (await context.Work.FindAsync([workId], cancellationToken) is not { } item)
                return;

            var entry = context.Entry(item);
            entry.CurrentValues.SetValues(item with { Attempts = item.Attempts + 1, DueAt = retryAt ?? item.DueAt });
            entry.Property<string?>(Shadow.LastError).CurrentValue = error;
            entry.Property<DateTimeOffset?>(Shadow.ParkedAt).CurrentValue = retryAt is null ? clock.GetUtcNow() : null;
        }, cancellationToken);
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
    }, cancellationToken);

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
    }, cancellationToken);

    /// <summary>Runs a change in one transaction, alone in the file; announces it when it is durable.</summary>
    public Task WriteAsync(Func<OfficeDbContext, Task> change, CancellationToken cancellationToken) => WriteAsync(change, changesDirectory: false, cancellationToken);

    private async Task WriteAsync(Func<OfficeDbContext, Task> change, bool changesDirectory, CancellationToken cancellationToken)
    {
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await change(context);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        commits.Announce(changesDirectory);
    }

    /// <summary>A context for reading; what it loads is not watched.</summary>
    public async Task<OfficeDbContext> ReadAsync(CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>The engine's part of a transaction that also changes something else (a kiosk's record, an import).</summary>
    public static async Task ApplyAsync(OfficeDbContext context, Commit commit, CancellationToken cancellationToken)
    {
        if (commit.ConsumedWork is { } work && await context.Work.Where(w => w.Id == work).ExecuteDeleteAsync(cancellationToken) == 0)
            throw new ConcurrencyException($"Work item {work}");
        if (commit.ConsumedBookmark is { } bookmark && !await context.Bookmarks.AnyAsync(b => b.Id == bookmark, cancellationToken))
            throw new ConcurrencyException($"Bookmark {bookmark}");
        if (commit.Command is { } command)
            context.Commands.Add(command);

        foreach (var burst in commit.Bursts)
            await ApplyAsync(context, burst, cancellationToken);
        await AddWorkAsync(context, commit.Work, cancellationToken);
    }

    private static async Task ApplyAsync(OfficeDbContext context, BurstResult burst, CancellationToken cancellationToken)
    {
        var instance = burst.Instance;
        if (instance.Version == 1)
        {
            context.Instances.Add(instance);
        }
        else
        {
            context.Instances.Update(instance);
            context.Entry(instance).Property(i => i.Version).OriginalValue = instance.Version - 1;
        }

        if (burst.BookmarksBurned is { Count: > 0 } burned)
        {
            await context.Bookmarks.Where(b => burned.Contains(b.Id)).ExecuteDeleteAsync(cancellationToken);
            await context.Work.Where(w => w.BookmarkId != null && burned.Contains(w.BookmarkId)).ExecuteDeleteAsync(cancellationToken);
            // An effect nobody waits for any more is not performed: a withdrawn hire gets no memo when its template is repaired.
            await context.Outbox.Where(o => o.BookmarkId != null && burned.Contains(o.BookmarkId) && EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null).ExecuteDeleteAsync(cancellationToken);
            foreach (var task in await context.Tasks.Where(t => burned.Contains(t.Id) && t.State == "open").ToListAsync(cancellationToken))
                task.State = "cancelled";
        }

        var order = 0;
        foreach (var bookmark in burst.BookmarksCreated)
        {
            context.Bookmarks.Add(bookmark);
            context.Entry(bookmark).Property<int>(Shadow.Order).CurrentValue = order++;
            if (ReadTask(bookmark, instance) is { } task)
                context.Tasks.Add(task);
        }

        foreach (var moved in burst.BookmarksMoved)
        {
            await context.Bookmarks.Where(b => b.Id == moved.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(b => b.ActivityId, moved.ActivityId).SetProperty(b => b.ActivityNodeId, moved.ActivityNodeId), cancellationToken);
        }

        context.Journal.AddRange(burst.Journal);
        await AddWorkAsync(context, burst.Work, cancellationToken);
        foreach (var message in burst.Outbox)
        {
            var entry = context.Outbox.Add(message);
            entry.Property<DateTimeOffset>(Shadow.CreatedAt).CurrentValue = instance.UpdatedAt;
            entry.Property<DateTimeOffset>(Shadow.DueAt).CurrentValue = instance.UpdatedAt;
        }

        foreach (var fact in burst.Facts)
            await FactWriter.ApplyAsync(context, fact, cancellationToken);
    }

    private static async Task AddWorkAsync(OfficeDbContext context, IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            // The id is what makes work happen once: what is planned already stays as it is.
            if (await context.Work.FindAsync([item.Id], cancellationToken) is null)
                context.Work.Add(item);
        }
    }

    private static TaskRow? ReadTask(Bookmark bookmark, WorkflowInstance instance)
    {
        if (bookmark.Payload is null)
            return null;

        using var payload = JsonDocument.Parse(bookmark.Payload);
        if (payload.RootElement.ValueKind != JsonValueKind.Object || !payload.RootElement.TryGetProperty("task", out var json))
            return null;

        var task = json.Deserialize<OfficeTask>(FactWriter.Json)!;
        return new TaskRow
        {
            Id = bookmark.Id,
            InstanceId = instance.Id,
            DefinitionId = instance.DefinitionId,
            ActivityId = bookmark.ActivityId,
            Kind = task.Kind,
            Title = task.Title,
            Role = task.Role,
            Account = task.Account,
            Subject = task.Subject,
            DocumentId = task.DocumentId,
            IsOffered = task.IsOffered,
            Json = json.GetRawText(),
            CreatedAt = bookmark.CreatedAt,
            Due = task.Due,
            State = "open",
        };
    }

    private static IOrderedQueryable<Bookmark> InOrder(IQueryable<Bookmark> bookmarks) =>
        bookmarks.OrderBy(b => b.CreatedAt).ThenBy(b => EF.Property<int>(b, Shadow.Order));

    private static string Describe(DbUpdateException e) => e.Entries.Select(entry => entry.Entity switch
    {
        WorkflowInstance i => $"Instance {i.Id}",
        StoredCommand c => $"Command {c.Key}",
        JournalEntry j => $"Journal of {j.InstanceId}",
        WorkItem w => $"Work item {w.Id}",
        OutboxMessage o => $"Effect {o.EffectKey}",
        var other => other.GetType().Name,
    }).FirstOrDefault() ?? "The store";
}
