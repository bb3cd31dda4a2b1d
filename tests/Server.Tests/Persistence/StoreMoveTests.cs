using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>The demo office moves from its file to a PostgreSQL.</summary>
public sealed class StoreMoveTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("office-move-").FullName;

    public async Task InitializeAsync()
    {
        using var folder = DataFolder.Take(_data);
        var options = new ServeOptions(_data, "http://127.0.0.1:0");
        await using var app = OfficeHost.Build(options, folder, TimeProvider.System);
        await OfficeHost.PrepareAsync(app, options, default);
    }

    public Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task Every_row_and_document_arrives_once_and_a_second_move_is_refused()
    {
        await using var space = await PostgresSpace.OpenAsync();
        await using var source = new SqliteDatabase(Path.Combine(_data, "office.db"));
        await using var target = new PostgresDatabase(space.Connection);
        var move = new StoreMove(source, target, new DocumentFolder(Path.Combine(_data, "documents")));

        var moved = await move.RunAsync(TimeProvider.System, default);

        moved.ShouldAllBe(t => t.IsSame);
        moved.Single(t => t.Table == "po_directory").Rows.ShouldBeGreaterThan(50);
        moved.Single(t => t.Table == "po_instance").Rows.ShouldBeGreaterThan(0);
        moved.Single(t => t.Table == "po_document_file").Rows.ShouldBeGreaterThan(0);
        var again = await Should.ThrowAsync<StoreMoveException>(() => move.RunAsync(TimeProvider.System, default));
        again.Message.ShouldContain("already holds an office");
        again.Message.ShouldNotContain("Username");
    }

    [PostgresFact]
    public async Task A_document_that_is_damaged_stops_the_move_and_nothing_is_left_behind()
    {
        await using var space = await PostgresSpace.OpenAsync();
        await using var source = new SqliteDatabase(Path.Combine(_data, "office.db"));
        await using var target = new PostgresDatabase(space.Connection);
        File.WriteAllText(Directory.EnumerateFiles(Path.Combine(_data, "documents"), "*", SearchOption.AllDirectories).First(), "something else");

        await Should.ThrowAsync<StoreMoveException>(() => new StoreMove(source, target, new DocumentFolder(Path.Combine(_data, "documents"))).RunAsync(TimeProvider.System, default));

        (await space.AskAsync<long>("SELECT (SELECT count(*) FROM po_instance) + (SELECT count(*) FROM po_directory)")).ShouldBe(0);
    }
}
