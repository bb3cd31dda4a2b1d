using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProductionOffice.Server.Persistence.Sqlite;

/// <summary>The one writer of the file. Changes go in the order they came; those that wait together share one trip to the disk.</summary>
/// <remarks>
/// SQLite's own waiting sleeps and retries without order; under load a writer would wait seconds. A change that fails is taken back to its savepoint
/// and fails alone; nobody is answered before the commit that carries his change.
/// </remarks>
internal sealed class WriterQueue(Func<OfficeDbContext> open) : IAsyncDisposable
{
    private const int Most = 16;

    private readonly Lock _gate = new();
    private readonly Queue<Turn> _waiting = new();
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private bool _isRunning;
    private OfficeDbContext? _context;

    public Task WriteAsync(Func<OfficeDbContext, Task> change, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        var turn = new Turn(change, cancellationToken);
        lock (_gate)
        {
            _waiting.Enqueue(turn);
            if (_isRunning)
                return turn.Done.Task;
            _isRunning = true;
        }

        // Off the caller's thread: who comes first would else carry all who come after.
        _ = Task.Run(DrainAsync, CancellationToken.None);
        return turn.Done.Task;
    }

    /// <summary>Runs one statement, prepared once; returns the rows it touched.</summary>
    public int Run(SqliteConnection connection, SqliteTransaction? transaction, Statement statement)
    {
        var isWriter = _context is { } writer && ReferenceEquals(writer.Database.GetDbConnection(), connection);
        if (!isWriter)
        {
            using var once = Make(connection, statement);
            return Execute(once, transaction, statement);
        }

        if (!_prepared.TryGetValue(statement.Sql, out var command))
            _prepared[statement.Sql] = command = Make(connection, statement);
        return Execute(command, transaction, statement);
    }

    public async ValueTask DisposeAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isRunning)
                {
                    _isRunning = true;
                    break;
                }
            }

            await Task.Yield();
        }

        Forget();
    }

    private async Task DrainAsync()
    {
        var group = new List<Turn>(Most);
        while (true)
        {
            group.Clear();
            lock (_gate)
            {
                while (group.Count < Most && _waiting.TryDequeue(out var turn))
                    group.Add(turn);
                if (group.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
            }

            await CommitAsync(group);
        }
    }

    private async Task CommitAsync(List<Turn> group)
    {
        var stands = false;
        try
        {
            var context = _context ??= open();
            await using (var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None))
            {
                foreach (var turn in group)
                {
                    stands |= await RunAsync(context, (SqliteTransaction)transaction.GetDbTransaction(), turn, isAlone: group.Count == 1);
                }

                if (stands)
                {
                    CrashPoint.Hit("commit.before");
                    await transaction.CommitAsync(CancellationToken.None);
                    CrashPoint.Hit("commit.after");
                }
            }
        }
        catch (Exception e)
        {
            // The whole transaction is gone (a full disk, a lock that was not given): nobody's change is in the file.
            Forget();
            foreach (var turn in group)
                turn.Done.TrySetException(e);
            return;
        }

        // Who failed hears of it now too, not before: what was in the way may be of the same commit, and must be there to be found.
        foreach (var turn in group)
        {
            if (turn.Failure is null)
                turn.Done.TrySetResult();
            else
                turn.Done.TrySetException(turn.Failure);
        }
    }

    /// <summary>Whether the change stands; one that fails is taken back.</summary>
    private static async Task<bool> RunAsync(OfficeDbContext context, SqliteTransaction transaction, Turn turn, bool isAlone)
    {
        const string Mark = "turn";
        if (turn.CancellationToken.IsCancellationRequested)
        {
            turn.Failure = new OperationCanceledException(turn.CancellationToken);
            return false;
        }

        if (!isAlone)
            transaction.Save(Mark);
        try
        {
            await turn.Change(context);
            await context.SaveChangesAsync(CancellationToken.None);
            if (!isAlone)
                transaction.Release(Mark);
            return true;
        }
        catch (Exception e)
        {
            if (!isAlone)
                transaction.Rollback(Mark);
            turn.Failure = e;
            return false;
        }
        finally
        {
            context.ChangeTracker.Clear();
        }
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
        _context?.Dispose();
        _context = null;
    }

    private static SqliteCommand Make(SqliteConnection connection, Statement statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i + 1}") });
        return command;
    }

    private static int Execute(SqliteCommand command, SqliteTransaction? transaction, Statement statement)
    {
        command.Transaction = transaction;
        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters[i].Value = statement.Values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    private sealed record Turn(Func<OfficeDbContext, Task> Change, CancellationToken CancellationToken)
    {
        public Exception? Failure { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
