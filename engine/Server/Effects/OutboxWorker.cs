using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Effects;

/// <summary>Performs the effects that bursts asked for, and hands the results back as work.</summary>
/// <remarks>
/// At least once with a stable key: after a crash a message is performed again, and its key keeps the office from seeing it twice.
/// A claim is a lease: whoever hangs longer than it lasts is fenced off by its epoch. What fails is tried again later and later, then parked where a person sees it.
/// </remarks>
internal sealed class OutboxWorker(WorkflowStore store, OfficeDatabase database, IEnumerable<IEffect> effects, TimeProvider clock, ILogger<OutboxWorker> log)
{
    private const int RenewalsOfALease = 3;
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private readonly Dictionary<string, IEffect> _effects = effects.ToDictionary(e => e.Kind);

    /// <summary>How long a claim lasts unless it is renewed; <c>OFFICE_LEASE_SECONDS</c> changes it.</summary>
    public TimeSpan Lease { get; init; } = double.TryParse(Environment.GetEnvironmentVariable("OFFICE_LEASE_SECONDS"), CultureInfo.InvariantCulture, out var seconds) && seconds > 0
        ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(30);

    /// <summary>Performs what is due, oldest first; returns how many messages it took.</summary>
    public async Task<int> RunDueAsync(int limit, CancellationToken cancellationToken)
    {
        // Looking is cheap; a claim is a durable commit.
        if (await NextDueAsync(cancellationToken) is not { } due || due > clock.GetUtcNow())
            return 0;

        CrashPoint.Hit("outbox.due");
        var claims = await ClaimAsync(limit, cancellationToken);
        if (claims.Count == 0)
            return 0;

        CrashPoint.Hit("outbox.claimed");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(claims, done.Token);
        try
        {
            foreach (var claim in claims)
                await PerformAsync(claim, cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
        }

        return claims.Count;
    }

    /// <summary>When the next message not yet due will be; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var ticks = await context.Database
            .SqlQuery<long?>($"""SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) AS "Value" FROM po_outbox WHERE sent_at IS NULL AND parked_at IS NULL""")
            .FirstAsync(cancellationToken);
        return ticks is { } t ? new DateTimeOffset(t, TimeSpan.Zero) : null;
    }

    private async Task<List<OutboxClaim>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        var claims = new List<OutboxClaim>();
        await database.WriteAsync(async context =>
        {
            claims.Clear();
            await using var command = database.Command(context, database.ClaimOutboxSql, clock.GetUtcNow().UtcTicks, Lease.Ticks, limit);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                claims.Add(OutboxClaim.Read(reader));
        }, isAlone: false, cancellationToken);
        // Neither store promises an order of what an update returns.
        return [.. claims.OrderBy(c => c.DueAt).ThenBy(c => c.Message.EffectKey, StringComparer.Ordinal)];
    }

    private async Task RenewAsync(List<OutboxClaim> claims, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Lease / RenewalsOfALease, clock, cancellationToken);
                var sql = $"UPDATE po_outbox SET lease_until = {database.LeaseEndSql} WHERE effect_key = $3 AND epoch = $4 AND sent_at IS NULL AND lease_until IS NOT NULL AND $1 > 0";
                await database.WriteAsync(
                    context => database.RunAsync(context, [.. claims.Select(c => new Statement(sql, [clock.GetUtcNow().UtcTicks, Lease.Ticks, c.Message.EffectKey, c.Epoch], "Lease"))], cancellationToken),
                    isAlone: false, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store is away: without a renewal the lease ends, and the epoch keeps two from both being heard.
                log.LogWarning("The lease of {Count} effects could not be renewed: {Reason}", claims.Count, e.Message);
            }
        }
    }

    private async Task PerformAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        var message = claim.Message;
        using var span = Telemetry.OfficeTelemetry.StartEffect(message);
        try
        {
            if (!_effects.TryGetValue(message.Kind, out var effect))
                throw new EffectFailedException($"This office cannot perform '{message.Kind}'.");

            CrashPoint.Hit("effect.before");
            var done = await effect.PerformAsync(message, Value.ParseJson(message.Payload), cancellationToken);
            CrashPoint.Hit("effect.after");
            await store.WriteAsync(context => MarkSentAsync(context, claim, done, cancellationToken), Changes.Work, isAlone: false, cancellationToken);
            CrashPoint.Hit("effect.marked");
        }
        catch (EffectFailedException e)
        {
            log.LogWarning("Effect {EffectKey} is parked: {Reason}", message.EffectKey, e.Message);
            await FailAsync(claim, e.Message, isFinal: true, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && !database.IsTransient(e))
        {
            log.LogError(e, "Effect {EffectKey} of kind {Kind} failed and will be tried again", message.EffectKey, message.Kind);
            await FailAsync(claim, e.Message, isFinal: false, cancellationToken);
        }
    }

    private async Task MarkSentAsync(OfficeDbContext context, OutboxClaim claim, EffectResult done, CancellationToken cancellationToken)
    {
        var (message, now) = (claim.Message, clock.GetUtcNow().UtcTicks);
        await using var mark = database.Command(context, "UPDATE po_outbox SET sent_at = $1, lease_until = NULL WHERE effect_key = $2 AND epoch = $3 AND sent_at IS NULL", now, message.EffectKey, claim.Epoch);
        // Called off while it was performed, or taken over by somebody else: what it made is not announced.
        if (await mark.ExecuteNonQueryAsync(cancellationToken) == 0)
            return;

        done.Write(context);
        if (message.BookmarkId is { } bookmark)
        {
            await using var wake = database.Command(
                context,
                "INSERT INTO po_work (id, kind, instance_id, bookmark_id, due_at, payload, attempts) SELECT $1, 'resume', $2, $1, $3, $4, 0 WHERE EXISTS (SELECT 1 FROM po_bookmark WHERE id = $1) ON CONFLICT (id) DO NOTHING",
                bookmark, message.InstanceId, now, done.Result.ToJson());
            await wake.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private Task FailAsync(OutboxClaim claim, string reason, bool isFinal, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isParked = isFinal || claim.Attempts >= Pauses.Length;
        // What failed together is not tried again together.
        var again = isParked ? claim.DueAt : now + (Pauses[claim.Attempts] * (1 + (Random.Shared.NextDouble() / 5)));
        return store.WriteAsync(
            context => database.RunAsync(context,
            [
                new("UPDATE po_outbox SET attempts = attempts + 1, last_error = $1, due_at = $2, parked_at = $3, lease_until = NULL WHERE effect_key = $4 AND epoch = $5 AND sent_at IS NULL",
                    [reason, again.UtcTicks, isParked ? now.UtcTicks : null, claim.Message.EffectKey, claim.Epoch], $"Effect {claim.Message.EffectKey}"),
            ], cancellationToken), Changes.Work, isAlone: false, cancellationToken);
    }
}
