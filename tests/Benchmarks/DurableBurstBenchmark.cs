using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Benchmarks;

/// <summary>Start, suspend, resume, finish on SQLite with every commit on disk.</summary>
internal static class DurableBurstBenchmark
{
    private const int Warm = 1500;
    private const int Count = 500;
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "office.db");
        await using var database = new SqliteDatabase(file);
        await database.MigrateAsync(TimeProvider.System, default);
        var contexts = database.Contexts;
        var runtime = new WorkflowRuntime(new WorkflowStore(database, new Commits(), TimeProvider.System), ActivityRegistry.Standard, TimeProvider.System);
        await runtime.SaveDefinitionAsync(Definitions.Waiting);
        await runtime.PublishAsync("waiting");
        await RoundAsync(runtime, "warm", Warm, 2);

        var before = await SizeAsync(contexts, file);
        var ones = new List<(Sample Start, Sample Resume)>();
        var twos = new List<(Sample Start, Sample Resume)>();
        for (var round = 0; round < Rounds; round++)
        {
            // In turns: other programs on the machine then disturb both alike.
            ones.Add(await RoundAsync(runtime, $"one{round}", Count, 1));
            twos.Add(await RoundAsync(runtime, $"two{round}", Count, 2));
        }

        var bytes = (await SizeAsync(contexts, file) - before) / (2 * Rounds * Count);
        var (one, two) = (Quietest(ones), Quietest(twos));
        return
        [
            new Figure("Durable start to suspended, 1 client", one.Start, $"{bytes} bytes in the file for a finished instance"),
            new Figure("Durable resume to finished, 1 client", one.Resume),
            new Figure("Durable start to suspended, 2 clients", two.Start, Ratio(two.Start, one.Start)),
            new Figure("Durable resume to finished, 2 clients", two.Resume, Ratio(two.Resume, one.Resume)),
        ];
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
    private static async Task<long> SizeAsync(IDbContextFactory<OfficeDbContext> contexts, string file)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return new FileInfo(file).Length;
    }

    private static string Ratio(Sample two, Sample one) => FormattableString.Invariant($"{two.PerSecond / one.PerSecond:0.00} × the rate of 1 client");
}
