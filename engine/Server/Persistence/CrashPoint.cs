using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ProductionOffice.Server.Persistence;

/// <summary>Places where a test may end, fail or hang this process; without the variables they cost nothing.</summary>
/// <remarks>
/// <c>OFFICE_CRASH=name:hit:action</c>: at the hit-th time, from 1, that <c>name</c> is reached; action is <c>kill</c>, <c>throw</c> or <c>hang</c>.
/// <c>OFFICE_CRASH=stop</c>: at each point all of it stands still until it is told to go on, and its files are what a kill would leave (Linux).
/// <c>OFFICE_CRASH_LIST=file</c> writes the name of each point to that file whenever one is reached, after a <c>!</c> when it acts there.
/// </remarks>
internal static partial class CrashPoint
{
    private static readonly string[] Setting = (Environment.GetEnvironmentVariable("OFFICE_CRASH") ?? "").Split(':');
    private static readonly string? List = Environment.GetEnvironmentVariable("OFFICE_CRASH_LIST");
    private static readonly bool IsOn = Setting[0].Length > 0 || List is not null;
    private static readonly Lock ListGate = new();
    private static readonly ConcurrentDictionary<string, int> Seen = new(StringComparer.Ordinal);

    public static void Hit(string name)
    {
        if (IsOn)
            Reach(name);
    }

    /// <summary>To this very thread, which then goes no step further; to the process it would be another's to stop it.</summary>
    [LibraryImport("libc", EntryPoint = "raise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Raise(int signal);

    private static void Reach(string name)
    {
        const int Stop = 19;
        var times = Seen.AddOrUpdate(name, 1, static (_, n) => n + 1);
        var isHere = Setting[0] == name && times == int.Parse(Setting.ElementAtOrDefault(1) ?? "1", CultureInfo.InvariantCulture);
        if (List is not null)
        {
            lock (ListGate)
            {
                File.AppendAllText(List, $"{(isHere ? "!" : "")}{name}\n");
                if (Setting[0] == "stop")
                    _ = Raise(Stop);
            }
        }

        if (!isHere)
            return;

        switch (Setting.ElementAtOrDefault(2))
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
