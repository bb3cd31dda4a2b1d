using Microsoft.Data.Sqlite;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Tests.Commands;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>Saving and bringing back, ended in the middle: what is there under the right name is whole, and the same again comes to an end.</summary>
public sealed class CrashVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-crash-verbs-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_and_a_restore_ended_at_any_point_are_whole_or_not_there()
    {
        var options = new ServeOptions(Path.Combine(_folder, "data"), "http://127.0.0.1:0", IsEmpty: true);
        using (var data = DataFolder.Take(options.DataFolder))
        {
            await using var app = OfficeHost.Build(options, data, TimeProvider.System);
            await OfficeHost.PrepareAsync(app, options, default);
        }

        foreach (var point in await EachPointAsync("backup", n => ["backup", $"copy{n}", "--data", "data"], n => $"copy{n}"))
            (await OfficeRun.InAsync(_folder, "backup", "verify", point)).Code.ShouldBe(ExitCode.Ok);
        foreach (var point in await EachPointAsync("restore", n => ["restore", "copy0", "--data", $"new{n}"], n => $"new{n}"))
        {
            OfficeFile.Damage(Path.Combine(_folder, point, OfficeFile.DatabaseName)).ShouldBeNull();
            OfficeFile.Query(Path.Combine(_folder, point, OfficeFile.DatabaseName), "SELECT key FROM po_setting WHERE key = 'office.paused'", r => r.GetString(0)).ShouldHaveSingleItem();
        }
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
