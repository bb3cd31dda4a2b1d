using ProductionOffice.Engine.Instances;

namespace ProductionOffice.Engine.Running;

internal sealed partial class Burst
{
    private (WorkflowStatus Status, WorkflowSubStatus SubStatus) Standing()
    {
        if (_cancelled)
            return (WorkflowStatus.Finished, WorkflowSubStatus.Cancelled);
        if (_queue.Count > 0)
            return (WorkflowStatus.Running, WorkflowSubStatus.Executing);
        if (_faulted)
            return (WorkflowStatus.Finished, WorkflowSubStatus.Faulted);
        return _finished || _open == 0 ? (WorkflowStatus.Finished, WorkflowSubStatus.Finished) : (WorkflowStatus.Running, WorkflowSubStatus.Suspended);
    }

    private BurstOutcome ToOutcome()
    {
        var (status, subStatus) = Standing();
        var before = Request.Instance;
        var version = (before?.Version ?? 0) + 1;
        if (subStatus == WorkflowSubStatus.Suspended && _bookmarks.Count == 0 && !_root!.HasFaultBelow())
            Log("Note", _root!.DeepestRunning(), "Waits for something that cannot come any more: no bookmark is open and nothing is left to run.");
        if (subStatus == WorkflowSubStatus.Executing)
            _work.Add(new WorkItem($"{InstanceId}:continue:{NumberText.Of(version)}", "continue", InstanceId, null, Now, null));
        if (status == WorkflowStatus.Finished && _parentBookmarkId is not null)
            _work.Add(new WorkItem($"{InstanceId}:done", "resume", _parentInstanceId, _parentBookmarkId, Now, Report().ToJson()));
        foreach (var open in _bookmarks)
        {
            if (open is { IsNew: true, Bookmark.DueAt: { } due })
                _work.Add(new WorkItem(open.Bookmark.Id, "resume", InstanceId, open.Bookmark.Id, due, null));
        }

        var definition = Graph.Definition;
        var result = new BurstResult
        {
            Instance = new WorkflowInstance(
                InstanceId, definition.DefinitionId, definition.Id, definition.Version, version, status, subStatus, CorrelationId, Name, _parentInstanceId,
                Incidents.Count, StateWriter.Write(this, status), before?.CreatedAt ?? Now, Now, status == WorkflowStatus.Finished ? Now : null),
            BookmarksCreated = _bookmarks.Count == 0 ? [] : [.. _bookmarks.Where(open => open.IsNew).Select(open => open.Bookmark with { CorrelationId = CorrelationId })],
            BookmarksBurned = _burned,
            Journal = Journal,
            Outbox = _outbox,
            Work = _work,
            Facts = Facts,
        };
        return new BurstOutcome(result, _children, Lines);
    }
}
