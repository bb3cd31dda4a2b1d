using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

public sealed class SchemaTests
{
    private const string SqliteShape = """
        SELECT t.name || '.' || c.name || ' ' || c.type || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END || CASE c.pk WHEN 0 THEN '' ELSE ' PK' || c.pk END
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name LIKE 'po!_%' ESCAPE '!'
        UNION ALL
        SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1
        """;

    private const string PostgresShape = """
        SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || ' ' || c.is_nullable || coalesce(' ' || c.collation_name, '') || ' ' || c.is_identity FROM information_schema.columns c WHERE c.table_schema = 'public'
        UNION ALL
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1
        """;

    [Fact]
    public async Task The_scripts_of_SQLite_make_the_tables_the_model_expects()
    {
        var folder = Directory.CreateTempSubdirectory("office-schema-").FullName;
        await using var expected = new SqliteDatabase(Path.Combine(folder, "expected.db"));
        await using (var context = await expected.Contexts.CreateDbContextAsync())
            await context.Database.EnsureCreatedAsync();
        await using var migrated = new SqliteDatabase(Path.Combine(folder, "migrated.db"));
        await migrated.MigrateAsync(TimeProvider.System, default);

        var shape = await DescribeAsync(migrated, SqliteShape);
        shape.ShouldBe(await DescribeAsync(expected, SqliteShape));
        shape.Count.ShouldBeGreaterThan(100);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [PostgresFact]
    public async Task The_scripts_of_PostgreSQL_make_the_tables_the_model_expects()
    {
        await using var first = await PostgresSpace.OpenAsync();
        await using var second = await PostgresSpace.OpenAsync();
        await using var expected = new PostgresDatabase(first.Connection);
        await using (var context = await expected.Contexts.CreateDbContextAsync())
            await context.Database.EnsureCreatedAsync();
        await using var migrated = new PostgresDatabase(second.Connection);
        await migrated.MigrateAsync(TimeProvider.System, default);

        var shape = await DescribeAsync(migrated, PostgresShape);
        shape.ShouldBe(await DescribeAsync(expected, PostgresShape));
        shape.Count.ShouldBeGreaterThan(100);
    }

    [Theory]
    [MemberData(nameof(TestStore.DurableKinds), MemberType = typeof(TestStore))]
    public async Task Data_of_a_newer_program_is_refused_with_a_remedy(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await using (var context = await test.Database.Contexts.CreateDbContextAsync())
            await context.Database.ExecuteSqlRawAsync("INSERT INTO po_migration (name, at) VALUES ('9999-tomorrow', 0)");

        var error = await Should.ThrowAsync<NewerSchemaException>(() => test.Database.MigrateAsync(TimeProvider.System, default));

        error.Message.ShouldContain("9999-tomorrow");
        error.Message.ShouldContain("Start that version");
    }

    [PostgresFact]
    public async Task Nodes_that_start_at_once_migrate_one_after_the_other()
    {
        await using var space = await PostgresSpace.OpenAsync();
        var nodes = Enumerable.Range(0, 4).Select(_ => new PostgresDatabase(space.Connection)).ToList();

        await Task.WhenAll(nodes.Select(n => Task.Run(() => n.MigrateAsync(TimeProvider.System, default))));

        (await space.AskAsync<long>("SELECT count(*) FROM po_migration")).ShouldBeGreaterThan(0);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private static async Task<List<string>> DescribeAsync(OfficeDatabase database, string sql)
    {
        await using var context = await database.Contexts.CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            if (!reader.GetString(0).Contains("po_migration", StringComparison.Ordinal))
                lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
