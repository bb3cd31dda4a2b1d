using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Persistence.Postgres;

/// <summary>The shared store: any number of nodes, rows locked by the database.</summary>
internal sealed class PostgresDatabase : OfficeDatabase
{
    private const int MostRetries = 5;

    // Ticks since year 1 by the database's clock: nodes may disagree about the time, leases may not.
    private const string Now = "((extract(epoch FROM clock_timestamp()) * 10000000)::bigint + 621355968000000000)";

    // Any two numbers, only ever used by this program: the lock of changes that must be alone, and the lock of the schema.
    private const long AloneLock = 0x4F46_4649_4345_0001;
    private const long SchemaLock = 0x4F46_4649_4345_0002;
    private const long PreparationLock = 0x4F46_4649_4345_0003;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _hasty;

    /// <exception cref="FormatException">It is no connection; the message names no password.</exception>
    public PostgresDatabase(string connection, string? node = null)
    {
        var settings = PostgresConnection.Read(connection);
        Node = node ?? $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7().ToString("N")[^6..]}";
        Address = PostgresConnection.Describe(settings);
        ConnectionText = settings.ConnectionString;
        _source = NpgsqlDataSource.Create(settings);
        // Notes about running work may be lost with the server, but must not wait for its disk.
        _hasty = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Options = "-c synchronous_commit=off", MaxPoolSize = 8 });
    }

    public override string Name => "PostgreSQL";

    public override bool IsShared => true;

    public override int Workers => 4;

    protected override bool NamesParameters => false;

    /// <summary>This process, as the others know it.</summary>
    public string Node { get; }

    /// <summary>Host, port and database, without user and password.</summary>
    public string Address { get; }

    /// <summary>With the password: for connecting, never for showing.</summary>
    public string ConnectionText { get; }

    public NpgsqlDataSource Source => _source;

    public override void Configure(DbContextOptionsBuilder options) => options
        .UseNpgsql(_source)
        .AddInterceptors(CaseBlindLike.Instance);

    public override async Task MigrateAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var context = await Contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({SchemaLock})", cancellationToken);
        try
        {
            await context.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS po_migration (name text COLLATE \"C\" NOT NULL PRIMARY KEY, at bigint NOT NULL)", cancellationToken);
            await RunScriptsAsync(context, "postgres.", clock, cancellationToken);
        }
        finally
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({SchemaLock})", CancellationToken.None);
        }
    }

    public override async Task<IReadOnlyList<OtherNode>> OtherNodesAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("SELECT application_name, min(backend_start) FROM pg_stat_activity WHERE datname = current_database() AND starts_with(application_name, $1) AND application_name <> $2 GROUP BY 1 ORDER BY 1");
        command.Parameters.Add(new NpgsqlParameter { Value = NodeName.Prefix });
        command.Parameters.Add(new NpgsqlParameter { Value = NodeName.Own });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var nodes = new List<OtherNode>();
        while (await reader.ReadAsync(cancellationToken))
            nodes.Add(NodeName.Read(reader.GetString(0), new DateTimeOffset(reader.GetDateTime(1).ToUniversalTime(), TimeSpan.Zero)));
        return nodes;
    }

    // Held by the session: closing the connection lets go, whatever happened.
    public override async Task<IAsyncDisposable?> BeginPreparationAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionText) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({PreparationLock})", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    public override async Task WriteAsync(Func<OfficeDbContext, Task> change, bool isAlone, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var context = await Contexts.CreateDbContextAsync(cancellationToken);
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                if (isAlone)
                    await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AloneLock})", cancellationToken);
                await change(context);
                await context.SaveChangesAsync(cancellationToken);
                CrashPoint.Hit("commit.before");
                await transaction.CommitAsync(cancellationToken);
                CrashPoint.Hit("commit.after");
                return;
            }
            catch (Exception e) when (attempt < MostRetries && IsCrossed(e))
            {
                // Two waited for each other, and the database chose this one to begin again.
            }
        }
    }

    public override async Task WriteAsync(WorkClaim claim, Func<OfficeDbContext, Task> change, CancellationToken cancellationToken)
    {
        if (claim is not PostgresClaim { IsHeld: true } held)
        {
            await WriteAsync(change, isAlone: false, cancellationToken);
            return;
        }

        try
        {
            await using var context = new OfficeDbContext(held.Options);
            await context.Database.UseTransactionAsync(held.Transaction, cancellationToken);
            await change(context);
            await context.SaveChangesAsync(cancellationToken);
            CrashPoint.Hit("commit.before");
            await held.CommitAsync(cancellationToken);
            CrashPoint.Hit("commit.after");
        }
        catch
        {
            // A transaction in which something failed takes nothing more.
            await held.DisposeAsync();
            throw;
        }
    }

    public override async Task RunAsync(OfficeDbContext context, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
            return;

        await using var batch = new NpgsqlBatch((NpgsqlConnection)context.Database.GetDbConnection());
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var value in statement.Values)
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            var at = e.BatchCommand is null ? -1 : batch.BatchCommands.IndexOf((NpgsqlBatchCommand)e.BatchCommand);
            throw new ConcurrencyException(at < 0 ? "The store" : statements[at].What);
        }

        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].MustHit && batch.BatchCommands[i].RecordsAffected == 0)
                throw new ConcurrencyException(statements[i].What);
        }
    }

    public override async ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        // Leaves alone what waits for an instance that somebody holds: queueing behind one busy instance would stop the others.
        const int MostBusy = 16;
        var busy = new List<string>();
        while (busy.Count < MostBusy)
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken);
            var claim = default(PostgresClaim);
            try
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var (item, isFree) = await PostgresClaim.FindAsync(connection, now, since, busy, cancellationToken);
                if (item is null)
                    return null;

                if (!isFree)
                {
                    busy.Add(item.InstanceId!);
                    continue;
                }

                CrashPoint.Hit("work.found");
                if (!await NoteAsync(item.Id, now, cancellationToken))
                {
                    await CountDeathAsync(connection, item.Id, now, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                    continue;
                }

                var taken = new PostgresClaim(item, connection, transaction, _hasty, Node);
                try
                {
                    CrashPoint.Hit("work.claimed");
                }
                catch
                {
                    await taken.DisposeAsync();
                    throw;
                }

                claim = taken;
                return claim;
            }
            finally
            {
                // What is not handed on holds nothing.
                if (claim is null)
                    await connection.DisposeAsync();
            }
        }

        return null;
    }

    public override string ClaimOutboxSql => $"""
        UPDATE po_outbox SET lease_until = {LeaseEndSql}, epoch = epoch + 1
        WHERE effect_key IN (
            SELECT effect_key FROM po_outbox
            WHERE sent_at IS NULL AND parked_at IS NULL AND due_at <= $1 AND (lease_until IS NULL OR lease_until <= {Now})
            ORDER BY due_at, effect_key LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING effect_key, instance_id, kind, payload, bookmark_id, attempts, epoch, due_at
        """;

    public override string LeaseEndSql => $"{Now} + $2";

    public override bool IsConflict(Exception failure) =>
        IsCrossed(failure) || failure is DbUpdateConcurrencyException || Postgres(failure) is { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <remarks>
    /// After the server died, Npgsql reports that once and then that the connection is not open; whatever is not the server's own
    /// judgement of a statement counts as transient.
    /// </remarks>
    public override bool IsTransient(Exception failure)
    {
        if (Postgres(failure) is { } judged)
            return judged.IsTransient || judged.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.QueryCanceled or "25P03"
                || judged.SqlState.StartsWith("08", StringComparison.Ordinal) || judged.SqlState.StartsWith("53", StringComparison.Ordinal);

        for (var e = failure; e is not null; e = e.InnerException)
        {
            // Not every broken pipe: an effect may meet one that is not the store's.
            if (e is NpgsqlException || (e.Source ?? "").StartsWith("Npgsql", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
        await _hasty.DisposeAsync();
    }

    /// <summary>Notes that this node begins the item; false when a node that is gone had begun it: we hold the row, so nobody is at it.</summary>
    private async Task<bool> NoteAsync(string workId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = _hasty.CreateCommand("INSERT INTO po_running (work_id, node, started_at) VALUES ($1, $2, $3) ON CONFLICT (work_id) DO NOTHING");
        command.Parameters.Add(new() { Value = workId });
        command.Parameters.Add(new() { Value = Node });
        command.Parameters.Add(new() { Value = now.UtcTicks });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task CountDeathAsync(NpgsqlConnection connection, string workId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var died = WorkRows.Died(workId, now);
        await using var batch = new NpgsqlBatch(connection);
        var count = new NpgsqlBatchCommand(died.Sql);
        foreach (var value in died.Values)
            count.Parameters.Add(new() { Value = value });
        var forget = new NpgsqlBatchCommand("DELETE FROM po_running WHERE work_id = $1");
        forget.Parameters.Add(new() { Value = workId });
        batch.BatchCommands.Add(count);
        batch.BatchCommands.Add(forget);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsCrossed(Exception failure) =>
        Postgres(failure) is { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable };

    private static PostgresException? Postgres(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is PostgresException found)
                return found;
        }

        return null;
    }
}
