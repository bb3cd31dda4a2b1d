using System.Diagnostics;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>What a kill at one moment leaves: the files as they were while all of the process stood still, and what had been sent and answered by then.</summary>
/// <param name="Folder">Holds the data folder.</param>
/// <param name="Step">The point at which it stood.</param>
/// <param name="Commands">Sent by then.</param>
internal sealed record CrashSnapshot(string Folder, CrashStep Step, IReadOnlyList<CrashCommand> Commands)
{
    public string Data => Path.Combine(Folder, "data");
}

/// <summary>Takes one at each point that an office reaches; its process is stopped by the machine there, not by itself.</summary>
internal static class CrashSnapshots
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(3);

    /// <summary>Runs an office, and keeps copies of its folder in numbered ones of another.</summary>
    public static async Task<List<CrashSnapshot>> TakeAsync(OfficeProcess node, CrashOffice office, string to, Func<Task> act)
    {
        var taken = new List<CrashSnapshot>();
        using var over = new CancellationTokenSource();
        var watching = Task.Run(() => WatchAsync(node, office, to, taken, over.Token));
        try
        {
            await Task.WhenAny(act(), watching).Unwrap();
        }
        finally
        {
            await over.CancelAsync();
            await watching;
            await node.KillAsync();
        }

        return taken;
    }

    public static void CopyFolder(string from, string to)
    {
        // The lock is its process's alone: nobody else may read it, and a kill lets go of it.
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(p => Path.GetFileName(p) != "office.lock"))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static async Task WatchAsync(OfficeProcess node, CrashOffice office, string to, List<CrashSnapshot> taken, CancellationToken over)
    {
        var told = Stopwatch.StartNew();
        while (!over.IsCancellationRequested)
        {
            var points = node.StandsStill ? node.Points : [];
            // Told to go on a moment ago: it may not have heard yet. Or somebody else stopped it.
            if (points.Count <= taken.Count)
            {
                if (node.StandsStill && told.Elapsed > TooLong)
                {
                    node.Signal("CONT");
                    told.Restart();
                }

                await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
                continue;
            }

            var folder = Path.Combine(to, $"{taken.Count:0000}");
            CopyFolder(node.Data, Path.Combine(folder, "data"));
            taken.Add(new CrashSnapshot(folder, new CrashStep(points[^1], points.Count(p => p == points[^1])), office.Commands));
            node.Signal("CONT");
            told.Restart();
        }
    }
}
