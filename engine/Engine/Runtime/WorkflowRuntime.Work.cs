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
        var due = await _store.ListDueWorkAsync(Now, limit, cancellationToken);
        foreach (var item in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DoAsync(item, cancellationToken);
        }

        return due.Count;
    }

    private async Task DoAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            await (item.Kind switch
            {
                "resume" => ResumeByWorkAsync(item, cancellationToken),
                "start" => StartByWorkAsync(item, cancellationToken),
                "event" => SendByWorkAsync(item, cancellationToken),
                KeptKind => MatchKeptAsync(item, cancellationToken),
                "continue" => ChangeAsync(item.InstanceId!, BurstCause.Continue, null, null, item.Id, cancellationToken),
                _ => throw new InvalidOperationException($"Nobody knows work of kind '{item.Kind}'."),
            });
        }
        catch (ConcurrencyException)
        {
            // Another worker does this item, or its instance is busy: the item is looked at again later.
            await _store.RetryWorkAsync(item.Id, "busy", Now.AddSeconds(1), cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            DateTimeOffset? again = item.Attempts + 1 >= _options.MaxAttempts ? null : Now.AddSeconds(Math.Pow(4, item.Attempts + 1));
            await _store.RetryWorkAsync(item.Id, problem.Message, again, cancellationToken);
        }
    }

    private async Task ResumeByWorkAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            var input = item.Payload is null ? Value.Undefined : Value.ParseJson(item.Payload);
            await ResumeAsync(new ResumeRequest { BookmarkId = item.BookmarkId!, Input = input }, item.Id, cancellationToken);
        }
        catch (Exception late) when (late is BookmarkGoneException or InstanceEndedException)
        {
            await ForgetAsync(item, cancellationToken);
        }
    }

    private async Task StartByWorkAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var payload = Value.ParseJson(item.Payload ?? "{}");
        if (payload["timer"].Kind == ValueKind.String)
        {
            await StartByTimerAsync(item, payload, cancellationToken);
            return;
        }

        var instanceId = Text(payload, "instanceId");
        if (instanceId is not null && await _store.FindInstanceAsync(instanceId, cancellationToken) is not null)
        {
            await ForgetAsync(item, cancellationToken);
            return;
        }

        await StartAsync(
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
            item.Id,
            cancellationToken);
    }

    private async Task SendByWorkAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var message = Value.ParseJson(item.Payload ?? "{}");
        await SendAsync(
            new Stimulus
            {
                Name = Text(message, "name") ?? "",
                Payload = message["stimulus"],
                CorrelationId = Text(message, "correlationId"),
                InstanceId = Text(message, "instanceId"),
                Input = message["input"],
                IdempotencyKey = item.Id,
            },
            cancellationToken);
        await ForgetAsync(item, cancellationToken);
    }

    /// <summary>Starts a published workflow whose timer has come, and plans its next time; a workflow that is not published any more is left alone.</summary>
    private async Task StartByTimerAsync(WorkItem item, Value payload, CancellationToken cancellationToken)
    {
        var stored = await _store.FindDefinitionVersionAsync(Text(payload, "versionId") ?? "", cancellationToken);
        if (stored is not { IsPublished: true })
        {
            await ForgetAsync(item, cancellationToken);
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
        await _store.CommitAsync(new Commit { Bursts = [], ConsumedWork = item.Id, Work = next }, cancellationToken);
    }

    private ValueTask ForgetAsync(WorkItem item, CancellationToken cancellationToken) =>
        _store.CommitAsync(new Commit { Bursts = [], ConsumedWork = item.Id }, cancellationToken);

    private static string? Text(Value fields, string name) => fields[name] is { Kind: ValueKind.String } text ? text.AsString() : null;
}
