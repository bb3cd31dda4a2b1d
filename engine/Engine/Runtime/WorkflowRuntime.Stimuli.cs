using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

/// <summary>Stimuli: who is woken, and how those that come before their bookmark wait as work, found by their hash.</summary>
public sealed partial class WorkflowRuntime
{
    private static readonly TimeSpan AfterCrash = TimeSpan.FromSeconds(10);

    private const string KeptKind = "stimulus";
    private const string AwaitedNow = "somebody waits for it now";
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    /// <summary>Stimuli that nobody has waited for yet, oldest expiry first.</summary>
    public async Task<IReadOnlyList<KeptStimulus>> ListKeptStimuliAsync(CancellationToken cancellationToken = default)
    {
        var kept = new List<KeptStimulus>();
        foreach (var item in await _store.ListWorkAsync(KeptKind, null, cancellationToken))
        {
            var payload = Value.ParseJson(item.Payload ?? "{}");
            kept.Add(new KeptStimulus(
                item.Id, Text(payload, "name") ?? "", payload["stimulus"].IsNullish ? null : payload["stimulus"].ToJson(), Text(payload, "correlationId"), Text(payload, "instanceId"), Until(payload)));
        }

        return [.. kept.OrderBy(k => k.Until)];
    }

    /// <remarks>
    /// Sent again after a crash it must not wake who began to wait after the first time, such as the next round of a loop.
    /// So what has a key, or comes as work, is first stored as one wake-up for each that waits now, in the commit that remembers the key.
    /// </remarks>
    private async Task<StimulusResult> SendAsync(Stimulus stimulus, WorkClaim? claim, CancellationToken cancellationToken)
    {
        var command = CommandKey.Of(stimulus);
        if (await command.FindAsync<StimulusResult>(_store, cancellationToken) is { } before)
        {
            if (claim is not null)
                await ForgetAsync(claim, cancellationToken);
            return before;
        }

        var hash = StimulusHash.Of(stimulus.Name, stimulus.Payload.Kind == ValueKind.Undefined ? null : stimulus.Payload.ToJson());
        var bookmarks = await _store.FindBookmarksAsync(hash, stimulus.CorrelationId, stimulus.InstanceId, cancellationToken);
        var (started, isTrigger) = stimulus.InstanceId is null ? await StartTriggeredAsync(stimulus, hash, cancellationToken) : ([], false);
        var kept = isTrigger || bookmarks.Count > 0 ? null : await KeepAsync(stimulus, hash, cancellationToken);
        IReadOnlyList<string> resumed;
        StimulusResult answer;
        if (stimulus.IdempotencyKey is null)
        {
            resumed = await WakeAsync(bookmarks, stimulus, cancellationToken);
            answer = new StimulusResult(started, resumed, kept is not null);
            if (kept is not null)
                await _store.CommitAsync(new Commit { Bursts = [], Work = [kept] }, cancellationToken);
        }
        else
        {
            answer = new StimulusResult(started, [.. bookmarks.Select(b => b.InstanceId)], kept is not null);
            // Woken by the workers; for somebody who waits for the answer they are only there in case of a crash.
            var dueAt = claim is null ? Now + AfterCrash : Now;
            var work = bookmarks.Select(b => WakeUp(b, stimulus, dueAt)).Concat(kept is null ? [] : [kept]);
            await _store.CommitAsync(new Commit { Bursts = [], Work = [.. work], Command = command.Answer(answer, Now), ConsumedWork = claim?.Item.Id, Claim = claim }, cancellationToken);
            if (claim is null)
                await WakeAsync(bookmarks, stimulus, cancellationToken);
        }

        // A bookmark made between the look and the commit saw no stimulus, so it is looked for once more.
        if (kept is not null && (await _store.FindBookmarksAsync(hash, stimulus.CorrelationId, stimulus.InstanceId, cancellationToken)).Count > 0)
            await _store.RetryWorkAsync(kept.Id, AwaitedNow, Now, cancellationToken);
        return answer;
    }

    private static WorkItem WakeUp(Bookmark bookmark, Stimulus stimulus, DateTimeOffset dueAt) =>
        new($"{stimulus.IdempotencyKey}:{bookmark.Id}", "resume", bookmark.InstanceId, bookmark.Id, dueAt, stimulus.Input.Kind == ValueKind.Undefined ? null : stimulus.Input.ToJson());

    private async Task<(List<string> Started, bool IsTrigger)> StartTriggeredAsync(Stimulus stimulus, string hash, CancellationToken cancellationToken)
    {
        var started = new List<string>();
        var triggers = await _store.FindTriggersAsync(hash, cancellationToken);
        foreach (var trigger in triggers)
        {
            var start = await StartAsync(
                new StartRequest
                {
                    DefinitionId = trigger.DefinitionId,
                    VersionId = trigger.DefinitionVersionId,
                    TriggerActivityId = trigger.ActivityId,
                    TriggerInput = stimulus.Input,
                    CorrelationId = stimulus.CorrelationId,
                    Actor = stimulus.Actor,
                    IdempotencyKey = stimulus.IdempotencyKey is { } key ? $"{key}:{trigger.DefinitionVersionId}:{trigger.ActivityId}" : null,
                },
                cancellationToken);
            if (!start.CannotStart)
                started.Add(start.InstanceId);
        }

        return (started, triggers.Count > 0);
    }

    private async Task<IReadOnlyList<string>> WakeAsync(IReadOnlyList<Bookmark> bookmarks, Stimulus stimulus, CancellationToken cancellationToken)
    {
        var resumed = new List<string>();
        foreach (var bookmark in bookmarks)
        {
            try
            {
                var planned = stimulus.IdempotencyKey is null ? null : WakeUp(bookmark, stimulus, default).Id;
                var result = await ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id, Input = stimulus.Input, Actor = stimulus.Actor }, null, cancellationToken, planned);
                resumed.Add(result.InstanceId);
            }
            catch (Exception late) when (late is BookmarkGoneException or InstanceEndedException)
            {
                // Burned meanwhile, often by the wake-up before it: then it does not wait for this any more.
            }
        }

        return resumed;
    }

    /// <returns>The work item to be stored; null when there is nothing to wait for.</returns>
    private async ValueTask<WorkItem?> KeepAsync(Stimulus stimulus, string hash, CancellationToken cancellationToken)
    {
        if (!stimulus.Keep || _options.KeepStimuli <= TimeSpan.Zero)
            return null;
        if (stimulus.InstanceId is { } instanceId && await _store.FindInstanceAsync(instanceId, cancellationToken) is not { Status: WorkflowStatus.Running })
            return null;

        var payload = new ObjectValue();
        payload.Set("name", Value.From(stimulus.Name));
        if (stimulus.Payload.Kind != ValueKind.Undefined)
            payload.Set("stimulus", stimulus.Payload);
        if (stimulus.CorrelationId is not null)
            payload.Set("correlationId", Value.From(stimulus.CorrelationId));
        if (stimulus.InstanceId is not null)
            payload.Set("instanceId", Value.From(stimulus.InstanceId));
        if (stimulus.Actor is not null)
            payload.Set("actor", Value.From(stimulus.Actor));
        if (stimulus.Input.Kind != ValueKind.Undefined)
            payload.Set("input", stimulus.Input);
        payload.Set("until", Value.From((Now + _options.KeepStimuli).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        var id = $"stimulus:{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16))}";
        return new WorkItem(id, KeptKind, null, hash, Now + Shorter(LookAgain, _options.KeepStimuli), Value.From(payload).ToJson());
    }

    /// <summary>Makes kept stimuli due that a new bookmark waits for. A crash before that costs half a minute, not the stimulus.</summary>
    private async ValueTask CallKeptAsync(Commit commit, CancellationToken cancellationToken)
    {
        if (_options.KeepStimuli <= TimeSpan.Zero)
            return;

        foreach (var burst in commit.Bursts)
        {
            foreach (var bookmark in burst.BookmarksCreated)
            {
                // Bookmarks that only their own instance can name are never sent to before they exist.
                if (bookmark.Hash != StimulusHash.Of(bookmark.Name, bookmark.Stimulus))
                    continue;
                foreach (var item in await _store.ListWorkAsync(KeptKind, bookmark.Hash, cancellationToken))
                    await _store.RetryWorkAsync(item.Id, AwaitedNow, Now, cancellationToken);
            }
        }
    }

    /// <summary>Wakes all that wait for it by now; the commit that wakes one, or plans to wake several, takes the stimulus with it, so it happens once.</summary>
    private async Task MatchKeptAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        var item = claim.Item;
        var payload = Value.ParseJson(item.Payload ?? "{}");
        var bookmarks = await _store.FindBookmarksAsync(item.BookmarkId!, Text(payload, "correlationId"), Text(payload, "instanceId"), cancellationToken);
        if (bookmarks.Count > 1)
        {
            var stimulus = new Stimulus { Name = "", Input = payload["input"], IdempotencyKey = item.Id };
            await _store.CommitAsync(new Commit { Bursts = [], ConsumedWork = item.Id, Claim = claim, Work = [.. bookmarks.Select(b => WakeUp(b, stimulus, Now))] }, cancellationToken);
            return;
        }

        foreach (var bookmark in bookmarks)
        {
            try
            {
                await ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id, Input = payload["input"], Actor = Text(payload, "actor") }, claim, cancellationToken);
                return;
            }
            catch (Exception late) when (late is BookmarkGoneException or InstanceEndedException)
            {
                // Burned meanwhile: whoever waits next gets it.
            }
        }

        if (Now >= Until(payload))
        {
            await ForgetAsync(claim, cancellationToken);
            return;
        }

        await _store.RetryWorkAsync(claim, "nobody waits for it yet", Now + Shorter(LookAgain, Until(payload) - Now), cancellationToken);
    }

    private static DateTimeOffset Until(Value payload) => Expressions.TypeConversion.ToMoment(payload["until"]) ?? DateTimeOffset.MinValue;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
