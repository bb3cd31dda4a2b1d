using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ProductionOffice.Server.Persistence;

/// <summary>Places where a test may end, fail or hang this process; without the variables they cost nothing.</summary>
/// <remarks><c>OFFICE_CRASH=name:hit:action</c>: at the hit-th time, from 1, that <c>name</c> is reached; action is <c>kill</c>, <c>throw</c> or <c>hang</c>. <c>OFFICE_CRASH_LIST=file</c> writes the name of each point to that file whenever one is reached.</remarks>
internal static class CrashPoint
{
    private static readonly string? Setting = Environment.GetEnvironmentVariable("OFFICE_CRASH");
    private static readonly string? List = Environment.GetEnvironmentVariable("OFFICE_CRASH_LIST");
    private static readonly bool IsOn = Setting is not null || List is not null;
    private static readonly Lock ListGate = new();
    private static readonly ConcurrentDictionary<string, int> Seen = new(StringComparer.Ordinal);

    public static void Hit(string name)
    {
        if (IsOn)
            Reach(name);
    }

    private static void Reach(string name)
    {
        var times = Seen.AddOrUpdate(name, 1, static (_, n) => n + 1);
        if (List is not null)
        {
            lock (ListGate)
                File.AppendAllText(List, name + "\n");
        }

        var parts = (Setting ?? "").Split(':');
        if (parts[0] != name || times != int.Parse(parts.ElementAtOrDefault(1) ?? "1", CultureInfo.InvariantCulture))
            return;

        switch (parts.ElementAtOrDefault(2))
        {
            case "throw":
                throw new IOException($"Crash point {name} was told to fail.");
            case "hang":
                new ManualResetEventSlim().Wait();
                break;
            default:
                Process.GetCurrentProcess().Kill();
                new ManualResetEventSlim().Wait();
                break;
        }
    }
}
