using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;

namespace ProductionOffice.Engine.Running;

/// <summary>Everything one burst changed; stored together or not at all.</summary>
public sealed record BurstResult
{
    /// <summary>The instance after the burst, its <see cref="WorkflowInstance.Version"/> one higher than before.</summary>
    public required WorkflowInstance Instance { get; init; }

    /// <summary>Bookmarks made and still open at the end of the burst, in the order they were made.</summary>
    public IReadOnlyList<Bookmark> BookmarksCreated { get; init; } = [];

    /// <summary>Ids of bookmarks that were stored before and are gone now.</summary>
    public IReadOnlyList<string> BookmarksBurned { get; init; } = [];

    /// <summary>Bookmarks that stay open at another place of the definition; their hash is the same.</summary>
    public IReadOnlyList<Bookmark> BookmarksMoved { get; init; } = [];

    /// <summary>New journal lines in order.</summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Effects on the world to be performed after the commit.</summary>
    public IReadOnlyList<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>Follow-up work: children to start, events to publish, timers, continuations.</summary>
    public IReadOnlyList<WorkItem> Work { get; init; } = [];

    /// <summary>What the office's read model takes over in the same transaction.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];
}

/// <summary>An effect on the world: a document, a message, a web request.</summary>
/// <param name="EffectKey"><c>instanceId:activityInstanceId:ordinal</c>; the same burst run again gives the same key, and each key takes effect once.</param>
/// <param name="InstanceId">Who asked for it.</param>
/// <param name="Kind">What performs it: <c>document</c>, <c>message</c>.</param>
/// <param name="Payload">JSON as the performer of that kind reads it.</param>
/// <param name="BookmarkId">The bookmark to resume with the result; null when nobody waits for it.</param>
public sealed record OutboxMessage(string EffectKey, string InstanceId, string Kind, string Payload, string? BookmarkId);

/// <summary>Something the engine has to do, now or later.</summary>
/// <param name="Id">Unique; also the key that makes it happen once (a timer's is its bookmark's id).</param>
/// <param name="Kind"><c>resume</c>, <c>start</c>, <c>event</c>, <c>continue</c> or <c>stimulus</c> (one that nobody waits for yet).</param>
/// <param name="InstanceId">The instance it is about; null for a start or an event.</param>
/// <param name="BookmarkId">The bookmark a <c>resume</c> wakes; the item goes when that bookmark goes. Of a kept <c>stimulus</c> the hash a bookmark must have.</param>
/// <param name="DueAt">UTC moment from which it may be done.</param>
/// <param name="Payload">JSON: input of a resume or start, name and payload of an event; null when none.</param>
/// <param name="Attempts">Number of failed attempts so far; the store counts them in <c>RetryWorkAsync</c>.</param>
public sealed record WorkItem(string Id, string Kind, string? InstanceId, string? BookmarkId, DateTimeOffset DueAt, string? Payload, int Attempts = 0);

/// <summary>A statement for the office's read model, for example that a deal memo now waits for the UPM.</summary>
/// <param name="Kind">What takes it over: <c>paperwork</c>, <c>person</c>, <c>delivery</c>.</param>
/// <param name="Key">What it is about; a later fact of the same kind and key replaces it.</param>
/// <param name="Payload">JSON object as the taker of that kind reads it.</param>
public sealed record Fact(string Kind, string Key, string Payload);
