using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using SQLitePCL;

namespace ProductionOffice.Server.Persistence.Sqlite;

/// <summary>The embedded store: one file, one process, durable commits.</summary>
internal sealed class SqliteDatabase : OfficeDatabase
{
    private const int Constraint = 19;
    private const int Busy = 5;
    private const int Locked = 6;
    private const string Pragma = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    private const string DueSql =
        "SELECT id, kind, instance_id, bookmark_id, due_at, payload, attempts FROM po_work WHERE parked_at IS NULL AND due_at <= $1 AND due_at >= $2 ORDER BY due_at, id LIMIT $3";

    private readonly string _file;
    private readonly WriterQueue _writer;
    private readonly RunningNotes _notes;
    private readonly InProcessClaims _claims = new();

    public SqliteDatabase(string file)
    {
        _file = file;
        _writer = new WriterQueue(OpenWriter);
        _notes = new RunningNotes(file + ".running");
    }

    public override string Name => "SQLite";

    public override bool IsShared => false;

    public override int Workers => 2;

    protected override bool NamesParameters => true;

    public static string ConnectionString(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        DefaultTimeout = 10,
    }.ToString();

    public override void Configure(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString(_file))
        .AddInterceptors(new Pragmas());

    public override async Task MigrateAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var context = await Contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS po_migration (name TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL)", cancellationToken);
        await RunScriptsAsync(context, "sqlite.", clock, cancellationToken);
    }

    // One writer at a time is SQLite's own rule, so every change is alone.
    public override Task WriteAsync(Func<OfficeDbContext, Task> change, bool isAlone, CancellationToken cancellationToken) => _writer.WriteAsync(change, cancellationToken);

    public override Task RunAsync(OfficeDbContext context, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        var transaction = (SqliteTransaction?)context.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var statement in statements)
        {
            try
            {
                if (_writer.Run(connection, transaction, statement) == 0 && statement.MustHit)
                    throw new ConcurrencyException(statement.What);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Constraint)
            {
                throw new ConcurrencyException(statement.What);
            }
        }

        return Task.CompletedTask;
    }

    public override async ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await using var context = await Contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        // Read only once no claim can be given back: else an item that was done in between would be taken again, for nothing.
        if (_claims.TakeFirst(Due((SqliteConnection)context.Database.GetDbConnection(), now, since)) is not { } claim)
            return null;

        try
        {
            var noted = _notes.Keep(claim);
            CrashPoint.Hit("work.claimed");
            return noted;
        }
        catch
        {
            // What cannot be noted is not done, and must not stay taken.
            await claim.DisposeAsync();
            throw;
        }
    }

    private IEnumerable<WorkItem> Due(SqliteConnection connection, DateTimeOffset now, DateTimeOffset? since)
    {
        const int Spare = 32;
        using var command = connection.CreateCommand();
        command.CommandText = DueSql;
        command.Parameters.AddWithValue("$1", now.UtcTicks);
        command.Parameters.AddWithValue("$2", since?.UtcTicks ?? 0);
        command.Parameters.AddWithValue("$3", _claims.Count + Spare);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return WorkRows.Read(reader);
    }

    public override string ClaimOutboxSql => $"""
        UPDATE po_outbox SET lease_until = {LeaseEndSql}, epoch = epoch + 1
        WHERE effect_key IN (
            SELECT effect_key FROM po_outbox
            WHERE sent_at IS NULL AND parked_at IS NULL AND due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
            ORDER BY due_at, effect_key LIMIT $3)
        RETURNING effect_key, instance_id, kind, payload, bookmark_id, attempts, epoch, due_at
        """;

    public override string LeaseEndSql => "$1 + $2";

    public override bool IsConflict(Exception failure) =>
        failure is DbUpdateConcurrencyException or SqliteException { SqliteErrorCode: Constraint } or DbUpdateException { InnerException: SqliteException { SqliteErrorCode: Constraint } };

    public override bool IsTransient(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException) is { SqliteErrorCode: Busy or Locked };

    public override async Task NoteDeathsAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var died = _notes.TakeOver();
        await WriteAsync(async context =>
        {
            // Nobody else is on this file: what was leased was leased to one that is gone.
            await context.Database.ExecuteSqlRawAsync("UPDATE po_outbox SET lease_until = NULL WHERE lease_until IS NOT NULL", cancellationToken);
            await RunAsync(context, [.. died.Select(id => WorkRows.Died(id, clock.GetUtcNow()))], cancellationToken);
        }, isAlone: true, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _writer.DisposeAsync();
        _notes.Dispose();
    }

    private OfficeDbContext OpenWriter()
    {
        var connection = new SqliteConnection(ConnectionString(_file) + ";Pooling=False");
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = Pragma;
            command.ExecuteNonQuery();
        }

        var context = new OfficeDbContext(new DbContextOptionsBuilder<OfficeDbContext>().UseSqlite(connection, contextOwnsConnection: true).Options);
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    /// <summary>Settings that SQLite keeps a connection, not a file.</summary>
    /// <remarks>A connection from the pool has them already: they stay with SQLite's handle, and running them costs more than a small query.</remarks>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        private readonly ConditionalWeakTable<sqlite3, object> _done = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            var handle = ((SqliteConnection)connection).Handle!;
            if (_done.TryGetValue(handle, out _))
                return;

            using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            command.ExecuteNonQuery();
            _done.TryAdd(handle, this);
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
