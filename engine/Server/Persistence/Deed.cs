using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Persistence;

/// <summary>What somebody is doing, whose row in the audit goes into the very transaction that changes something: there is no change without its row, and no row without its change.</summary>
/// <remarks>It goes along with the caller's flow, through engine and desks, which know nothing of the audit; the store writes it down.</remarks>
internal sealed class Deed : IDisposable
{
    private static readonly AsyncLocal<Deed?> Now = new();

    private readonly Func<OfficeDbContext, Written, Task<bool>> _append;
    private readonly bool _isEach;
    private bool _isWritten;

    /// <summary>Begins it; ends with disposing.</summary>
    /// <param name="append">Adds the row for what is written; false when this is not yet what the row is about.</param>
    /// <param name="isEach">Whether each transaction has a row of its own, rather than the first alone.</param>
    public Deed(Func<OfficeDbContext, Written, Task<bool>> append, bool isEach)
    {
        (_append, _isEach) = (append, isEach);
        Now.Value = this;
    }

    /// <summary>What the caller is doing; null when it is nothing that the audit is told, or that has its row already.</summary>
    public static Deed? Current => Now.Value is { _isWritten: false } deed ? deed : null;

    /// <summary>Adds the row to a transaction.</summary>
    public Task<bool> AppendAsync(OfficeDbContext context, Written written) => _append(context, written);

    /// <summary>The transaction that has its row is durable.</summary>
    public void Stands() => _isWritten = !_isEach;

    public void Dispose()
    {
        _isWritten = true;
        Now.Value = null;
    }
}

/// <summary>What a transaction writes.</summary>
/// <param name="Instance">The instance that was started or went on; null for none.</param>
/// <param name="Definition">The version of a workflow that was stored; null for none.</param>
internal readonly record struct Written(WorkflowInstance? Instance = null, StoredDefinition? Definition = null);
