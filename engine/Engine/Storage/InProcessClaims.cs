using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Storage;

/// <summary>Who works on what, for a store that one process has to itself.</summary>
/// <remarks>May be called from several threads at once.</remarks>
public sealed class InProcessClaims
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>How many items are being worked on.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the first item that is free and whose instance is; null when there is none.</summary>
    /// <param name="items">Walked while nothing can be given back.</param>
    public WorkClaim? TakeFirst(IEnumerable<WorkItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        lock (_gate)
        {
            foreach (var item in items)
            {
                if (_taken.Contains(Work(item)) || (item.InstanceId is not null && _taken.Contains(Instance(item))))
                    continue;

                _taken.Add(Work(item));
                if (item.InstanceId is not null)
                    _taken.Add(Instance(item));
                Count++;
                return new Claim(this, item);
            }

            return null;
        }
    }

    private void GiveBack(WorkItem item)
    {
        lock (_gate)
        {
            if (!_taken.Remove(Work(item)))
                return;
            if (item.InstanceId is not null)
                _taken.Remove(Instance(item));
            Count--;
        }
    }

    private static string Work(WorkItem item) => "w:" + item.Id;

    private static string Instance(WorkItem item) => "i:" + item.InstanceId;

    private sealed class Claim(InProcessClaims claims, WorkItem item) : WorkClaim(item)
    {
        private bool _isGivenBack;

        public override ValueTask DisposeAsync()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
                claims.GiveBack(Item);
            return ValueTask.CompletedTask;
        }
    }
}
