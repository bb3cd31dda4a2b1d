using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Effects;

/// <summary>Performs the effects that bursts asked for, and hands the results back as work.</summary>
/// <remarks>
/// At least once with a stable key: after a crash a message is performed again, and its key keeps the office from seeing it twice.
/// What fails is tried again later and later, then parked where a person sees it.
/// </remarks>
internal sealed class OutboxWorker(WorkflowStore store, IEnumerable<IEffect> effects, TimeProvider clock, ILogger<OutboxWorker> log)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private readonly Dictionary<string, IEffect> _effects = effects.ToDictionary(e => e.Kind);

    /// <summary>Performs what is due, oldest first; returns how many messages it took.</summary>
    public async Task<int> RunDueAsync(int limit, CancellationToken cancellationToken)
    {
        var due = await ListDueAsync(limit, cancellationToken);
        foreach (var message in due)
            await PerformAsync(message, cancellationToken);
        return due.Count;
    }

    /// <summary>When the next message not yet due will be; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await Waiting(context).OrderBy(o => EF.Property<DateTimeOffset>(o, Shadow.DueAt)).Select(o => (DateTimeOffset?)EF.Property<DateTimeOffset>(o, Shadow.DueAt)).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<List<OutboxMessage>> ListDueAsync(int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var context = await store.ReadAsync(cancellationToken);
        return await Waiting(context)
            .Where(o => EF.Property<DateTimeOffset>(o, Shadow.DueAt) <= now)
            .OrderBy(o => EF.Property<DateTimeOffset>(o, Shadow.DueAt)).ThenBy(o => o.EffectKey)
            .Take(limit).ToListAsync(cancellationToken);
    }

    private static IQueryable<OutboxMessage> Waiting(OfficeDbContext context) => context.Outbox
        .Where(o => EF.Property<DateTimeOffset?>(o, Shadow.SentAt) == null && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) == null);

    private async Task PerformAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var span = Telemetry.OfficeTelemetry.StartEffect(message);
        try
        {
            if (!_effects.TryGetValue(message.Kind, out var effect))
                throw new EffectFailedException($"This office cannot perform '{message.Kind}'.");

            var done = await effect.PerformAsync(message, Value.ParseJson(message.Payload), cancellationToken);
            await store.WriteAsync(context => MarkSentAsync(context, message, done, cancellationToken), cancellationToken);
        }
        catch (EffectFailedException e)
        {
            log.LogWarning("Effect {EffectKey} is parked: {Reason}", message.EffectKey, e.Message);
            await FailAsync(message, e.Message, isFinal: true, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Effect {EffectKey} of kind {Kind} failed and will be tried again", message.EffectKey, message.Kind);
            await FailAsync(message, e.Message, isFinal: false, cancellationToken);
        }
    }

    private async Task MarkSentAsync(OfficeDbContext context, OutboxMessage message, EffectResult done, CancellationToken cancellationToken)
    {
        // Called off while it was performed: what it made is not announced.
        if (await context.Outbox.SingleOrDefaultAsync(o => o.EffectKey == message.EffectKey, cancellationToken) is not { } row)
            return;

        var entry = context.Entry(row);
        var sentAt = entry.Property<DateTimeOffset?>(Shadow.SentAt);
        if (sentAt.CurrentValue is not null)
            return;

        sentAt.CurrentValue = clock.GetUtcNow();
        done.Write(context);
        if (message.BookmarkId is { } bookmark && await context.Bookmarks.AnyAsync(b => b.Id == bookmark, cancellationToken))
            context.Work.Add(new WorkItem(bookmark, "resume", message.InstanceId, bookmark, clock.GetUtcNow(), done.Result.ToJson()));
    }

    private Task FailAsync(OutboxMessage message, string reason, bool isFinal, CancellationToken cancellationToken) => store.WriteAsync(async context =>
    {
        if (await context.Outbox.SingleOrDefaultAsync(o => o.EffectKey == message.EffectKey, cancellationToken) is not { } row)
            return;

        var entry = context.Entry(row);
        var attempts = ++entry.Property<int>(Shadow.Attempts).CurrentValue;
        entry.Property<string?>(Shadow.LastError).CurrentValue = reason;
        if (isFinal || attempts > Pauses.Length)
            entry.Property<DateTimeOffset?>(Shadow.ParkedAt).CurrentValue = clock.GetUtcNow();
        else
            entry.Property<DateTimeOffset>(Shadow.DueAt).CurrentValue = clock.GetUtcNow() + Pauses[attempts - 1];
    }, cancellationToken);
}
