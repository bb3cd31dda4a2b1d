using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>An office that is disturbed as planned and looked at in the end: its first start, or a morning of one that has been set up.</summary>
/// <param name="name">In logs and in the command that makes a run again.</param>
/// <param name="isMorning">A morning on a copy of an office that was set up once; else its first start.</param>
/// <param name="isShared">Two nodes on PostgreSQL, of which the second is left alone; else one process on SQLite.</param>
internal sealed class CrashScene(string name, bool isMorning, bool isShared) : IAsyncDisposable
{
    private const int Recordings = 3;
    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("office-crash-").FullName;
    private PostgresSpace? _space;
    private int _runs;

    public string Name => name;

    public bool IsMorning => isMorning;

    public bool IsShared => isShared;

    /// <summary>What people see in the end when nothing befalls the office.</summary>
    public IReadOnlyList<string> Undisturbed { get; private set; } = [];

    /// <summary>Every how many-th run is started once more in the end, to see that this changes nothing; a start is what takes the time.</summary>
    public int AgainEvery { get; init; } = 1;

    private string Prepared => Path.Combine(_folder, "prepared");

    /// <summary>Sets the office up and runs the scene undisturbed.</summary>
    public async Task<CrashRecord> RecordAsync()
    {
        if (isMorning)
            await SetUpAsync();
        var runs = new List<CrashOutcome>();
        for (var i = 0; i < Recordings; i++)
            runs.Add(await RunAsync([]));
        Undisturbed = runs[0].Seen;
        foreach (var run in runs)
            run.Seen.ShouldBe(Undisturbed, "undisturbed runs differ");
        return new CrashRecord([.. runs.Select(r => r.Points)], runs.MaxBy(r => r.Points.Count)!.Start);
    }

    /// <summary>Runs to rest, disturbed as planned; checks, starts once more, and checks that this changed nothing.</summary>
    public async Task<CrashOutcome> RunAsync(IReadOnlyList<CrashStep> plan)
    {
        var folder = NewFolder();
        try
        {
            return await (isShared ? OnPostgresAsync(folder, plan) : OnSqliteAsync(folder, plan));
        }
        finally
        {
            Discard(folder);
        }
    }

    /// <summary>What a kill would leave, at each point of an undisturbed run on SQLite, or of the one that goes on from such a place.</summary>
    public async Task<List<CrashSnapshot>> SnapshotsAsync(CrashSnapshot? from = null)
    {
        var folder = NewFolder();
        if (from is not null || isMorning)
            CrashSnapshots.CopyFolder(from?.Folder ?? Prepared, folder);
        await using var node = new OfficeProcess(Path.Combine(folder, "data"), Arguments(null, "")) { PointList = Path.Combine(folder, "points"), StopsAtPoints = true };
        var office = new CrashOffice([], node) { Before = from?.Commands ?? [] };
        return await CrashSnapshots.TakeAsync(node, office, NewFolder(), async () =>
        {
            await office.OpenAsync();
            await office.RepeatAsync();
            await ActAsync(office);
        });
    }

    /// <summary>Goes on in this process from what a kill left, sends again what had been sent, to rest; checks, starts once more, and checks that this changed nothing.</summary>
    public async Task<IReadOnlyList<string>> RecoverAsync(CrashSnapshot left)
    {
        await using var database = new SqliteDatabase(Path.Combine(left.Data, "office.db"));
        var oracle = new CrashOracle(database, left.Data, left.Data);
        IReadOnlyList<string> seen;
        SortedDictionary<string, string> before;
        await using (var recovered = await RecoveredOffice.StartAsync(left.Data))
        {
            var office = new CrashOffice([]) { Client = recovered.Client, Before = left.Commands };
            await office.RepeatAsync();
            await ActAsync(office);
            await office.UntilAsync("all is done", oracle.IsAtRestAsync);
            await office.RepeatAsync();
            await oracle.CheckAsync();
            (seen, before) = (await oracle.SeenAsync(), await oracle.FingerprintAsync());
        }

        await oracle.StaysAsync(before, async () =>
        {
            await using var again = await RecoveredOffice.StartAsync(left.Data);
            await new CrashOffice([]) { Client = again.Client }.UntilAsync("all is done", oracle.IsAtRestAsync);
        });
        Discard(left.Folder);
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        if (_space is not null)
            await _space.DisposeAsync();
        Discard(_folder);
    }

    /// <summary>Room is made on the way; what is still held for a moment goes with the scene.</summary>
    private static void Discard(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Something of the office that was there wrote a last file.
        }
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, Guid.CreateVersion7().ToString("N"))).FullName;

    private Task ActAsync(CrashOffice office) => isMorning ? CrashScript.RunAsync(office) : Task.CompletedTask;

    private async Task SetUpAsync()
    {
        Directory.CreateDirectory(Prepared);
        if (isShared)
            _space = await PostgresSpace.OpenAsync();
        // Not disposed: its folder is what the runs are copies of.
        var node = new OfficeProcess(Path.Combine(Prepared, "data"), Arguments(_space, Path.Combine(Prepared, "shared")));
        await node.StartAsync();
        await node.StopAsync();
    }

    private async Task<CrashOutcome> OnSqliteAsync(string folder, IReadOnlyList<CrashStep> plan)
    {
        if (isMorning)
            CrashSnapshots.CopyFolder(Prepared, folder);
        await using var node = new OfficeProcess(Path.Combine(folder, "data"), Arguments(null, "")) { PointList = Path.Combine(folder, "points") };
        var file = Path.Combine(node.Data, "office.db");
        await using var database = new SqliteDatabase(file);
        try
        {
            return await RunAsync(plan, new CrashOracle(database, node.Data, node.Data), node);
        }
        finally
        {
            TestStore.Release(file);
        }
    }

    private async Task<CrashOutcome> OnPostgresAsync(string folder, IReadOnlyList<CrashStep> plan)
    {
        await using var space = await PostgresSpace.OpenAsync(_space);
        if (isMorning)
            CrashSnapshots.CopyFolder(Prepared, folder);
        var shared = Path.Combine(folder, "shared");
        await using var first = new OfficeProcess(Path.Combine(folder, "data"), Arguments(space, shared)) { PointList = Path.Combine(folder, "points"), Lease = ShortLease };
        await using var second = new OfficeProcess(Path.Combine(folder, "other"), Arguments(space, shared)) { Lease = ShortLease };
        await using var database = new PostgresDatabase(space.Connection);
        return await RunAsync(plan, new CrashOracle(database, first.Data, shared), first, second);
    }

    private async Task<CrashOutcome> RunAsync(IReadOnlyList<CrashStep> plan, CrashOracle oracle, params OfficeProcess[] nodes)
    {
        var office = new CrashOffice(plan, nodes);
        await office.OpenAsync();
        var start = nodes[0].Points.Count;
        await ActAsync(office);
        await office.UntilAsync("all is done", oracle.IsAtRestAsync);
        await office.RepeatAsync();
        await oracle.CheckAsync();
        var outcome = new CrashOutcome(nodes[0].Points, start, nodes[0].Acts, await oracle.SeenAsync());

        if (Interlocked.Increment(ref _runs) % AgainEvery != 0)
            return outcome;

        var before = await oracle.FingerprintAsync();
        await oracle.StaysAsync(before, async () =>
        {
            await office.RestartAsync();
            await office.UntilAsync("all is done", oracle.IsAtRestAsync);
            await office.RepeatAsync();
        });
        return outcome;
    }

    private static string[] Arguments(PostgresSpace? space, string shared) => space is null ? ["--empty"] : ["--empty", "--db", space.Connection, "--shared", shared];
}

/// <summary>What became of one run.</summary>
/// <param name="Points">Points that the first node reached, in order.</param>
/// <param name="Start">How many of them until it was open.</param>
/// <param name="Acts">How many steps of the plan came to pass.</param>
/// <param name="Seen">What people see in the end.</param>
internal sealed record CrashOutcome(IReadOnlyList<string> Points, int Start, int Acts, IReadOnlyList<string> Seen);
