using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence.Postgres;

namespace ProductionOffice.Server.Persistence;

/// <summary>Moves an office from the store in its data folder to a PostgreSQL: all tables and documents in one transaction, compared before it is committed.</summary>
/// <remarks>Cut off anywhere it leaves the target as it was; the source is only read.</remarks>
internal sealed class StoreMove(OfficeDatabase source, PostgresDatabase target, DocumentFiles documents)
{
    // One at a time passes through memory.
    private const string DocumentTable = "po_document_file";

    /// <exception cref="StoreMoveException">The target is not empty, a document is missing, or a table differs.</exception>
    public async Task<IReadOnlyList<MovedTable>> RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        await source.MigrateAsync(clock, cancellationToken);
        await target.MigrateAsync(clock, cancellationToken);
        await using var from = await source.Contexts.CreateDbContextAsync(cancellationToken);
        await from.Database.OpenConnectionAsync(cancellationToken);
        await using var reading = await from.Database.BeginTransactionAsync(cancellationToken);
        await using var to = await target.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await to.BeginTransactionAsync(cancellationToken);
        var tables = await TablesAsync(cancellationToken);
        await RefuseFilledAsync(to, tables, cancellationToken);

        var moved = new List<MovedTable>();
        foreach (var table in tables.Where(t => t.Name != DocumentTable))
        {
            var sent = await CopyAsync(from.Database.GetDbConnection(), to, table, cancellationToken);
            CrashPoint.Hit("move.table");
            var kept = await ReadAsync(to, table, null, cancellationToken);
            moved.Add(new MovedTable(table.Name, sent.Rows, kept.Rows, sent.Hash, kept.Hash));
        }

        moved.Add(await MoveDocumentsAsync(from, to, cancellationToken));
        if (moved.FirstOrDefault(m => !m.IsSame) is { } different)
            throw new StoreMoveException($"{different.Table} did not arrive as it was sent: {different.Rows} rows became {different.Arrived}. Nothing was moved.");

        await transaction.CommitAsync(cancellationToken);
        return moved;
    }

    private async Task<List<Table>> TablesAsync(CancellationToken cancellationToken)
    {
        await using var context = await target.Contexts.CreateDbContextAsync(cancellationToken);
        return [.. context.Model.GetEntityTypes().Select(e => new Table(
            e.GetTableName()!,
            [.. e.GetProperties().Select(p => new Column(p.GetColumnName(), p.GetColumnType())).OrderBy(c => c.Name, StringComparer.Ordinal)],
            [.. e.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName())])).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private async Task RefuseFilledAsync(NpgsqlConnection to, List<Table> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT 1 FROM {table.Name})", to);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                throw new StoreMoveException($"The PostgreSQL at {target.Address} already holds an office ({table.Name} has rows). Name an empty database.");
        }
    }

    private static async Task<(long Rows, string Hash)> CopyAsync(DbConnection from, NpgsqlConnection to, Table table, CancellationToken cancellationToken)
    {
        await using var copy = await to.BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var read = await ReadAsync(from, table, async values =>
        {
            await copy.StartRowAsync(cancellationToken);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is null)
                    await copy.WriteNullAsync(cancellationToken);
                else
                    await WriteAsync(copy, values[i]!, table.Columns[i].Type, cancellationToken);
            }
        }, cancellationToken);
        await copy.CompleteAsync(cancellationToken);
        return read;
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object value, string type, CancellationToken cancellationToken) => type switch
    {
        "bigint" => copy.WriteAsync(Convert.ToInt64(value, CultureInfo.InvariantCulture), NpgsqlDbType.Bigint, cancellationToken),
        "integer" => copy.WriteAsync(Convert.ToInt32(value, CultureInfo.InvariantCulture), NpgsqlDbType.Integer, cancellationToken),
        "boolean" => copy.WriteAsync(Convert.ToBoolean(value, CultureInfo.InvariantCulture), NpgsqlDbType.Boolean, cancellationToken),
        "text" => copy.WriteAsync((string)value, NpgsqlDbType.Text, cancellationToken),
        _ => throw new StoreMoveException($"Nobody knows how a {type} is moved."),
    };

    /// <summary>Reads a table in the order of its key and hashes what it reads, alike on both stores.</summary>
    private static async Task<(long Rows, string Hash)> ReadAsync(DbConnection connection, Table table, Func<object?[], Task>? each, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {table.ColumnList} FROM {table.Name} ORDER BY {table.KeyList}";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (rows, values) = (0L, new object?[table.Columns.Count]);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = await reader.IsDBNullAsync(i, cancellationToken) ? null : reader.GetValue(i);
                Add(hash, values[i]);
            }

            rows++;
            if (each is not null)
                await each(values);
        }

        return (rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // The length before each value keeps a border that no content can move; nothing is -1 long.
    private static void Add(IncrementalHash hash, object? value)
    {
        var text = value switch
        {
            null => null,
            bool flag => flag ? "1" : "0",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private async Task<MovedTable> MoveDocumentsAsync(OfficeDbContext from, NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var wanted = await from.Documents.AsNoTracking().Select(d => new { d.Sha256, d.Name }).OrderBy(d => d.Sha256).ToListAsync(cancellationToken);
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0;
        foreach (var document in wanted.DistinctBy(d => d.Sha256))
        {
            await using var file = Open(document.Sha256, document.Name);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())) != document.Sha256)
                throw new StoreMoveException($"The file of '{document.Name}' is not what was filed. Bring it back from a backup; nothing was moved.");

            await using var insert = new NpgsqlCommand($"INSERT INTO {DocumentTable} (sha256, bytes) VALUES ($1, $2)", to);
            insert.Parameters.Add(new() { Value = document.Sha256 });
            insert.Parameters.Add(new() { Value = bytes.ToArray() });
            await insert.ExecuteNonQueryAsync(cancellationToken);
            Add(sent, document.Sha256);
            rows++;
        }

        // What arrived is hashed by the server that keeps it.
        using var arrived = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var check = new NpgsqlCommand($"SELECT encode(sha256(bytes), 'hex') FROM {DocumentTable} ORDER BY encode(sha256(bytes), 'hex') COLLATE \"C\"", to) { CommandTimeout = 0 };
        await using var reader = await check.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        for (; await reader.ReadAsync(cancellationToken); count++)
            Add(arrived, reader.GetString(0));
        return new MovedTable(DocumentTable, rows, count, Convert.ToHexStringLower(sent.GetHashAndReset()), Convert.ToHexStringLower(arrived.GetHashAndReset()));
    }

    private Stream Open(string sha, string name)
    {
        try
        {
            return documents.Open(sha);
        }
        catch (IOException e)
        {
            throw new StoreMoveException($"The file of '{name}' cannot be read: {e.Message} Bring it back from a backup; nothing was moved.");
        }
    }

    private sealed record Column(string Name, string Type);

    private sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key)
    {
        public string ColumnList { get; } = string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));

        public string KeyList { get; } = string.Join(", ", Key.Select(c => $"\"{c}\""));
    }
}

/// <summary>What became of one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">Rows that were sent.</param>
/// <param name="Arrived">Rows that are there.</param>
/// <param name="Hash">SHA-256 of what was sent.</param>
/// <param name="ArrivedHash">SHA-256 of what is there.</param>
internal sealed record MovedTable(string Table, long Rows, long Arrived, string Hash, string ArrivedHash)
{
    public bool IsSame => Rows == Arrived && Hash == ArrivedHash;
}

/// <summary>The office was not moved: why, and what to do.</summary>
internal sealed class StoreMoveException(string message) : Exception(message);
