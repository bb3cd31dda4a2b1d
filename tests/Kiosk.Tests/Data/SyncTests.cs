using System.Collections.Concurrent;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Data;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.TestKit;

namespace ProductionOffice.Kiosk.Tests.Data;

public sealed class SyncTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly StubServer _stub = new();
    private readonly FakeClock _clock = new("2027-03-09T09:41:00Z");
    private readonly ConcurrentQueue<Msg> _told = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Journal _journal;
    private readonly StationFile _station;
    private readonly NetworkSwitch _network = new(new SocketsHttpHandler());
    private readonly ServerClient _server;
    private readonly SyncClient _sync;
    private readonly DeskOutside _outside;

    public SyncTests()
    {
        _journal = new Journal(_folder.Path, _clock);
        _station = new StationFile(_folder.Path);
        _server = new ServerClient(_network);
        _sync = new SyncClient(_journal, _station, new ReferenceCache(_folder.Path), _server, _clock, new Random(1), _told.Enqueue);
        _outside = new DeskOutside(_journal, _station, _server, _sync);
        _ = Task.Run(() => _sync.RunAsync(_over.Token));
    }

    private SyncStatus Status => _told.OfType<SyncChanged>().Last().Status;

    [Fact]
    public async Task Records_made_before_pairing_are_sent_under_the_number_the_server_gave()
    {
        Write(3);
        await PairAsync();

        await _sync.NextRoundAsync();

        _stub.Kept.Select(e => (e.Kiosk, e.Seq, e.Crc)).ShouldBe([("K1", 1L, 0u), ("K1", 2L, 0u), ("K1", 3L, 0u)]);
        (Status.Link, Status.Queued, Status.AckedThrough).ShouldBe((Link.Online, 0, 3));
    }

    [Fact]
    public async Task A_token_is_kept_for_the_owner_only_and_a_wrong_code_is_said()
    {
        var wrong = await _outside.PairAsync(_stub.Address, "000000", "Front desk", default);
        wrong.Problem!.ShouldContain("The code is wrong or too old.");

        await PairAsync();

        new StationFile(_folder.Path).Current.Token.ShouldBe("secret");
        File.GetUnixFileMode(Path.Combine(_folder.Path, "station.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Whatever_goes_wrong_each_record_has_its_effect_once_and_in_order()
    {
        await PairAsync();
        foreach (var trouble in new[] { Trouble.AnswerLost, Trouble.Error500, Trouble.Garbage, Trouble.AnswerLost, Trouble.Unauthorized })
        {
            _stub.Troubles.Enqueue(trouble);
            Write(7);
            await _sync.NextRoundAsync();
            await _sync.NextRoundAsync();
        }

        await _sync.NextRoundAsync();

        _stub.Kept.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, 35).Select(i => (long)i));
        _journal.PendingCount.ShouldBe(0);
    }

    [Fact]
    public async Task Batches_hold_a_hundred_records_at_most()
    {
        Write(250);
        await PairAsync();

        await _sync.NextRoundAsync();

        _stub.BatchSizes.ShouldBe([100, 100, 50]);
    }

    [Fact]
    public async Task A_refused_record_is_held_with_its_reason_and_the_others_go_on()
    {
        _stub.Refuse = e => e.Seq == 2 ? "This parcel is already gone." : null;
        Write(3);
        await PairAsync();

        await _sync.NextRoundAsync();

        _stub.Kept.Select(e => e.Seq).ShouldBe([1, 3]);
        Status.Held.ShouldHaveSingleItem().ShouldBe(new HeldRecord(2, "Kei Ito signed IN", "This parcel is already gone."));
    }

    [Fact]
    public async Task A_record_that_spoils_a_batch_is_found_and_held()
    {
        _stub.Refuse = e => e.Seq == 3 ? "batch" : null;
        Write(5);
        await PairAsync();

        await _sync.NextRoundAsync();

        _stub.Kept.Select(e => e.Seq).ShouldBe([1, 2, 4, 5]);
        Status.Held.ShouldHaveSingleItem().Reason.ShouldBe("Not a record.");
    }

    [Fact]
    public async Task A_list_that_has_not_changed_is_confirmed_and_a_new_one_replaces_it_whole()
    {
        await PairAsync();
        await _sync.NextRoundAsync();
        await _sync.NextRoundAsync();
        _told.OfType<ReferenceChecked>().Last().Data.ShouldBeNull();

        _stub.Reference = Office.Reference with { Version = "v2", Waiting = [] };
        await _sync.NextRoundAsync();

        _told.OfType<ReferenceChecked>().Last().Data!.Waiting.ShouldBeEmpty();
        new ReferenceCache(_folder.Path).Load()!.Data.Version.ShouldBe("v2");
    }

    [Fact]
    public async Task Pairing_again_fetches_the_list_whole_even_when_its_token_is_the_same()
    {
        await PairAsync();
        await _sync.NextRoundAsync();
        _told.Clear();

        await PairAsync();
        await _sync.NextRoundAsync();

        _told.OfType<ReferenceChecked>().ShouldContain(r => r.Data != null);
    }

    [Fact]
    public async Task A_token_the_server_no_longer_knows_is_said_and_the_records_stay()
    {
        await PairAsync();
        await _sync.NextRoundAsync();
        _stub.Troubles.Enqueue(Trouble.Unauthorized);
        Write(1);

        await _sync.NextRoundAsync();
        await _sync.NextRoundAsync();

        _told.OfType<SyncChanged>().ShouldContain(s => s.Status.Link == Link.Refused && s.Status.Queued == 1);
        _journal.PendingCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_new_record_does_not_hasten_a_server_that_is_away_but_time_does()
    {
        await PairAsync();
        _network.IsUp = false;
        await _sync.NextRoundAsync();
        Status.Link.ShouldBe(Link.Offline);
        _network.IsUp = true;
        Write(1);
        _stub.Kept.ShouldBeEmpty();

        var sent = new TaskCompletionSource();
        _stub.Refuse = _ =>
        {
            sent.TrySetResult();
            return null;
        };
        while (!sent.Task.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1.2));
            await Task.Yield();
        }

        await _sync.NextRoundAsync();
        _stub.Kept.Count.ShouldBe(1);
    }

    [Fact]
    public void The_waits_between_attempts_grow_to_half_a_minute() => SyncClient.BackOff.ShouldBe([1, 2, 5, 15, 30]);

    public void Dispose()
    {
        _over.Cancel();
        _stub.Dispose();
        _journal.Dispose();
        _server.Dispose();
        _over.Dispose();
        _folder.Dispose();
    }

    private async Task PairAsync() => (await _outside.PairAsync(_stub.Address, "123456", "Front desk", default)).Problem.ShouldBeNull();

    private void Write(int count)
    {
        for (var i = 0; i < count; i++)
            _journal.Append(_station.Current.Kiosk, KioskEventTypes.CrewIn, new CrewSeen("C002", "Kei Ito"));
        _sync.Nudge();
    }
}
