using System.Globalization;
using ProductionOffice.TestKit;
using Xunit.Abstractions;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>The office ends at every crash point and goes on as if nothing had happened: nothing lost, nothing doubled.</summary>
/// <remarks>
/// <c>OFFICE_CRASH_RUNS=all</c>: every point at every hit until a run completes untouched, then 200 random double kills; a number instead of <c>all</c> does that many random ones only.
/// <c>OFFICE_CRASH_SEED</c> makes the random ones of a failure again, <c>OFFICE_CRASH_PLAN=a:1,b:2</c> one run with those points.
/// </remarks>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int DoubleKills = 200;

    /// <summary>Fewer than the deaths after which the office sets a work item aside.</summary>
    private const int MostInOneOffice = 4;

    /// <summary>How many points the node of a shared store meets in <c>dotnet test</c>.</summary>
    private const int FewOnPostgres = 4;

    private static readonly SemaphoreSlim LogTurn = new(1);
    private static readonly string? Runs = Environment.GetEnvironmentVariable("OFFICE_CRASH_RUNS");
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("OFFICE_CRASH_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    [Fact]
    public Task Ended_at_any_point_an_office_on_SQLite_loses_and_doubles_nothing() => RunAsync(CrashRun.OnSqliteAsync, int.MaxValue);

    [PostgresFact]
    public Task Ended_at_any_point_a_node_on_PostgreSQL_loses_and_doubles_nothing() => RunAsync(CrashRun.OnPostgresAsync, FewOnPostgres);

    /// <summary>A long run is followed in the file that <c>OFFICE_CRASH_LOG</c> names.</summary>
    private async Task TellAsync(string line)
    {
        lock (output)
            output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("OFFICE_CRASH_LOG") is { Length: > 0 } log)
        {
            await LogTurn.WaitAsync();
            await File.AppendAllTextAsync(log, $"{TimeProvider.System.GetLocalNow():T} {line}\n");
            LogTurn.Release();
        }
    }

    private async Task RunAsync(Func<IReadOnlyList<string>, string?, Task<(int Deaths, List<string> Seen)>> run, int most)
    {
        var list = Path.GetTempFileName();
        var (_, undisturbed) = await run([], list);
        // In the order of their first time; the later ones of a plan are still ahead when the earlier ones were met.
        var points = (await File.ReadAllLinesAsync(list)).GroupBy(p => p).Select(g => (Name: g.Key, Hits: g.Count())).ToList();
        File.Delete(list);
        await TellAsync($"OFFICE_CRASH_SEED={Seed}, {points.Count} points: {string.Join(", ", points.Select(p => $"{p.Name} {p.Hits}"))}");

        var random = new Random(Seed);
        if (Environment.GetEnvironmentVariable("OFFICE_CRASH_PLAN") is { Length: > 0 } named)
            await DieAsync(named.Split(','));
        else if (Runs == "all")
            await EveryHitAsync();
        else if (Runs is null)
            await EachOnceAsync();

        var doubles = Runs == "all" ? DoubleKills : int.TryParse(Runs, CultureInfo.InvariantCulture, out var count) ? count : 0;
        for (var i = 0; i < doubles; i++)
            await DieAsync([Any(), Any()]);

        async Task<int> DieAsync(IReadOnlyList<string> plan)
        {
            try
            {
                var (deaths, seen) = await run(plan, null);
                string.Join('\n', undisturbed.Except(seen).Select(l => "lost: " + l).Concat(seen.Except(undisturbed).Select(l => "new: " + l))).ShouldBe("");
                await TellAsync($"{string.Join(',', plan)}: ended {deaths} times, in order");
                return deaths;
            }
            catch (Exception e)
            {
                await TellAsync($"{string.Join(',', plan)}: {e.Message}");
                throw new InvalidOperationException($"OFFICE_CRASH_SEED={Seed}, OFFICE_CRASH_PLAN={string.Join(',', plan)}: {e.Message}", e);
            }
        }

        string Any()
        {
            var (name, hits) = points[random.Next(points.Count)];
            return $"{name}:{random.Next(hits) + 1}";
        }

        async Task EveryHitAsync()
        {
            foreach (var (name, _) in points)
            {
                var hit = 1;
                while (await DieAsync([$"{name}:{hit}"]) > 0)
                    hit++;
                await TellAsync($"{name}: at {hit - 1} hits");
            }
        }

        // Several in one office, for starts are what takes the time; what came to be out of reach gets an office of its own.
        async Task EachOnceAsync()
        {
            var chosen = points.Select((p, at) => (p.Name, At: at)).OrderBy(_ => random.Next()).Take(most).ToList();
            await Parallel.ForEachAsync(chosen.Chunk(MostInOneOffice), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (group, _) =>
            {
                var plan = group.OrderBy(p => p.At).Select(p => $"{p.Name}:1").ToList();
                for (var left = plan; left.Count > 0;)
                {
                    var deaths = await DieAsync(left);
                    left = deaths > 0 ? left[deaths..] : left[1..];
                }
            });
        }
    }
}
