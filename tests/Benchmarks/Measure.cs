using System.Diagnostics;

namespace ProductionOffice.Benchmarks;

/// <summary>Runs operations and says what they cost.</summary>
internal static class Measure
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private const int Rounds = 3;

    /// <summary>Warms up, then measures in rounds of one client; the quietest round counts, for other programs only ever make it slower.</summary>
    /// <param name="count">Operations in a round.</param>
    /// <param name="operation">What is measured.</param>
    public static Sample Run(int count, Action operation)
    {
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp;)
            operation();
        return Quietest(Enumerable.Range(0, Rounds).Select(_ => Once(count, operation)));
    }

    /// <summary>Measures one round of operations that wait, shared out among clients that run at once.</summary>
    /// <param name="count">Operations in all.</param>
    /// <param name="operation">What is measured; gets the number of the operation.</param>
    /// <param name="clients">How many run at once.</param>
    public static async Task<Sample> RunAsync(int count, Func<int, Task> operation, int clients = 1)
    {
        var times = new double[count];
        var meter = new Meter();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var i = client; i < count; i += clients)
            {
                var began = Stopwatch.GetTimestamp();
                await operation(i);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        return meter.Read(times);
    }

    public static Sample Quietest(IEnumerable<Sample> rounds) => rounds.MinBy(r => r.Wall)!;

    private static Sample Once(int count, Action operation)
    {
        var times = new double[count];
        GC.Collect();
        var meter = new Meter();
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            operation();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        return meter.Read(times);
    }

    /// <summary>What this process has used since it was made.</summary>
    private sealed class Meter
    {
        private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
        private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
        private readonly long _began = Stopwatch.GetTimestamp();

        public Sample Read(double[] times) => new(
            times, Stopwatch.GetElapsedTime(_began), (Environment.CpuUsage.TotalTime - _cpu).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - _allocated);
    }
}

/// <summary>What a number of operations took.</summary>
/// <param name="Times">Milliseconds of each.</param>
/// <param name="Wall">From the first to the last.</param>
/// <param name="Cpu">Milliseconds of processor time of all.</param>
/// <param name="Allocated">Bytes allocated by all; null where another process did the work.</param>
internal sealed record Sample(double[] Times, TimeSpan Wall, double Cpu, long? Allocated = null)
{
    private readonly double[] _sorted = [.. Times.Order()];

    public int Count => _sorted.Length;

    public double Median => At(0.5);

    public double PerSecond => Count / Wall.TotalSeconds;

    /// <summary>The time that a share of the operations did not exceed.</summary>
    public double At(double share) => _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];

    /// <summary>The same work counted in smaller operations.</summary>
    /// <param name="parts">How many of them each operation did.</param>
    public Sample Of(int parts) => new([.. Times.Select(t => t / parts)], Wall / parts, Cpu / parts, Allocated / parts);
}
