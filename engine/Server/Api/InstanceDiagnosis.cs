using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Api;

/// <summary>Why an instance does not move, with what only the office knows: whom it asks, which effects and work are open.</summary>
internal static class InstanceDiagnosis
{
    public static async Task<Diagnosis> ReadAsync(string id, WorkflowRuntime runtime, WorkflowStore store, DirectoryCache cache, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var directory = cache.Current;
        var tasks = await context.Tasks.Where(t => t.InstanceId == id && t.State == "open" && t.IsOffered).ToDictionaryAsync(t => t.Id, t => (t.Title, t.Role, t.Account), cancellationToken);
        var work = await context.Work.Where(w => w.InstanceId == id)
            .Select(w => new PendingWork(w, EF.Property<string?>(w, Shadow.LastError), EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt))).ToListAsync(cancellationToken);
        var effects = await context.Outbox.Where(o => o.InstanceId == id && EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null).OrderBy(o => o.EffectKey)
            .Select(o => new { o.Kind, o.Payload, Attempts = EF.Property<int>(o, Shadow.Attempts), Error = EF.Property<string?>(o, Shadow.LastError), At = EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) }).ToListAsync(cancellationToken);
        return await runtime.DiagnoseAsync(id, new DiagnosisContext
        {
            Work = work,
            Effects = [.. effects.Select(e => new PendingEffect(Stuck.Name(e.Kind, e.Payload), e.Attempts, e.Error, e.At))],
            Describe = bookmark => tasks.TryGetValue(bookmark.Id, out var task)
                ? $"the {(task.Account is { } only ? directory.Account(only)?.DisplayName ?? only : OfficeRoles.Title(task.Role))} to do: {task.Title}"
                : Words(bookmark),
        }, cancellationToken);
    }

    private static string? Words(Bookmark bookmark) =>
        bookmark.Payload is { } payload && JsonNode.Parse(payload) is JsonObject json && json["waitingFor"] is JsonValue words && words.TryGetValue<string>(out var text) ? text : null;
}
