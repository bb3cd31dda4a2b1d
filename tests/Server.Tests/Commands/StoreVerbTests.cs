using Npgsql;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Tests.Persistence;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>The life of an office's store as its owner drives it: moved, looked at, saved, brought back, released.</summary>
public sealed class StoreVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-store-verbs-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [PostgresFact]
    public async Task An_office_is_moved_examined_saved_brought_back_and_released()
    {
        await MakeAsync("data");
        await using var moved = await PostgresSpace.OpenAsync();
        await using var restored = await PostgresSpace.OpenAsync();

        var move = await OfficeRun.InAsync(_folder, "migrate-store", "--data", "data", "--to", moved.Connection, "-o", "json");
        move.Code.ShouldBe(ExitCode.Ok, move.Error);
        move.Json.AsArray().ShouldAllBe(t => (bool)t!["same"]!);
        var again = await OfficeRun.InAsync(_folder, "migrate-store", "--data", "data", "--to", moved.Connection);
        again.Code.ShouldBe(ExitCode.Conflict);

        var doctor = await OfficeRun.InAsync(_folder, "doctor", "--data", "data", "--db", moved.Connection, "-o", "json");
        doctor.Code.ShouldBe(ExitCode.Ok, doctor.Error);
        doctor.Json.AsArray().Select(c => $"{c!["check"]} {c["result"]}").ShouldContain("documents ok");

        var backup = await OfficeRun.InAsync(_folder, "backup", "copy", "--data", "data", "--db", moved.Connection, "-o", "json");
        backup.Code.ShouldBe(ExitCode.Ok, backup.Error);
        (await OfficeRun.InAsync(_folder, "backup", "verify", "copy")).Code.ShouldBe(ExitCode.Ok);
        var restore = await OfficeRun.InAsync(_folder, "restore", "copy", "--data", "new", "--db", restored.Connection, "-o", "json");
        restore.Code.ShouldBe(ExitCode.Ok, restore.Error);
        (await OfficeRun.InAsync(_folder, "restore", "copy", "--data", "other", "--db", restored.Connection)).Code.ShouldBe(ExitCode.Conflict);

        (await restored.AskAsync<long>("SELECT count(*) FROM po_directory")).ShouldBe(await moved.AskAsync<long>("SELECT count(*) FROM po_directory"));
        (await OfficeRun.InAsync(_folder, "release", "--data", "new", "--db", restored.Connection, "-o", "json")).Json["released"]!.GetValue<bool>().ShouldBeTrue();
        (await OfficeRun.InAsync(_folder, "release", "--data", "new", "--db", restored.Connection, "-o", "json")).Json["released"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_running_office_is_not_moved()
    {
        await MakeAsync("data");
        using var held = DataFolder.Take(Path.Combine(_folder, "data"));

        var run = await OfficeRun.InAsync(_folder, "migrate-store", "--data", "data", "--to", "Host=127.0.0.1;Port=1;Database=x;Password=geheim");

        run.Code.ShouldBe(ExitCode.Conflict);
        run.Error.ShouldContain("running office");
        run.Error.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_connection_that_cannot_be_read_is_refused_without_its_password()
    {
        var run = await OfficeRun.InAsync(_folder, "serve", "--db", "Host=x;Passwort=geheim");

        run.Code.ShouldBe(ExitCode.Usage);
        (run.Error + run.Out).ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_damaged_state_is_named_by_the_doctor()
    {
        await MakeAsync("data");
        var file = Path.Combine(_folder, "data", "office.db");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO po_instance (id, definition_id, definition_version_id, definition_version, version, status, sub_status, incident_count, state, created_at, updated_at, checksum) VALUES ('sick', 'd', 'd:1', 1, 1, 'Running', 'Suspended', 0, 'half of i', 1, 1, '0123456789abcdef')";
            command.ExecuteNonQuery();
        }

        var doctor = await OfficeRun.InAsync(_folder, "doctor", "--data", "data", "-o", "json");

        doctor.Code.ShouldBe(ExitCode.Invalid);
        ((string)doctor.Json.AsArray().Single(c => (string)c!["check"]! == "workflow states")!["detail"]!).ShouldContain("sick");
    }

    private async Task MakeAsync(string name)
    {
        var data = Path.Combine(_folder, name);
        using var folder = DataFolder.Take(data);
        var options = new ServeOptions(data, "http://127.0.0.1:0", IsEmpty: true);
        await using var app = OfficeHost.Build(options, folder, TimeProvider.System);
        await OfficeHost.PrepareAsync(app, options, default);
        NpgsqlConnection.ClearAllPools();
    }
}
