namespace ProductionOffice.Benchmarks;

/// <summary>From the start of the process to ready: on an empty folder, and on one that has the demo.</summary>
internal static class StartBenchmark
{
    private const int First = 3;
    private const int Again = 9;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var first = new List<Start>();
        for (var i = 0; i < First; i++)
        {
            using var folder = new TemporaryFolder();
            first.Add(await StartAsync(folder));
        }

        using var kept = new TemporaryFolder();
        await StartAsync(kept);
        var again = new List<Start>();
        for (var i = 0; i < Again; i++)
            again.Add(await StartAsync(kept));
        return
        [
            new Figure("Process start to ready, first start with demo", Sum(first), Least(first)),
            new Figure("Process start to ready, demo is there", Sum(again), Least(again)),
        ];
    }

    private sealed record Start(double Milliseconds, double Cpu);

    private static async Task<Start> StartAsync(TemporaryFolder folder)
    {
        using var server = await OfficeServer.StartAsync(folder.Path);
        var start = new Start(server.UntilReady.TotalMilliseconds, server.Cpu.TotalMilliseconds);
        await server.LinkAsync();
        return start;
    }

    private static Sample Sum(List<Start> starts) => new([.. starts.Select(s => s.Milliseconds)], TimeSpan.FromMilliseconds(starts.Sum(s => s.Milliseconds)), starts.Sum(s => s.Cpu));

    private static string Least(List<Start> starts) => FormattableString.Invariant($"least {starts.Min(s => s.Milliseconds):0} ms, {starts.Min(s => s.Cpu):0} ms CPU");
}
