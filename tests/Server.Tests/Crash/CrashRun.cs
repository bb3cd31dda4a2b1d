using Microsoft.Data.Sqlite;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>One office from its first start through the script to rest, ended on the way as planned; then checked, restarted once more, and checked to be unchanged.</summary>
internal static class CrashRun
{
    /// <summary>Runs on SQLite; returns how many of the planned points ended it, and what people see in the end.</summary>
    public static async Task<(int Deaths, List<string> Seen)> OnSqliteAsync(IReadOnlyList<string> plan, string? list = null)
    {
        await using var node = new OfficeProcess("--empty") { PointList = list };
        await using var database = new SqliteDatabase(Path.Combine(node.Data, "office.db"));
        try
        {
            return await RunAsync(plan, new CrashOracle(database, node.Data, node.Data), node);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    /// <summary>Runs on PostgreSQL with a second node that nothing befalls.</summary>
    public static async Task<(int Deaths, List<string> Seen)> OnPostgresAsync(IReadOnlyList<string> plan, string? list = null)
    {
        await using var space = await PostgresSpace.OpenAsync();
        var shared = Directory.CreateTempSubdirectory("office-shared-").FullName;
        var arguments = new[] { "--empty", "--db", space.Connection, "--shared", shared };
        await using var first = new OfficeProcess(arguments) { PointList = list, Lease = TimeSpan.FromSeconds(2) };
        await using var second = new OfficeProcess(arguments) { Lease = TimeSpan.FromSeconds(2) };
        await using var database = new PostgresDatabase(space.Connection);
        var seen = await RunAsync(plan, new CrashOracle(database, first.Data, shared), first, second);
        Directory.Delete(shared, recursive: true);
        return seen;
    }

    private static async Task<(int Deaths, List<string> Seen)> RunAsync(IReadOnlyList<string> plan, CrashOracle oracle, params OfficeProcess[] nodes)
    {
        var office = new CrashOffice(plan, nodes);
        await office.OpenAsync();
        await CrashScript.RunAsync(office);
        await office.UntilAsync("all is done", oracle.IsAtRestAsync);
        await office.RepeatAsync();
        var deaths = office.Deaths;
        await oracle.CheckAsync();
        var (seen, before) = (await oracle.SeenAsync(), await oracle.FingerprintAsync());

        await office.RestartAsync();
        await office.RepeatAsync();
        (await oracle.FingerprintAsync()).ShouldBe(before, "a restart with nothing to do changed something");
        return (deaths, seen);
    }
}
