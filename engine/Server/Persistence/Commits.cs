namespace ProductionOffice.Server.Persistence;

/// <summary>Tells workers and open pages that something was committed, and of what kind.</summary>
internal sealed class Commits
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of commits since the start.</summary>
    public long Count { get; private set; }

    /// <summary>Number of commits that changed the directory of people.</summary>
    public long DirectoryChanges { get; private set; }

    /// <summary>Ends at the next commit after the call.</summary>
    public Task NextAsync()
    {
        lock (_gate)
            return _next.Task;
    }

    /// <param name="changesDirectory">Whether what was committed changes the directory of people.</param>
    public void Announce(bool changesDirectory = false)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            Count++;
            if (changesDirectory)
                DirectoryChanges++;
            reached = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        reached.SetResult();
    }
}
