namespace ProductionOffice.Server.Persistence;

/// <summary>What kind of thing a commit changed.</summary>
[Flags]
internal enum Changes
{
    None = 0,

    /// <summary>Work or effects that are due, or will be.</summary>
    Work = 1,

    /// <summary>The directory: people, departments, accounts.</summary>
    Directory = 2,

    /// <summary>Workflow definitions.</summary>
    Definitions = 4,

    All = Work | Directory | Definitions,
}

/// <summary>Tells workers, open pages and other nodes that something was committed, and of what kind.</summary>
internal sealed class Commits
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = NewSignal();
    private TaskCompletionSource _nextWork = NewSignal();

    /// <summary>Number of commits since the start.</summary>
    public long Count { get; private set; }

    /// <summary>Number of commits that changed the directory of people.</summary>
    public long DirectoryChanges { get; private set; }

    /// <summary>Number of commits that changed workflow definitions.</summary>
    public long DefinitionChanges { get; private set; }

    /// <summary>Whether the last change this node tried to save found no room.</summary>
    public bool IsDiskFull { get; private set; }

    /// <summary>Told of each commit of this node, for the others.</summary>
    public event Action<Changes>? Announced;

    /// <summary>Ends at the next commit after the call, on whichever node.</summary>
    public Task NextAsync()
    {
        lock (_gate)
            return _next.Task;
    }

    /// <summary>Ends at the next commit after the call that made or moved work.</summary>
    public Task NextWorkAsync()
    {
        lock (_gate)
            return _nextWork.Task;
    }

    /// <summary>Says what this node has committed.</summary>
    public void Announce(Changes changes)
    {
        IsDiskFull = false;
        Hear(changes);
        Announced?.Invoke(changes);
    }

    /// <summary>Says that a change found no room.</summary>
    public void FindDiskFull() => IsDiskFull = true;

    /// <summary>Takes notice of what another node has committed.</summary>
    public void Hear(Changes changes)
    {
        TaskCompletionSource reached;
        TaskCompletionSource? work = null;
        lock (_gate)
        {
            Count++;
            if (changes.HasFlag(Changes.Directory))
                DirectoryChanges++;
            if (changes.HasFlag(Changes.Definitions))
                DefinitionChanges++;
            (reached, _next) = (_next, NewSignal());
            if (changes.HasFlag(Changes.Work))
                (work, _nextWork) = (_nextWork, NewSignal());
        }

        reached.SetResult();
        work?.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
