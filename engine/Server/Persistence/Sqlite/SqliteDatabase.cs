using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace ProductionOffice.Server.Persistence.Sqlite;

/// <summary>The embedded store: one file, one process, durable commits.</summary>
internal static class SqliteDatabase
{
    public static string ConnectionString(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        DefaultTimeout = 10,
    }.ToString();

    public static void Configure(DbContextOptionsBuilder options, string file) => options
        .UseSqlite(ConnectionString(file))
        .AddInterceptors(new Pragmas());

    /// <summary>Brings the file to the newest schema: each script once, each in its own transaction, forward only.</summary>
    public static async Task MigrateAsync(DbContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS po_migration (name TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL)", cancellationToken);
        var done = await context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM po_migration").ToListAsync(cancellationToken);
        var known = Scripts().ToList();
        if (done.Except(known.Select(s => s.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new NewerSchemaException(newer);

        foreach (var (name, sql) in known.Where(s => !done.Contains(s.Name)))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), cancellationToken);
            await context.Database.ExecuteSqlAsync($"INSERT INTO po_migration (name, at) VALUES ({name}, {clock.GetUtcNow().UtcTicks})", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static IEnumerable<(string Name, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string Folder = "sqlite.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[Folder.Length..], reader.ReadToEnd());
        }
    }

    /// <summary>Settings that SQLite keeps a connection, not a file.</summary>
    /// <remarks>A connection from the pool has them already: they stay with SQLite's handle, and running them costs more than a small query.</remarks>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        private readonly ConditionalWeakTable<sqlite3, object> _done = [];

        private const string Sql = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            var handle = ((SqliteConnection)connection).Handle!;
            if (_done.TryGetValue(handle, out _))
                return;

            using var command = connection.CreateCommand();
            command.CommandText = Sql;
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

/// <summary>The data was written by a newer program.</summary>
/// <param name="script">The first change this program does not know.</param>
internal sealed class NewerSchemaException(string script)
    : Exception($"The data was written by a newer version of the program (it has the change '{script}'). Start that version, or restore a backup made before it.");
