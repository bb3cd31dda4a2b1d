using System.Net;
using System.Text.Json;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Data;

/// <summary>Sends what waits and fetches the list, beside the desk: nobody ever waits for it.</summary>
internal sealed class SyncClient(Journal journal, StationFile station, ReferenceCache cache, ServerClient server, TimeProvider clock, Random random, Action<Msg> post)
{
    /// <summary>Seconds to wait after the first, second … failure in a row.</summary>
    public static readonly int[] BackOff = [1, 2, 5, 15, 30];

    private const int MaxBatch = 100;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private readonly Signal _forced = new();
    private readonly Signal _nudged = new();
    private readonly Lock _telling = new();
    private readonly StartedRounds _rounds = new();
    private volatile StoredReference? _reference = cache.Load();
    private SyncStatus _told = SyncStatus.None;
    private DateTimeOffset? _lastSync;
    private int _batch = MaxBatch;
    private int _failures;

    /// <summary>A record was written: send it soon, unless the server was away a moment ago.</summary>
    public void Nudge()
    {
        _nudged.Set();
        Tell(null);
    }

    /// <summary>Try now, whatever happened before.</summary>
    public void Force() => _forced.Set();

    /// <summary>Another server was chosen: its list is fetched whole.</summary>
    public void Restart()
    {
        _reference = null;
        Force();
    }

    /// <summary>Waits for the end of an attempt that begins now.</summary>
    public Task NextRoundAsync()
    {
        var end = _rounds.NextEnd();
        Force();
        return end;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        Tell(station.Station.IsPaired ? Link.Connecting : Link.Unpaired);
        while (!cancel.IsCancellationRequested)
        {
            _rounds.Begin();
            var link = await TryRoundAsync(cancel);
            Tell(link);
            _rounds.End();
            try
            {
                await WaitAsync(link, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<Link> TryRoundAsync(CancellationToken cancel)
    {
        if (station.Current is not { Token: not null, Server: not null } desk)
            return Link.Unpaired;

        try
        {
            await SendAllAsync(desk, cancel);
            await FetchAsync(desk, cancel);
            _failures = 0;
            return Link.Online;
        }
        catch (ServerRefusedException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return Link.Refused;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or IOException or UnauthorizedAccessException or ServerRefusedException)
        {
            _failures++;
            return Link.Offline;
        }
    }

    private async Task SendAllAsync(StoredStation desk, CancellationToken cancel)
    {
        while (journal.Pending(_batch) is { Count: > 0 } waiting)
        {
            // On the wire every record carries the number the server knows this desk by, also those made before pairing.
            var batch = new EventBatch([.. waiting.Select(e => e with { Kiosk = desk.Kiosk, Crc = 0 })]);
            try
            {
                var answer = await server.SendAsync(desk, batch, cancel);
                if (journal.Answer(answer.Results ?? []) == 0)
                    throw new HttpRequestException("The server answered none of the records.");
                _batch = MaxBatch;
            }
            catch (ServerRefusedException e) when (e.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity)
            {
                // One record spoils the batch: find it by sending one at a time, and hold it.
                if (waiting.Count == 1)
                    journal.Answer([new EventResult(waiting[0].Seq, "rejected", e.Message)]);
                _batch = 1;
            }

            _lastSync = clock.GetUtcNow();
            Tell(Link.Online);
        }
    }

    private async Task FetchAsync(StoredStation desk, CancellationToken cancel)
    {
        // What was answered before the list is asked for is in it.
        var through = journal.AckedThrough;
        var data = await server.ReferenceAsync(desk, _reference?.Data.Version, cancel);
        var now = clock.GetUtcNow();
        _lastSync = now;
        if (data is null)
        {
            post(new ReferenceChecked(null, now, through));
            return;
        }

        if (data.People is null || data.Departments is null || data.Waiting is null)
            throw new JsonException("The list is not whole.");
        _reference = new StoredReference(now, through, data);
        post(new ReferenceChecked(data, now, through));
        cache.Store(_reference);
    }

    private void Tell(Link? link)
    {
        lock (_telling)
        {
            var status = new SyncStatus(link ?? _told.Link, journal.PendingCount, journal.Held, journal.AckedThrough, _lastSync);
            if (status != _told)
                post(new SyncChanged(status));
            _told = status;
        }
    }

    private async Task WaitAsync(Link link, CancellationToken cancel)
    {
        var seconds = BackOff[Math.Clamp(_failures - 1, 0, BackOff.Length - 1)];
        var wait = link == Link.Offline ? TimeSpan.FromSeconds(seconds * (0.8 + 0.4 * random.NextDouble())) : Rest;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var time = Task.Delay(wait, clock, over.Token);

        // A new record does not shorten the wait for a server that is away.
        var ready = link == Link.Online && journal.PendingCount > 0 ? Task.CompletedTask : _nudged.WaitAsync();
        await (link == Link.Online ? Task.WhenAny(time, _forced.WaitAsync(), ready) : Task.WhenAny(time, _forced.WaitAsync()));
        cancel.ThrowIfCancellationRequested();
        await over.CancelAsync();
        _forced.Reset();
        _nudged.Reset();
    }
}
