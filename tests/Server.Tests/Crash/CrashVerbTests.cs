using Microsoft.Data.Sqlite;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Tests.Commands;
using ProductionOffice.Server.Tests.Persistence;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>Saving, bringing back and moving, ended in the middle: what is there under the right name is whole, and the same again comes to an end.</summary>
public sealed class CrashVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-crash-verbs-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [PostgresFact]
    public async Task An_office_moved_to_PostgreSQL_saved_and_brought_back_there_is_whole_or_not_there_wherever_that_ends()
    {
        await MakeAsync();
        await using var space = await PostgresSpace.OpenAsync();

        // Ended in the middle the target stays empty, and the same again does all of it.
        foreach (var (point, hit) in await PointsAsync("move", "migrate-store", "--data", "data", "--to", space.Connection))
        {
            await using var target = await PostgresSpace.OpenAsync();
            foreach (var action in (string[])["kill", "throw"])
            {
                (await OfficeRun.InAsync(_folder, Crash(point, hit, action), "migrate-store", "--data", "data", "--to", target.Connection)).Code.ShouldNotBe(ExitCode.Ok);
                (await target.AskAsync<long>("SELECT (SELECT count(*) FROM po_directory) + (SELECT count(*) FROM po_definition)")).ShouldBe(0, $"{point}:{hit}:{action}");
            }

            (await OfficeRun.InAsync(_folder, "migrate-store", "--data", "data", "--to", target.Connection)).Code.ShouldBe(ExitCode.Ok);
        }

        foreach (var (point, hit) in await PointsAsync("backup", "backup", "copy", "--data", "data", "--db", space.Connection))
        {
            var name = $"copy-{point}";
            (await OfficeRun.InAsync(_folder, Crash(point, hit), "backup", name, "--data", "data", "--db", space.Connection)).Code.ShouldNotBe(ExitCode.Ok);
            Directory.Exists(Path.Combine(_folder, name)).ShouldBe(point == "backup.named");
            (await OfficeRun.InAsync(_folder, "backup", name, "--data", "data", "--db", space.Connection)).Code.ShouldBe(point == "backup.named" ? ExitCode.Conflict : ExitCode.Ok);
            (await OfficeRun.InAsync(_folder, "backup", "verify", name)).Code.ShouldBe(ExitCode.Ok);
        }

        await using var first = await PostgresSpace.OpenAsync();
        foreach (var (point, hit) in await PointsAsync("restore", "restore", "copy", "--data", "new", "--db", first.Connection))
        {
            await using var target = await PostgresSpace.OpenAsync();
            (await OfficeRun.InAsync(_folder, Crash(point, hit), "restore", "copy", "--data", $"new-{point}", "--db", target.Connection)).Code.ShouldNotBe(ExitCode.Ok);
            // All or nothing, and never an office that would begin to send by itself.
            var isThere = await target.AskAsync<bool>("SELECT to_regclass('po_setting') IS NOT NULL");
            isThere.ShouldBe(point is not ("restore.files" or "restore.filled"), point);
            if (isThere)
                (await target.AskAsync<long>("SELECT count(*) FROM po_setting WHERE key = 'office.paused'")).ShouldBe(1, point);
            var again = await OfficeRun.InAsync(_folder, "restore", "copy", "--data", $"new-{point}", "--db", target.Connection);
            again.Code.ShouldBe(isThere ? ExitCode.Conflict : ExitCode.Ok, point);
            (await target.AskAsync<long>("SELECT count(*) FROM po_directory")).ShouldBe(await space.AskAsync<long>("SELECT count(*) FROM po_directory"));
        }
    }

    [Fact]
    public async Task A_backup_and_a_restore_ended_at_any_point_are_whole_or_not_there()
    {
        await MakeAsync();
        foreach (var point in await EachPointAsync("backup", n => ["backup", $"copy{n}", "--data", "data"], n => $"copy{n}"))
            (await OfficeRun.InAsync(_folder, "backup", "verify", point)).Code.ShouldBe(ExitCode.Ok);
        foreach (var point in await EachPointAsync("restore", n => ["restore", "copy0", "--data", $"new{n}"], n => $"new{n}"))
        {
            OfficeFile.Damage(Path.Combine(_folder, point, OfficeFile.DatabaseName)).ShouldBeNull();
            OfficeFile.Query(Path.Combine(_folder, point, OfficeFile.DatabaseName), "SELECT key FROM po_setting WHERE key = 'office.paused'", r => r.GetString(0)).ShouldHaveSingleItem();
        }
    }

    private async Task MakeAsync()
    {
        var options = new ServeOptions(Path.Combine(_folder, "data"), "http://127.0.0.1:0", IsEmpty: true);
        using var data = DataFolder.Take(options.DataFolder);
        await using var app = OfficeHost.Build(options, data, TimeProvider.System);
        await OfficeHost.PrepareAsync(app, options, default);
    }

    private static Dictionary<string, string> Crash(string point, int hit, string action = "kill") => new() { ["OFFICE_CRASH"] = $"{point}:{hit}:{action}" };

    /// <summary>Runs a verb undisturbed; returns each of its points, the first and the last time it is reached.</summary>
    private async Task<List<(string Point, int Hit)>> PointsAsync(string prefix, params string[] verb)
    {
        var list = Path.Combine(_folder, prefix + ".reached");
        var run = await OfficeRun.InAsync(_folder, new Dictionary<string, string> { ["OFFICE_CRASH_LIST"] = list }, verb);
        run.Code.ShouldBe(ExitCode.Ok, run.Error);
        var points = (await File.ReadAllLinesAsync(list)).Where(p => p.StartsWith(prefix + ".", StringComparison.Ordinal)).GroupBy(p => p).ToList();
        points.ShouldNotBeEmpty();
        return [.. points.SelectMany(p => new[] { 1, p.Count() }.Distinct().Select(hit => (p.Key, hit)))];
    }

    /// <summary>Runs it once undisturbed, then ended at each of its points and again until it is done; returns the folders it made.</summary>
    private async Task<List<string>> EachPointAsync(string verb, Func<int, string[]> arguments, Func<int, string> target)
    {
        var list = Path.Combine(_folder, verb + ".points");
        (await RunAsync("OFFICE_CRASH_LIST", list, 0)).Code.ShouldBe(ExitCode.Ok);
        var points = (await File.ReadAllLinesAsync(list)).Where(p => p.StartsWith(verb, StringComparison.Ordinal)).ToList();
        points.ShouldContain($"{verb}.named");
        for (var n = 1; n <= points.Count; n++)
        {
            (await RunAsync("OFFICE_CRASH", points[n - 1], n)).Code.ShouldNotBe(ExitCode.Ok, points[n - 1]);
            var isThere = Directory.Exists(Path.Combine(_folder, target(n)));
            isThere.ShouldBe(points[n - 1] == $"{verb}.named");
            // What is there is not made again; what is not there is, whatever the cut off try left behind.
            (await RunAsync("OFFICE_CRASH_LIST", list, n)).Code.ShouldBe(isThere ? ExitCode.Conflict : ExitCode.Ok, points[n - 1]);
        }

        return [.. Enumerable.Range(0, points.Count + 1).Select(target)];

        Task<OfficeRun> RunAsync(string variable, string value, int n) => OfficeRun.InAsync(_folder, new Dictionary<string, string> { [variable] = value }, arguments(n));
    }
}
