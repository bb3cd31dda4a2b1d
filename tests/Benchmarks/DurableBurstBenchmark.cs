using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Benchmarks;

/// <summary>Start, suspend, resume, finish with every commit on disk: on SQLite, among 100,000 that wait, and on the PostgreSQL that <c>OFFICE_DB</c> names (an empty database).</summary>
internal static class DurableBurstBenchmark
{
    private const int Warm = 1500;
    private const int Count = 500;
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        using (var folder = new TemporaryFolder())
        {
            var file = Path.Combine(folder.Path, "office.db");
            await using var database = new SqliteDatabase(file);
            var runtime = await OpenAsync(database);
            await RoundAsync(runtime, "warm", Warm, 2);
            var before = await SizeAsync(database, file);
            var (one, two) = await InTurnsAsync(runtime, "", 2);
            var bytes = (await SizeAsync(database, file) - before) / (2 * Rounds * Count);
            figures.AddRange(
            [
                new("Durable start to suspended, 1 client", one.Start, $"{bytes} bytes in the file for a finished instance"),
                new("Durable resume to finished, 1 client", one.Resume),
                new("Durable start to suspended, 2 clients", two.Start, Ratio(two.Start, one.Start)),
                new("Durable resume to finished, 2 clients", two.Resume, Ratio(two.Resume, one.Resume)),
            ]);

            await Heap.AddAsync(database, "one0-0", "many", 100_000, new DateTimeOffset(2219, 3, 18, 0, 0, 0, TimeSpan.Zero));
            var (full, _) = await InTurnsAsync(runtime, "full-", 2);
            figures.Add(new("Durable start among 100,000 that wait", full.Start, Cpu(full.Start, one.Start)));
            figures.Add(new("Durable resume among 100,000 that wait", full.Resume, Cpu(full.Resume, one.Resume)));
        }

        if (Environment.GetEnvironmentVariable("OFFICE_DB") is { Length: > 0 } connection)
        {
            await using var database = new PostgresDatabase(connection);
            var runtime = await OpenAsync(database);
            await RoundAsync(runtime, "warm", Warm, 4);
            var (one, four) = await InTurnsAsync(runtime, "", 4);
            figures.AddRange(
            [
                new("PostgreSQL start to suspended, 1 client", one.Start),
                new("PostgreSQL resume to finished, 1 client", one.Resume),
                new("PostgreSQL start to suspended, 4 clients", four.Start, Ratio(four.Start, one.Start)),
                new("PostgreSQL resume to finished, 4 clients", four.Resume, Ratio(four.Resume, one.Resume)),
            ]);
        }

        return figures;
    }

    private static async Task<WorkflowRuntime> OpenAsync(OfficeDatabase database)
    {
        await database.MigrateAsync(TimeProvider.System, default);
        var runtime = new WorkflowRuntime(new WorkflowStore(database, new Commits(), TimeProvider.System), ActivityRegistry.Standard, TimeProvider.System);
        await runtime.SaveDefinitionAsync(Definitions.Waiting);
        await runtime.PublishAsync("waiting");
        return runtime;
    }

    /// <summary>One client and several, in turns: other programs on the machine then disturb both alike.</summary>
    private static async Task<((Sample Start, Sample Resume) One, (Sample Start, Sample Resume) Several)> InTurnsAsync(WorkflowRuntime runtime, string name, int clients)
    {
        var ones = new List<(Sample Start, Sample Resume)>();
        var several = new List<(Sample Start, Sample Resume)>();
        for (var round = 0; round < Rounds; round++)
        {
            ones.Add(await RoundAsync(runtime, $"{name}one{round}", Count, 1));
            several.Add(await RoundAsync(runtime, $"{name}more{round}", Count, clients));
        }

        return (Quietest(ones), Quietest(several));
    }

    private static (Sample Start, Sample Resume) Quietest(List<(Sample Start, Sample Resume)> rounds) =>
        (Measure.Quietest(rounds.Select(r => r.Start)), Measure.Quietest(rounds.Select(r => r.Resume)));

    private static async Task<(Sample Start, Sample Resume)> RoundAsync(WorkflowRuntime runtime, string name, int count, int clients)
    {
        var start = await Measure.RunAsync(count, i => runtime.StartAsync(new StartRequest { DefinitionId = "waiting", InstanceId = $"{name}-{i}" }), clients);
        var resume = await Measure.RunAsync(count, i => runtime.ResumeAsync(new ResumeRequest { BookmarkId = $"{name}-{i}-1", Input = Value.From("signed") }), clients);
        return (start, resume);
    }

    /// <summary>Size of the file with nothing left in the log beside it.</summary>
    public static async Task<long> SizeAsync(OfficeDatabase database, string file)
    {
        await using var context = await database.Contexts.CreateDbContextAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return new FileInfo(file).Length;
    }

    private static string Ratio(Sample several, Sample one) => FormattableString.Invariant($"{several.PerSecond / one.PerSecond:0.00} × the rate of 1 client");

    private static string Cpu(Sample full, Sample one) => FormattableString.Invariant($"{full.Cpu / full.Count / (one.Cpu / one.Count):0.00} × the CPU of a few");
}
