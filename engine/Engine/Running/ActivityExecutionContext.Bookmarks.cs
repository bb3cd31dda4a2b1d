using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

public sealed partial class ActivityExecutionContext
{
    /// <summary>Makes the execution wait. The instance rests when nothing else can run.</summary>
    public Bookmark CreateBookmark(BookmarkRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Burst.CreateBookmark(this, request);
    }

    /// <summary>Removes a bookmark of this execution; one that is gone already is no error.</summary>
    public void Burn(Bookmark bookmark)
    {
        ArgumentNullException.ThrowIfNull(bookmark);
        Burst.Burn(open => open.Id == bookmark.Id, this);
    }

    /// <summary>Removes the bookmarks of this execution that match.</summary>
    public void Burn(Func<Bookmark, bool> which) => Burst.Burn(which, this);

    /// <summary>Open bookmarks of this execution, in the order they were made.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => Burst.BookmarksOf(this);

    /// <summary>Asks for an effect on the world, performed after the commit and repeated until it succeeds.</summary>
    /// <param name="kind">What performs it: <c>document</c>, <c>message</c>, <c>http</c>.</param>
    /// <param name="payload">As the performer of that kind reads it.</param>
    /// <param name="waitFor">The bookmark to wake with the result; null when nobody waits for it.</param>
    /// <returns>The effect's key: the same burst run again gives the same key, and each key takes effect once.</returns>
    public string Send(string kind, Value payload, Bookmark? waitFor = null) => Burst.Send(this, kind, payload, waitFor);

    /// <summary>States a fact for the office's read model; a later one of the same kind and key replaces it.</summary>
    public void Record(string kind, string key, Value payload) => Burst.Facts.Add(new Fact(kind, key, payload.ToJson()));
}

/// <summary>How an activity wants to wait.</summary>
public sealed record BookmarkRequest
{
    /// <summary>Kind of stimulus; the activity's type by default.</summary>
    public string? Name { get; init; }

    /// <summary>What a stimulus must equal to wake it; Undefined when nothing.</summary>
    public Value Stimulus { get; init; }

    /// <summary>What readers of bookmarks need beside the stimulus; Undefined when nothing.</summary>
    public Value Payload { get; init; }

    /// <summary>Method of the activity that takes the wake-up; null completes the activity. Stored by name, so no lambda.</summary>
    public Action<ActivityExecutionContext>? Callback { get; init; }

    /// <summary>Whether the wake-up removes it; default true.</summary>
    public bool AutoBurn { get; init; } = true;

    /// <summary>UTC moment at which time itself wakes it; null when only a stimulus does. Any date, years ahead too.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether the stimulus must name this very execution; false lets whoever knows the stimulus wake it. Default true.</summary>
    public bool IncludeActivityInstanceId { get; init; } = true;
}
