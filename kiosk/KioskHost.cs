using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Data;
using ProductionOffice.Kiosk.Terminal.Scripted;

namespace ProductionOffice.Kiosk;

/// <summary>Everything of a desk that is not its screen: journal, station, list, sender.</summary>
internal sealed class KioskHost : IDisposable, IScriptWorld
{
    private readonly CancellationTokenSource _over = new();
    private readonly NetworkSwitch _network = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly ServerClient _server;
    private readonly Journal _journal;
    private readonly StationFile _station;
    private readonly SyncClient _sync;
    private readonly StoredReference? _reference;

    /// <exception cref="JournalInUseException">Another kiosk owns the directory.</exception>
    /// <exception cref="KioskSetupException">The directory holds what cannot be understood.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public KioskHost(string data, TimeProvider clock, Action<Msg> post)
    {
        var directory = Path.GetFullPath(data);
        _journal = new Journal(directory, clock);
        try
        {
            _station = new StationFile(directory);
            var cache = new ReferenceCache(directory);
            _reference = cache.Load();
            _journal.Forget(_reference?.Through ?? 0, all => _station.Keep(_station.Current with { Numbered = Math.Max(_station.Current.Numbered, Update.LastNumber(all.Select(KioskJson.ToDesk).OfType<DeskEvent>())) }));
            _server = new ServerClient(_network);
            _sync = new SyncClient(_journal, _station, cache, _server, clock, new Random(), post);
            Outside = new DeskOutside(_journal, _station, _server, _sync);
        }
        catch
        {
            _journal.Dispose();
            throw;
        }
    }

    public DeskOutside Outside { get; }

    public bool CouldSend => _network.IsUp && _station.Station.IsPaired && _journal.PendingCount > 0;

    /// <summary>The model as the disk knows it.</summary>
    public Model Model()
    {
        var model = new Model
        {
            Station = _station.Station,
            JournalNote = _journal.Note,
            NextNumber = _station.Current.Numbered + 1,
            CheckedAt = _reference?.CheckedAt,
            Sync = new SyncStatus(_station.Station.IsPaired ? Link.Connecting : Link.Unpaired, _journal.PendingCount, _journal.Held, _journal.AckedThrough, null),
        };
        var replayed = Update.Replay(model, _journal.Events.Select(KioskJson.ToDesk).OfType<DeskEvent>(), _reference?.Data, _reference?.Through ?? 0);
        return replayed with { Desk = replayed.Desk.WithHeld([.. _journal.Held.Select(h => h.Seq)]) };
    }

    /// <summary>Keeps a server's address given on the command line.</summary>
    public void Know(string? server, string? name)
    {
        var now = _station.Current;
        var next = now with { Server = server ?? now.Server, Name = name ?? now.Name };
        if (next != now)
            _station.Keep(next);
    }

    public Task<PairEnded> PairAsync(string code) =>
        Outside.PairAsync(_station.Current.Server!, code, _station.Current.Name, _over.Token);

    public void StartSync() => _ = Task.Run(() => _sync.RunAsync(_over.Token));

    public void SetNetwork(bool isUp)
    {
        _network.IsUp = isUp;
        if (isUp)
            _sync.Force();
    }

    public Task SyncRoundAsync() => _sync.NextRoundAsync();

    public void Dispose()
    {
        _over.Cancel();
        _journal.Dispose();
        _server.Dispose();
        _over.Dispose();
    }
}
