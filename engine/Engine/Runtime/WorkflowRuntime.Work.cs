using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

public sealed partial class WorkflowRuntime
{
    /// <summary>Does work that is due: timers, starts, events, wake-ups, continuations. Failing work is tried later, then set aside.</summary>
    /// <param name="limit">Most items to do.</param>
    /// <param name="cancellationToken">Stops before the next item.</param>
    /// <returns>How many items were looked at; 0 when nothing is due.</returns>
    public async Task<int> RunDueWorkAsync(int limit, CancellationToken cancellationToken = default)
    {
        var done = 0;
        while (done < limit && await RunNextWorkAsync(null, null, cancellationToken))
            done++;
        return done;
    }

    /// <summary>Does the work that is due longest and that nobody else does; false when there is none.</summary>
    /// <param name="since">Leaves out what was due before; null for any.</param>
    /// <param name="begun">Told of the item before it is done; null when nobody listens.</param>
    /// <param name="cancellationToken">Stops before the item.</param>
    /// <exception cref="Exception">The store is away: nothing is noted against the item.</exception>
    public async Task<bool> RunNextWorkAsync(DateTimeOffset? since, Action<WorkItem>? begun, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var claim = await _store.ClaimWorkAsync(Now, since, cancellationToken);
        if (claim is null)
            return false;

        begun?.Invoke(claim.Item);
        await DoAsync(claim, cancellationToken);
        return true;
    }

    private async Task DoAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        var item = claim.Item;
        try
        {
            await (item.Kind switch
            {
                "resume" => ResumeByWorkAsync(claim, cancellationToken),
                "start" => StartByWorkAsync(claim, cancellationToken),
                "event" => SendByWorkAsync(claim, cancellationToken),
                KeptKind => MatchKeptAsync(claim, cancellationToken),
                "continue" => ChangeAsync(item.InstanceId!, BurstCause.Continue, null, null, claim, cancellationToken),
                _ => throw new InvalidOperationException($"Nobody knows work of kind '{item.Kind}'."),
            });
        }
        catch (ConcurrencyException)
        {
            // Another worker did this item, or its instance is busy: what is left of the item is looked at again later.
            await _store.RetryWorkAsync(claim, "busy", Now.AddSeconds(1), cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !_store.IsTransient(problem))
        {
            // What cannot get better by itself goes to a person at once.
            var isFinal = problem is DamagedInstanceException or StateTooLargeException || item.Attempts + 1 >= _options.MaxAttempts;
            await _store.RetryWorkAsync(claim, problem.Message, isFinal ? null : Now.AddSeconds(Math.Pow(4, item.Attempts + 1)), cancellationToken);
        }
    }

    private async Task ResumeByWorkAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        var item = claim.Item;
        try
        {
            var input = item.Payload is null ? Value.Undefined : Value.ParseJson(item.Payload);
            await ResumeAsync(new ResumeRequest { BookmarkId = item.BookmarkId!, Input = input }, claim, cancellationToken);
        }
        catch (Exception late) when (late is BookmarkGoneException or InstanceEndedException)
        {
            await ForgetAsync(claim, cancellationToken);
        }
    }

    private async Task StartByWorkAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        var payload = Value.ParseJson(claim.Item.Payload ?? "{}");
        if (payload["timer"].Kind == ValueKind.String)
        {
            await StartByTimerAsync(claim, payload, cancellationToken);
            return;
        }

        var instanceId = Text(payload, "instanceId");
        if (instanceId is not null && await _store.FindInstanceAsync(instanceId, cancellationToken) is not null)
        {
            await ForgetAsync(claim, cancellationToken);
            return;
        }

        var start = await StartAsync(
            new StartRequest
            {
                DefinitionId = Text(payload, "definitionId") ?? "",
                InstanceId = instanceId,
                Input = TypeConversion.ToObject(payload["input"]),
                CorrelationId = Text(payload, "correlationId"),
                Name = Text(payload, "name"),
                ParentInstanceId = Text(payload, "parentInstanceId"),
                ParentBookmarkId = Text(payload, "parentBookmarkId"),
                IgnoreActivation = Text(payload, "parentInstanceId") is not null,
            },
            claim,
            cancellationToken);
        if (start.CannotStart)
            await ForgetAsync(claim, cancellationToken);
    }

    private async Task SendByWorkAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        var message = Value.ParseJson(claim.Item.Payload ?? "{}");
        await SendAsync(
            new Stimulus
            {
                Name = Text(message, "name") ?? "",
                Payload = message["stimulus"],
                CorrelationId = Text(message, "correlationId"),
                InstanceId = Text(message, "instanceId"),
                Input = message["input"],
                IdempotencyKey = claim.Item.Id,
            },
            cancellationToken);
        await ForgetAsync(claim, cancellationToken);
    }

    /// <summary>Starts a published workflow whose timer has come, and plans its next time; a workflow that is not published any more is left alone.</summary>
    private async Task StartByTimerAsync(WorkClaim claim, Value payload, CancellationToken cancellationToken)
    {
        var item = claim.Item;
        var stored = await _store.FindDefinitionVersionAsync(Text(payload, "versionId") ?? "", cancellationToken);
        if (stored is not { IsPublished: true })
        {
            await ForgetAsync(claim, cancellationToken);
            return;
        }

        var graph = await _definitions.GetAsync(stored, cancellationToken);
        var activityId = Text(payload, "timer")!;
        await StartAsync(
            new StartRequest { DefinitionId = stored.DefinitionId, VersionId = stored.VersionId, TriggerActivityId = activityId, IdempotencyKey = item.Id },
            cancellationToken);
        var next = _options.PlansTimers
            ? TriggerIndex.Timers(graph, item.DueAt, Now, Zone).Where(t => t.ActivityId == activityId).Select(t => TriggerIndex.Work(graph, t.ActivityId, t.DueAt)).ToList()
            : [];
        await _store.CommitAsync(new Commit { Bursts = [], ConsumedWork = item.Id, Claim = claim, Work = next }, cancellationToken);
    }

    private ValueTask ForgetAsync(WorkClaim claim, CancellationToken cancellationToken) =>
        _store.CommitAsync(new Commit { Bursts = [], ConsumedWork = claim.Item.Id, Claim = claim }, cancellationToken);

    private static string? Text(Value fields, string name) => fields[name] is { Kind: ValueKind.String } text ? text.AsString() : null;
}
