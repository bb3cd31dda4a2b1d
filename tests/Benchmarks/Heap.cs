using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Benchmarks;

/// <summary>Many instances that wait, as copies of one: with their bookmarks, journals and timers.</summary>
internal static class Heap
{
    /// <param name="database">Where.</param>
    /// <param name="of">The one that waits, at one bookmark.</param>
    /// <param name="name">Beginning of the copies' ids.</param>
    /// <param name="count">How many.</param>
    /// <param name="due">When the timer of the first is due; of each other a second later.</param>
    public static Task AddAsync(SqliteDatabase database, string of, string name, int count, DateTimeOffset due) => database.WriteAsync(async context =>
    {
        var (instance, bookmark) = ($"'{name}-' || n.i", $"'{name}-' || n.i || '-1'");
        await CopyAsync("po_instance", "id", ("id", instance));
        await CopyAsync("po_journal", "instance_id", ("instance_id", instance));
        await CopyAsync("po_bookmark", "instance_id", ("id", bookmark), ("instance_id", instance), ("hash", "t.hash || n.i"));
        var timers = FormattableString.Invariant($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO po_work (id, kind, instance_id, bookmark_id, due_at, attempts) SELECT {bookmark}, 'resume', {instance}, {bookmark}, {due.UtcTicks} + n.i * 10000000, 0 FROM n");
        await context.Database.ExecuteSqlRawAsync(timers);

        async Task CopyAsync(string table, string key, params (string Column, string Value)[] changed)
        {
            var columns = await context.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})").ToListAsync();
            var values = columns.Select(c => changed.FirstOrDefault(x => x.Column == c).Value ?? $"t.\"{c}\"");
            var sql = FormattableString.Invariant($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) ")
                + $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", values)} FROM n, {table} t WHERE t.{key} = '{of}'";
            await context.Database.ExecuteSqlRawAsync(sql);
        }
    }, isAlone: true, default);
}
