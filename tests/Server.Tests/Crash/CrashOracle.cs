using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>What must hold of an office's data once everything is done, whatever befell the processes.</summary>
/// <param name="database">Its store.</param>
/// <param name="folder">Folder of documents; of a shared store its documents are in the store.</param>
/// <param name="shared">Folder of mail and keys.</param>
internal sealed class CrashOracle(OfficeDatabase database, string folder, string shared)
{
    /// <summary>Tables that a start itself changes.</summary>
    private static readonly string[] OfTheStart = ["po_setting", "po_sign_in_link", "po_running"];

    private readonly WorkflowStore _store = new(database, new Commits(), TimeProvider.System);

    /// <summary>Whether nothing is left to do before long.</summary>
    public async Task<bool> IsAtRestAsync()
    {
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(2);
        await using var context = await _store.ReadAsync(default);
        return !await context.Work.AnyAsync(w => w.DueAt <= soon && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) == null)
            && !await context.Outbox.AnyAsync(o => EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) == null);
    }

    /// <summary>Nothing torn, lost, doubled or set aside.</summary>
    public async Task CheckAsync()
    {
        await using var context = await _store.ReadAsync(default);
        (await context.Work.Where(w => EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null).Select(w => w.Id).ToListAsync()).ShouldBeEmpty();
        (await context.Outbox.Where(o => EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null).Select(o => o.EffectKey).ToListAsync()).ShouldBeEmpty();

        foreach (var journal in (await context.Journal.OrderBy(j => j.N).ToListAsync()).GroupBy(j => j.InstanceId))
        {
            journal.Select(j => j.N).ShouldBe(Enumerable.Range(0, journal.Count()), $"the journal of {journal.Key} has a gap");
            journal.Where(j => j.Event == "Started").GroupBy(j => j.ActivityInstanceId).ShouldAllBe(g => g.Count() == 1);
        }

        var instances = await context.Instances.ToListAsync();
        instances.ShouldAllBe(i => i.IncidentCount == 0);
        foreach (var instance in instances)
            (await _store.FindInstanceAsync(instance.Id, default)).ShouldNotBeNull("its checksum fits");
        var bookmarks = await context.Bookmarks.ToListAsync();
        instances.Where(i => i.Status == WorkflowStatus.Finished).Select(i => i.Id).Intersect(bookmarks.Select(b => b.InstanceId)).ShouldBeEmpty();
        instances.Where(i => i.Status == WorkflowStatus.Running).Select(i => i.Id).Except(bookmarks.Select(b => b.InstanceId)).ShouldBeEmpty();
        (await context.Tasks.Where(t => t.State == "open").Select(t => t.Id).ToListAsync()).Except(bookmarks.Select(b => b.Id)).ShouldBeEmpty();

        await CheckEffectsAsync(context);
        (await new AuditTrail(_store, Path.Combine(shared, "keys"), TimeProvider.System).FirstBrokenAsync(default)).ShouldBeNull();
    }

    /// <summary>What people see in the end, without ids and moments: the same as if nothing had happened.</summary>
    public async Task<List<string>> SeenAsync()
    {
        await using var context = await _store.ReadAsync(default);
        var seen = new List<string>();
        var instances = (await context.Instances.Where(i => i.DefinitionId != "tick").ToListAsync()).OrderBy(i => i.DefinitionId).ToList();
        foreach (var i in instances)
        {
            Add("is", [$"{i.Status} {i.SubStatus} version {i.Version} of {i.DefinitionVersion}"], i.DefinitionId);
            Add("waits at", (await context.Bookmarks.Where(b => b.InstanceId == i.Id).ToListAsync()).Select(b => $"{b.ActivityId} {b.Name}"), i.DefinitionId);
            Add("did", (await context.Journal.Where(j => j.InstanceId == i.Id).ToListAsync()).Select(j => $"{j.ActivityId} {j.Event}"), i.DefinitionId);
            Add("asked", (await context.Tasks.Where(t => t.InstanceId == i.Id).ToListAsync()).Select(t => $"{t.Title} {t.State} {t.Outcome}"), i.DefinitionId);
            Add("filed", (await context.Documents.Where(d => d.InstanceId == i.Id).ToListAsync()).Select(d => $"{d.Name} {d.State}"), i.DefinitionId);
            Add("sent", (await context.Messages.Where(m => m.InstanceId == i.Id).ToListAsync()).Select(m => $"{m.Recipients} {m.Subject}"), i.DefinitionId);
        }

        Add("definitions", (await context.Definitions.ToListAsync()).Select(d => $"{d.VersionId} {d.IsLatest} {d.IsPublished}"));
        Add("people", (await context.Directory.ToListAsync()).Select(d => d.Kind));
        // A row for each deed, in the transaction that does it: not one less, and not one more for asking again.
        Add("audited", (await context.Audit.ToListAsync()).Select(a => a.Action + (a.Action is "do-task" ? $" {a.Detail}" : "")));
        Add("paperwork", (await context.Paperwork.ToListAsync()).Select(p => $"{p.Kind} {p.State}"));
        return seen;

        // The third that is alike is told apart from the second, so that a doubled one shows.
        void Add(string what, IEnumerable<string> lines, string of = "office") => seen.AddRange(
            lines.GroupBy(l => l).SelectMany(g => g.Select((l, n) => $"{of} {what} {l}{(n > 0 ? $" ({n + 1})" : "")}")).Order(StringComparer.Ordinal));
    }

    /// <summary>A fingerprint of all rows and files, but for what a start writes.</summary>
    public async Task<SortedDictionary<string, string>> FingerprintAsync()
    {
        var prints = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var context = await _store.ReadAsync(default);
        await context.Database.OpenConnectionAsync();
        foreach (var table in context.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().Except(OfTheStart))
        {
            await using var command = database.Command(context, $"SELECT * FROM {table}");
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(c => reader.GetValue(c) is byte[] bytes ? Convert.ToHexString(SHA256.HashData(bytes)) : reader.GetValue(c).ToString())));
            prints[table] = $"{rows.Count} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Order(StringComparer.Ordinal)))))}";
        }

        foreach (var file in Files("documents").Concat(Files("mail")))
            prints[file] = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file)));
        return prints;
    }

    /// <summary>A restart with nothing to do changes nothing. A schedule that fired at the last moment may have left work: done by the first restart, there is none for the next.</summary>
    public async Task StaysAsync(SortedDictionary<string, string> before, Func<Task> restart)
    {
        await restart();
        var after = await FingerprintAsync();
        if (after.Except(before).Any() && after.Except(before).All(p => p.Key == "po_work"))
        {
            before = after;
            await restart();
            after = await FingerprintAsync();
        }

        string.Join('\n', before.Except(after).Concat(after.Except(before))).ShouldBe("", "a restart with nothing to do changed something");
    }

    private async Task CheckEffectsAsync(OfficeDbContext context)
    {
        var keys = await context.Outbox.Select(o => new { o.EffectKey, o.Kind }).ToListAsync();
        var messages = await context.Messages.ToListAsync();
        messages.Select(m => m.EffectKey).ShouldBe(keys.Where(k => k.Kind == "message").Select(k => k.EffectKey), ignoreOrder: true);
        // One letter for each message, whole.
        var letters = Files("mail").ToList();
        letters.Select(Path.GetFileName).ShouldBe(messages.Select(m => m.MessageId[1..m.MessageId.IndexOf('@', StringComparison.Ordinal)] + ".eml"), ignoreOrder: true);
        foreach (var letter in letters)
            (await File.ReadAllTextAsync(letter)).ShouldEndWith("\r\n");

        var documents = await context.Documents.ToListAsync();
        documents.Select(d => d.EffectKey).Distinct().Count().ShouldBe(documents.Count);
        var wanted = documents.Select(d => d.Sha256).Distinct().ToList();
        if (database.IsShared)
        {
            var kept = await context.DocumentFiles.ToListAsync();
            kept.Select(f => f.Sha256).ShouldBe(wanted, ignoreOrder: true);
            kept.ShouldAllBe(f => Convert.ToHexStringLower(SHA256.HashData(f.Bytes)) == f.Sha256);
            return;
        }

        Files("documents").Select(Path.GetFileName).ShouldBe(wanted, ignoreOrder: true);
        foreach (var file in Files("documents"))
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))).ShouldBe(Path.GetFileName(file));
        Files("templates").ShouldAllBe(f => !f.EndsWith(".tmp"));
    }

    private IEnumerable<string> Files(string name)
    {
        var path = Path.Combine(name == "documents" ? folder : shared, name);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [];
    }
}
