namespace ProductionOffice.Kiosk.Data;

/// <summary>A flag that can be waited for.</summary>
internal sealed class Signal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = New();

    public void Set()
    {
        lock (_gate)
            _set.TrySetResult();
    }

    public Task WaitAsync()
    {
        lock (_gate)
            return _set.Task;
    }

    public void Reset()
    {
        lock (_gate)
        {
            if (_set.Task.IsCompleted)
                _set = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Lets others wait for the end of a round that begins after they asked.</summary>
internal sealed class StartedRounds
{
    private readonly Lock _gate = new();
    private List<TaskCompletionSource> _next = [];
    private List<TaskCompletionSource> _running = [];

    public Task NextEnd()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _next.Add(end);
        return end.Task;
    }

    public void Begin()
    {
        lock (_gate)
            (_running, _next) = (_next, []);
    }

    public void End()
    {
        lock (_gate)
        {
            foreach (var end in _running)
                end.TrySetResult();
            _running = [];
        }
    }
}
