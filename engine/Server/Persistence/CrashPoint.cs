using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ProductionOffice.Server.Persistence;

/// <summary>Places where a test may end, fail or hang this process; without the variable <c>OFFICE_CRASH</c> they cost nothing.</summary>
/// <remarks><c>OFFICE_CRASH=name:hit:action</c>: at the hit-th time, from 1, that <c>name</c> is reached; action is <c>kill</c>, <c>throw</c> or <c>hang</c>. <c>OFFICE_CRASH=list</c> writes each name to standard error the first time it is reached.</remarks>
internal static class CrashPoint
{
    private static readonly string? Setting = Environment.GetEnvironmentVariable("OFFICE_CRASH");
    private static readonly ConcurrentDictionary<string, int> Seen = new(StringComparer.Ordinal);

    public static void Hit(string name)
    {
        if (Setting is not null)
            Reach(name);
    }

    private static void Reach(string name)
    {
        var times = Seen.AddOrUpdate(name, 1, static (_, n) => n + 1);
        if (Setting == "list")
        {
            if (times == 1)
                Console.Error.WriteLine($"crash point {name}");
            return;
        }

        var parts = Setting!.Split(':');
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
