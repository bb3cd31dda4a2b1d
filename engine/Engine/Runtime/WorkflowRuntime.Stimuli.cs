using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

/// <summary>Stimuli that come before their bookmark wait as work, found by their hash.</summary>
public sealed partial class WorkflowRuntime
{
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

    /// <summary>Wakes all that wait for it by now; the first wake-up takes the stimulus with it, so it happens once.</summary>
    private async Task MatchKeptAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        var item = claim.Item;
        var payload = Value.ParseJson(item.Payload ?? "{}");
        WorkClaim? open = claim;
        foreach (var bookmark in await _store.FindBookmarksAsync(item.BookmarkId!, Text(payload, "correlationId"), Text(payload, "instanceId"), cancellationToken))
        {
            try
            {
                await ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id, Input = payload["input"], Actor = Text(payload, "actor") }, open, cancellationToken);
                open = null;
            }
            catch (Exception late) when (late is BookmarkGoneException or InstanceEndedException)
            {
                // Burned meanwhile: whoever waits next gets it.
            }
        }

        if (open is null)
            return;
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
