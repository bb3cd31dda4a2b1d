using ProductionOffice.Kiosk.Data;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.TestKit;

namespace ProductionOffice.Kiosk.Tests.Data;

public sealed class JournalTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly FakeClock _clock = new("2027-03-09T09:41:00-08:00");

    [Fact]
    public void A_record_is_one_line_with_a_check_sum_for_its_owner_only()
    {
        using (var journal = Open())
            journal.Append("K1", KioskEventTypes.CrewIn, new CrewSeen("C001", "Zoë"));

        var line = File.ReadAllText(_folder.Journal);
        line.Count(c => c == '\n').ShouldBe(1);
        line.ShouldStartWith("{\"v\":1,\"id\":\"0");
        line.ShouldContain("\"kiosk\":\"K1\",\"seq\":1,\"at\":\"2027-03-09T17:41:00+00:00\"");
        line.ShouldEndWith("}\n");
        File.GetUnixFileMode(_folder.Journal).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Numbers_go_on_without_gaps_after_a_restart()
    {
        for (var day = 0; day < 3; day++)
        {
            using var journal = Open();
            Write(journal, 2);
        }

        using var last = Open();
        last.Events.Select(e => e.Seq).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Cut_at_any_byte_of_the_last_three_records_the_whole_ones_before_are_kept_and_the_next_follows()
    {
        using (var journal = Open())
            Write(journal, 6);
        var whole = File.ReadAllBytes(_folder.Journal);
        var ends = whole.Select((b, i) => (b, i)).Where(x => x.b == '\n').Select(x => x.i + 1).ToArray();

        for (var length = ends[2]; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_folder.Journal, whole[..length]);
            using (var journal = Open())
            {
                // A record that misses only its line feed is whole.
                journal.Events.Count.ShouldBe(ends.Count(e => e <= length || e == length + 1));
                journal.Note.ShouldBeNull();
                journal.Append("K1", KioskEventTypes.CrewOut, new CrewSeen("C001", "x")).Seq.ShouldBe(journal.Events.Count + 1);
            }

            using var again = Open();
            again.Events.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, again.Events.Count).Select(i => (long)i));
        }
    }

    [Fact]
    public void A_wrong_check_sum_inside_stops_the_replay_is_said_and_its_numbers_are_not_used_again()
    {
        using (var journal = Open())
            Write(journal, 5);
        var bytes = File.ReadAllBytes(_folder.Journal);
        var third = Array.FindIndex(bytes, Array.FindIndex(bytes, Array.IndexOf(bytes, (byte)'\n') + 1, b => b == '\n') + 1, b => b == 'C');
        bytes[third] = (byte)'D';
        File.WriteAllBytes(_folder.Journal, bytes);

        using (var journal = Open())
        {
            journal.Events.Count.ShouldBe(2);
            journal.Note!.ShouldContain("3 line(s) of journal-000001.jsonl");
            journal.Append("K1", KioskEventTypes.CrewIn, new CrewSeen("C001", "x")).Seq.ShouldBe(6);
        }

        File.ReadAllBytes(_folder.Journal).ShouldBe(bytes);
        using var again = Open();
        again.Events.Select(e => e.Seq).ShouldBe([1, 2, 6]);
        again.Append("K1", KioskEventTypes.CrewIn, new CrewSeen("C001", "x")).Seq.ShouldBe(7);
    }

    [Fact]
    public void Answers_are_remembered_and_a_refused_record_is_held_with_the_reason()
    {
        using (var journal = Open())
        {
            Write(journal, 3);
            journal.Answer([new EventResult(1, "accepted", null), new EventResult(2, "rejected", "Who is C002?")]).ShouldBe(2);
            journal.AckedThrough.ShouldBe(2);
        }

        using var again = Open();
        again.Pending(10).Select(e => e.Seq).ShouldBe([3]);
        again.Held.ShouldHaveSingleItem().Reason.ShouldBe("Who is C002?");
    }

    [Fact]
    public void Days_the_server_has_taken_over_are_deleted_a_day_later_and_numbers_go_on()
    {
        for (var day = 0; day < 4; day++)
        {
            using var journal = Open();
            Write(journal, 2);
            journal.Answer([.. journal.Pending(day == 2 ? 0 : 9).Select(e => new EventResult(e.Seq, "accepted", null))]);
            _clock.Advance(TimeSpan.FromHours(25));
        }

        using (var journal = Open())
        {
            IReadOnlyList<KioskEvent>? all = null;
            journal.Forget(through: 4, events => all = events);
            all!.Count.ShouldBe(8);
            journal.Events.Select(e => e.Seq).ShouldBe([5, 6, 7, 8]);
        }

        using var again = Open();
        again.Forget(through: 8, _ => { });
        again.Events.Select(e => e.Seq).ShouldBe([7, 8]);
        again.Append("K1", KioskEventTypes.CrewIn, new CrewSeen("C001", "x")).Seq.ShouldBe(9);
    }

    [Fact]
    public void A_day_with_a_refused_or_unsent_record_or_one_not_yet_in_the_list_is_kept()
    {
        using (var journal = Open())
        {
            Write(journal, 2);
            journal.Answer([new EventResult(1, "accepted", null), new EventResult(2, "rejected", "no")]);
            _clock.Advance(TimeSpan.FromHours(25));
            Write(journal, 1);
            _clock.Advance(TimeSpan.FromHours(25));
        }

        using var again = Open();
        again.Forget(through: 3, _ => throw new InvalidOperationException("nothing may go"));
        again.Events.Count.ShouldBe(3);
    }

    [Fact]
    public void A_second_kiosk_on_the_same_directory_is_refused()
    {
        using var first = Open();

        Should.Throw<JournalInUseException>(Open);
    }

    [Fact]
    public void The_check_sum_is_that_of_zip() => Crc32.Of("123456789"u8).ShouldBe(0xCBF43926u);

    public void Dispose() => _folder.Dispose();

    private Journal Open() => new(_folder.Path, _clock);

    private static void Write(Journal journal, int count)
    {
        for (var i = 0; i < count; i++)
            journal.Append("K1", KioskEventTypes.CrewIn, new CrewSeen("C001", "Zoë \"Z\" Ångström"));
    }
}
