using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Scheduling;

/// <summary>What is put away by night. Doing it twice is as good as once.</summary>
/// <remarks>
/// Finished paperwork stays for ever unless the setting <c>retention.days</c> says otherwise: a production is asked for it years later. The
/// journals of workflows marked as the system's own (<c>isSystem</c>) go after a month.
/// </remarks>
internal sealed class Housekeeping(WorkflowStore store, ServeOptions options, DataFolder folder, TimeProvider clock, ILogger<Housekeeping> log)
{
    public const string Retention = "retention.days";
    private const string Backup = "backup";
    private const string Prune = "prune";
    private const int BackupsKept = 7;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Names, and when each is due by the production's clock.</summary>
    public static IReadOnlyList<(string Name, string Cron)> Tasks { get; } = [(Backup, "30 2 * * *"), (Prune, "15 3 * * *")];

    public Task RunAsync(string task, CancellationToken cancellationToken) => task switch
    {
        Backup => BackupAsync(cancellationToken),
        Prune => PruneAsync(cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Saves the office into a folder named after the day; of these the newest seven stay. Does nothing when no folder was named.</summary>
    public async Task BackupAsync(CancellationToken cancellationToken)
    {
        if (options.BackupFolder is not { } target)
            return;

        var now = clock.GetUtcNow();
        var root = Path.GetFullPath(target);
        // What nodes share lies beside their PostgreSQL; an office of its own has it all in one folder.
        var data = options.Store is null ? folder.Root : folder.Shared;
        var today = Path.Combine(root, now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(root);
        if (!Directory.Exists(today))
            await Task.Run(() => OfficeBackup.Save(data, options.Store, today, now), cancellationToken);

        var old = Directory.EnumerateDirectories(root).Where(IsBackup).OrderDescending(StringComparer.Ordinal).Skip(BackupsKept)
            .Concat(Directory.EnumerateDirectories(root, "*.partial").Where(p => IsBackup(Path.ChangeExtension(p, null))));
        foreach (var gone in old.ToList())
            Directory.Delete(gone, recursive: true);
        log.LogInformation("Backup saved to {Folder}", today);
    }

    /// <summary>Forgets answers nobody asks for again, journals of system workflows, and finished workflows when the office says so.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var month = now - Month;
        await store.WriteAsync(context => context.Commands.Where(c => c.At < month).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var system = (await context.Definitions.Where(d => d.Json.Contains("isSystem")).ToListAsync(cancellationToken))
            .Where(d => JsonNode.Parse(d.Json)?["isSystem"] is JsonValue flag && flag.TryGetValue(out bool isSystem) && isSystem).Select(d => d.DefinitionId).Distinct().ToList();
        if (system.Count > 0)
            await ForgetJournalsAsync(context.Instances.Where(i => system.Contains(i.DefinitionId) && i.FinishedAt < month).Select(i => i.Id), cancellationToken);

        var days = await context.Settings.Where(s => s.Key == Retention).Select(s => s.Value).FirstOrDefaultAsync(cancellationToken);
        if (int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var kept) && kept > 0)
            await PurgeAsync(now.AddDays(-kept), cancellationToken);
    }

    private async Task ForgetJournalsAsync(IQueryable<string> instances, CancellationToken cancellationToken)
    {
        var ids = await instances.ToListAsync(cancellationToken);
        foreach (var some in ids.Chunk(200))
            await store.WriteAsync(context => context.Journal.Where(j => some.Contains(j.InstanceId)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Removes finished workflows with journal, tasks, work and effects; their documents and messages stay, and so does one with an effect still to be made. A few hundred at a time, so that others can write in between.</summary>
    private async Task PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var reading = await store.ReadAsync(cancellationToken);
            var ids = await reading.Instances.Where(i => i.Status == WorkflowStatus.Finished && i.SubStatus != WorkflowSubStatus.Faulted && i.FinishedAt < before
                    && !reading.Outbox.Any(o => o.InstanceId == i.Id && EF.Property<DateTimeOffset?>(o, OfficeDbContext.Shadow.SentAt) == null))
                .OrderBy(i => i.FinishedAt).Select(i => i.Id).Take(200).ToListAsync(cancellationToken);
            if (ids.Count == 0)
                return;

            await store.WriteAsync(async context =>
            {
                await context.Journal.Where(j => ids.Contains(j.InstanceId)).ExecuteDeleteAsync(cancellationToken);
                await context.Bookmarks.Where(b => ids.Contains(b.InstanceId)).ExecuteDeleteAsync(cancellationToken);
                await context.Outbox.Where(o => ids.Contains(o.InstanceId)).ExecuteDeleteAsync(cancellationToken);
                await context.Work.Where(w => w.InstanceId != null && ids.Contains(w.InstanceId)).ExecuteDeleteAsync(cancellationToken);
                await context.Tasks.Where(t => ids.Contains(t.InstanceId)).ExecuteDeleteAsync(cancellationToken);
                await context.Instances.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
            }, cancellationToken);
        }
    }

    private static bool IsBackup(string path) => DateOnly.TryParseExact(Path.GetFileName(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
