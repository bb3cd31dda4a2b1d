using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Storage;

/// <summary>A work item that is one caller's until it is given back or a commit consumes it.</summary>
/// <param name="item">The item as it was when it was taken.</param>
/// <remarks>What makes work happen once is the commit that removes the item; a claim only keeps others from doing it for nothing.</remarks>
public abstract class WorkClaim(WorkItem item) : IAsyncDisposable
{
    /// <summary>The item as it was when it was taken.</summary>
    public WorkItem Item { get; } = item;

    /// <summary>Gives it back; without effect once a commit has consumed it.</summary>
    public abstract ValueTask DisposeAsync();
}
