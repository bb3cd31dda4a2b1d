using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Api;

/// <summary>What instances wait for, in plain words: repairs first, then people, then the world.</summary>
internal sealed class WaitingFor
{
    private readonly ILookup<string, string> _stuck;
    private readonly ILookup<string, string> _waits;

    private WaitingFor(ILookup<string, string> stuck, ILookup<string, string> waits) => (_stuck, _waits) = (stuck, waits);

    public bool IsStuck(string instanceId) => _stuck.Contains(instanceId);

    /// <summary>Null when it waits for nothing that could be said.</summary>
    public string? Of(string instanceId) => _stuck[instanceId].Concat(_waits[instanceId]).ToList() is { Count: > 0 } parts ? string.Join("; ", parts) : null;

    /// <param name="context">To read with.</param>
    /// <param name="instanceId">The one instance; null for all.</param>
    /// <param name="directory">For names and the show's time zone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<WaitingFor> ReadAsync(OfficeDbContext context, string? instanceId, OfficeDirectory directory, CancellationToken cancellationToken)
    {
        var stuck = new List<(string Instance, string Text)>();
        foreach (var problem in await Stuck.ReadAsync(context, instanceId, cancellationToken))
            stuck.Add((problem.InstanceId, $"Stuck: {problem.What}: {problem.Reason}"));

        var waits = new List<(string Instance, string Text)>();
        var tasks = await context.Tasks.Where(t => t.State == "open" && t.IsOffered && (instanceId == null || t.InstanceId == instanceId))
            .OrderBy(t => t.CreatedAt).ThenBy(t => t.Id)
            .Select(t => new { t.Id, t.InstanceId, t.Title, t.Role, t.Account, t.Due }).ToListAsync(cancellationToken);
        foreach (var task in tasks)
        {
            var who = task.Account is { } only ? directory.Account(only)?.DisplayName ?? only : OfficeRoles.Title(task.Role);
            waits.Add((task.InstanceId, $"{who}: {task.Title}{(task.Due is { } due ? $"; due {Day(due, directory)}" : "")}"));
        }

        var bookmarks = await context.Bookmarks.Where(b => b.Payload != null && (instanceId == null || b.InstanceId == instanceId))
            .OrderBy(b => b.CreatedAt).ThenBy(b => b.Id).Select(b => new { b.InstanceId, b.Payload }).ToListAsync(cancellationToken);
        foreach (var bookmark in bookmarks)
        {
            if (Words(bookmark.Payload!) is { } words)
                waits.Add((bookmark.InstanceId, words));
        }

        return new WaitingFor(stuck.ToLookup(s => s.Instance, s => s.Text), waits.ToLookup(w => w.Instance, w => w.Text));
    }

    private static string? Words(string payload) =>
        payload.Contains("\"waitingFor\"", StringComparison.Ordinal) && JsonNode.Parse(payload) is JsonObject json && json["waitingFor"] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? (string?)value : null;

    private static string Day(DateTimeOffset due, OfficeDirectory directory)
    {
        var zone = directory.Production is { } production ? TimeZoneInfo.FindSystemTimeZoneById(production.TimeZone) : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(due, zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
    }
}

/// <summary>An effect or work that was given up until a person repairs something.</summary>
/// <param name="InstanceId">Whose.</param>
/// <param name="What">What could not be done, for example <c>deal-memo.docx</c>.</param>
/// <param name="Reason">Why, with what to do.</param>
/// <param name="At">Since when, UTC.</param>
internal sealed record Stuck(string InstanceId, string What, string Reason, DateTimeOffset At)
{
    public static async Task<List<Stuck>> ReadAsync(OfficeDbContext context, string? instanceId, CancellationToken cancellationToken)
    {
        var effects = await context.Outbox
            .Where(o => EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null && (instanceId == null || o.InstanceId == instanceId))
            .OrderBy(o => o.EffectKey)
            .Select(o => new { o.InstanceId, o.Kind, o.Payload, Reason = EF.Property<string?>(o, Shadow.LastError), At = EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) })
            .ToListAsync(cancellationToken);
        var work = await context.Work
            .Where(w => w.InstanceId != null && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null && (instanceId == null || w.InstanceId == instanceId))
            .OrderBy(w => w.Id)
            .Select(w => new { w.InstanceId, Reason = EF.Property<string?>(w, Shadow.LastError), At = EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) })
            .ToListAsync(cancellationToken);
        return
        [
            .. effects.Select(e => new Stuck(e.InstanceId, Name(e.Kind, e.Payload), OneLine(e.Reason), e.At!.Value)),
            .. work.Select(w => new Stuck(w.InstanceId!, "a step of the workflow", OneLine(w.Reason), w.At!.Value)),
        ];
    }

    public static string Name(string kind, string payload)
    {
        var json = JsonNode.Parse(payload) as JsonObject;
        return kind switch
        {
            "document" => (string?)json?["template"] ?? "a document",
            "message" => $"the message '{(string?)json?["subject"]}'",
            _ => kind,
        };
    }

    private static string OneLine(string? reason) => string.Join(' ', (reason ?? "no reason is known").Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
