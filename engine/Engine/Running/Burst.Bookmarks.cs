using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

internal sealed partial class Burst
{
    private readonly List<OpenBookmark> _bookmarks = [];
    private readonly List<string> _burned = [];
    private readonly List<OutboxMessage> _outbox = [];
    private readonly List<WorkItem> _work = [];
    private int _bookmarkCount;

    public Bookmark CreateBookmark(ActivityExecutionContext context, BookmarkRequest request)
    {
        var callback = request.Callback?.Method;
        if (callback is not null && callback.Name.Contains('<', StringComparison.Ordinal))
            throw new InvalidOperationException($"{context.Activity.Type} waits with a lambda. Callbacks are stored by name: make it a method of the activity.");

        var stimulus = request.Stimulus.Kind == ValueKind.Undefined ? null : request.Stimulus.ToJson();
        var name = request.Name ?? context.Activity.Type;
        var bookmark = new Bookmark(
            $"{InstanceId}-{++_bookmarkCount}",
            InstanceId,
            name,
            StimulusHash.Of(name, stimulus, request.IncludeActivityInstanceId ? $"{InstanceId}:{context.Id}" : null),
            context.Activity.Id,
            context.Activity.NodeId,
            context.Id,
            CorrelationId,
            stimulus,
            request.Payload.Kind == ValueKind.Undefined ? null : request.Payload.ToJson(),
            callback?.Name,
            request.AutoBurn,
            Now,
            request.DueAt?.ToUniversalTime());
        _bookmarks.Add(new OpenBookmark(bookmark, context, IsNew: true));
        context.OpenBookmarks++;
        return bookmark;
    }

    public void Burn(Func<Bookmark, bool> which, ActivityExecutionContext owner)
    {
        for (var i = _bookmarks.Count - 1; i >= 0; i--)
        {
            if (_bookmarks[i].Context == owner && which(_bookmarks[i].Bookmark))
                RemoveAt(i);
        }
    }

    public IReadOnlyList<Bookmark> BookmarksOf(ActivityExecutionContext owner) => [.. _bookmarks.Where(open => open.Context == owner).Select(open => open.Bookmark)];

    public string Send(ActivityExecutionContext context, string kind, Value payload, Bookmark? waitFor)
    {
        var key = NextKey(context);
        _outbox.Add(new OutboxMessage(key, InstanceId, kind, payload.ToJson(), waitFor?.Id));
        return key;
    }

    /// <summary>A key that the same burst run again makes again.</summary>
    public string NextKey(ActivityExecutionContext context) => $"{InstanceId}:{context.Id}:{NumberText.Of(context.Ordinal++)}";

    public void AddWork(WorkItem item) => _work.Add(item);

    private OpenBookmark? FindOpen(string id)
    {
        foreach (var open in _bookmarks)
        {
            if (open.Bookmark.Id == id)
                return open;
        }

        return null;
    }

    private void Remove(OpenBookmark open) => RemoveAt(_bookmarks.IndexOf(open));

    /// <summary>Removes all bookmarks of an execution; of all executions when it is null.</summary>
    private void BurnAll(ActivityExecutionContext? owner)
    {
        if (owner is { OpenBookmarks: 0 })
            return;

        for (var i = _bookmarks.Count - 1; i >= 0; i--)
        {
            if (owner is null || _bookmarks[i].Context == owner)
                RemoveAt(i);
        }
    }

    private void RemoveAt(int index)
    {
        var open = _bookmarks[index];
        _bookmarks.RemoveAt(index);
        open.Context.OpenBookmarks--;
        if (!open.IsNew)
            _burned.Add(open.Bookmark.Id);
    }

    private sealed record OpenBookmark(Bookmark Bookmark, ActivityExecutionContext Context, bool IsNew);
}
