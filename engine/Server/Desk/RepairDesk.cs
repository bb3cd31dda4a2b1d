using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Desk;

/// <summary>Everything that was set aside for a person, whatever its kind: effects, work of the engine, failed workflows.</summary>
internal sealed class RepairDesk(WorkflowStore store, WorkflowRuntime runtime, TimeProvider clock)
{
    private const string Effect = "effect";
    private const string Work = "work";
    private const string Failed = "failed";

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ParkedItem>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var effects = await context.Outbox.Where(o => EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null)
            .Select(o => new { o.EffectKey, o.InstanceId, o.Kind, o.Payload, Reason = EF.Property<string?>(o, Shadow.LastError), At = EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) }).ToListAsync(cancellationToken);
        var work = await context.Work.Where(w => EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null)
            .Select(w => new { w.Id, w.InstanceId, w.Kind, w.Payload, Reason = EF.Property<string?>(w, Shadow.LastError), At = EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) }).ToListAsync(cancellationToken);
        var failed = await context.Instances.Where(i => i.SubStatus == WorkflowSubStatus.Faulted).Select(i => new { i.Id, i.Name, i.DefinitionId, i.UpdatedAt }).ToListAsync(cancellationToken);
        var ids = failed.Select(f => f.Id).ToList();
        var reasons = (await context.Journal.Where(j => ids.Contains(j.InstanceId) && j.Event == "Faulted").OrderBy(j => j.N).Select(j => new { j.InstanceId, Reason = j.Why ?? j.Message }).ToListAsync(cancellationToken))
            .ToLookup(j => j.InstanceId, j => j.Reason);
        return
        [
            .. effects.Select(e => new ParkedItem($"{Effect}:{e.EffectKey}", e.InstanceId, EffectName(e.Kind, e.Payload), Line(e.Reason), e.At!.Value))
                .Concat(work.Select(w => new ParkedItem($"{Work}:{w.Id}", w.InstanceId, WorkName(w.Kind, w.Payload), Line(w.Reason), w.At!.Value)))
                .Concat(failed.Select(f => new ParkedItem($"{Failed}:{f.Id}", f.Id, $"Workflow {f.Name ?? f.DefinitionId}", Line(reasons[f.Id].LastOrDefault()), f.UpdatedAt)))
                .OrderBy(p => p.At).ThenBy(p => p.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Lets one of them try again, now.</summary>
    /// <exception cref="OfficeProblem">It is not set aside, or no more.</exception>
    public async Task RetryAsync(string id, string by, CancellationToken cancellationToken)
    {
        var (kind, key) = id.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (id[..colon], id[(colon + 1)..]) : ("", id);
        var isFound = false;
        if (kind == Failed && await store.FindInstanceAsync(key, cancellationToken) is { SubStatus: WorkflowSubStatus.Faulted })
        {
            await runtime.RetryAsync(key, actor: by, cancellationToken: cancellationToken);
            return;
        }

        var now = clock.GetUtcNow();
        await store.WriteAsync(async context =>
        {
            if (kind == Effect && await context.Outbox.SingleOrDefaultAsync(o => o.EffectKey == key && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null, cancellationToken) is { } message)
            {
                var entry = context.Entry(message);
                entry.Property<DateTimeOffset?>(Shadow.ParkedAt).CurrentValue = null;
                entry.Property<int>(Shadow.Attempts).CurrentValue = 0;
                entry.Property<DateTimeOffset>(Shadow.DueAt).CurrentValue = now;
                isFound = true;
            }
            else if (kind == Work && await context.Work.SingleOrDefaultAsync(w => w.Id == key && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null, cancellationToken) is { } item)
            {
                var entry = context.Entry(item);
                entry.CurrentValues.SetValues(item with { Attempts = 0, DueAt = now });
                entry.Property<DateTimeOffset?>(Shadow.ParkedAt).CurrentValue = null;
                isFound = true;
            }
        }, cancellationToken);
        if (!isFound)
            throw OfficeProblem.NotFound("item set aside with the id", id, "It may have been tried again already; list them with 'office parked list'.");
    }

    private static string EffectName(string kind, string payload)
    {
        var json = JsonNode.Parse(payload) as JsonObject;
        return kind switch
        {
            "document" => $"Document {(string?)json?["template"]}",
            "message" => $"Message '{(string?)json?["subject"]}'",
            // The address may carry a token: its host is enough.
            "http" => $"Web request to {(Uri.TryCreate((string?)json?["url"], UriKind.Absolute, out var uri) ? uri.Host : "an address that cannot be read")}",
            _ => kind,
        };
    }

    private static string WorkName(string kind, string? payload)
    {
        var json = payload is null ? null : JsonNode.Parse(payload) as JsonObject;
        return kind switch
        {
            "start" => $"Start of {(string?)json?["definitionId"] ?? (string?)json?["versionId"] ?? "a workflow"}",
            "event" => "Event",
            _ => "Step of the workflow",
        };
    }

    private static string Line(string? reason) => string.Join(' ', (reason ?? "No reason is known.").Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>Something set aside.</summary>
/// <param name="Id">To try it again by.</param>
/// <param name="InstanceId">Whose; null when it is nobody's yet.</param>
/// <param name="What">What could not be done.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record ParkedItem(string Id, string? InstanceId, string What, string Reason, DateTimeOffset At);
