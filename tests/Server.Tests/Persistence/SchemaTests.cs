using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Server.Tests.Persistence;

public sealed partial class SchemaTests
{
    [Fact]
    public async Task The_scripts_make_the_tables_the_model_expects()
    {
        var folder = Directory.CreateTempSubdirectory("office-schema-").FullName;
        var expected = Path.Combine(folder, "expected.db");
        await using (var context = Context(expected))
            await context.Database.EnsureCreatedAsync();
        var migrated = Path.Combine(folder, "migrated.db");
        await using (var context = Context(migrated))
            await SqliteDatabase.MigrateAsync(context, TimeProvider.System, default);

        Describe(migrated).Where(line => !line.Contains("po_migration", StringComparison.Ordinal)).ShouldBe(Describe(expected));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Data_of_a_newer_program_is_refused_with_a_remedy()
    {
        var folder = Directory.CreateTempSubdirectory("office-schema-").FullName;
        await using (var context = Context(Path.Combine(folder, "office.db")))
        {
            await SqliteDatabase.MigrateAsync(context, TimeProvider.System, default);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO po_migration (name, at) VALUES ('9999-tomorrow', 0)");

            var error = await Should.ThrowAsync<NewerSchemaException>(() => SqliteDatabase.MigrateAsync(context, TimeProvider.System, default));

            error.Message.ShouldContain("9999-tomorrow");
            error.Message.ShouldContain("Start that version");
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static OfficeDbContext Context(string file)
    {
        var options = new DbContextOptionsBuilder<OfficeDbContext>();
        SqliteDatabase.Configure(options, file);
        return new OfficeDbContext(options.Options);
    }

    private static List<string> Describe(string file)
    {
        using var connection = new SqliteConnection(SqliteDatabase.ConnectionString(file));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(Space().Replace(reader.GetString(0), " "));
        return lines;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
