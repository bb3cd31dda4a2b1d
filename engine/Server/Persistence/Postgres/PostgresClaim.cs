using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Persistence.Postgres;

/// <summary>A work item and its instance, locked by an open transaction; when the process dies the database gives both back at once.</summary>
internal sealed class PostgresClaim(WorkItem item, NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlDataSource notes, string node) : WorkClaim(item)
{
    private const string FindSql = """
        WITH w AS (
            SELECT id, kind, instance_id, bookmark_id, due_at, payload, attempts FROM po_work
            WHERE parked_at IS NULL AND due_at <= $1 AND due_at >= $2 AND (instance_id IS NULL OR NOT instance_id = ANY($3))
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED),
        i AS MATERIALIZED (SELECT id FROM po_instance WHERE id = (SELECT instance_id FROM w) FOR UPDATE SKIP LOCKED)
        SELECT w.id, w.kind, w.instance_id, w.bookmark_id, w.due_at, w.payload, w.attempts,
            w.instance_id IS NULL OR EXISTS (SELECT 1 FROM i) OR NOT EXISTS (SELECT 1 FROM po_instance p WHERE p.id = w.instance_id)
        FROM w
        """;

    private DbContextOptions<OfficeDbContext>? _options;

    /// <summary>Whether the transaction is still open.</summary>
    public bool IsHeld { get; private set; } = true;

    public NpgsqlTransaction Transaction => transaction;

    /// <summary>For a context over this claim's own connection.</summary>
    public DbContextOptions<OfficeDbContext> Options => _options ??= new DbContextOptionsBuilder<OfficeDbContext>().UseNpgsql(connection).Options;

    /// <summary>Locks the first due item that nobody holds, and its instance when nobody holds that.</summary>
    public static async Task<(WorkItem? Item, bool IsFree)> FindAsync(NpgsqlConnection connection, DateTimeOffset now, DateTimeOffset? since, List<string> busy, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindSql, connection);
        command.Parameters.Add(new() { Value = now.UtcTicks });
        command.Parameters.Add(new() { Value = since?.UtcTicks ?? 0L });
        command.Parameters.Add(new() { Value = busy.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (WorkRows.Read(reader), reader.GetBoolean(7)) : (null, false);
    }

    /// <summary>Makes all of it durable and gives the locks back.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await using (var forget = new NpgsqlCommand("DELETE FROM po_running WHERE work_id = $1", connection))
        {
            forget.Parameters.Add(new() { Value = Item.Id });
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        IsHeld = false;
        await connection.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (!IsHeld)
            return;

        IsHeld = false;
        try
        {
            // Before the locks: whoever takes the item next must not think that we died of it.
            await using var forget = notes.CreateCommand("DELETE FROM po_running WHERE work_id = $1 AND node = $2");
            forget.Parameters.Add(new() { Value = Item.Id });
            forget.Parameters.Add(new() { Value = node });
            await forget.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The database is away: the note stays and counts as one failed attempt.
        }

        // Ends the transaction too, also one that is broken.
        await connection.DisposeAsync();
    }
}
