using System.Diagnostics;
using System.Globalization;

namespace ProductionOffice.Templates.Tests;

/// <summary>What this thread has worked; where the system does not tell, the time on the wall.</summary>
/// <remarks>A machine that is busy with other things makes nothing here slower.</remarks>
internal sealed class ThreadClock
{
    private const string Source = "/proc/thread-self/schedstat";
    private readonly long _began = Now();

    public static ThreadClock Start() => new();

    public TimeSpan Used => TimeSpan.FromMicroseconds((Now() - _began) / 1000.0);

    private static long Now() => File.Exists(Source)
        ? long.Parse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture)
        : Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
}
