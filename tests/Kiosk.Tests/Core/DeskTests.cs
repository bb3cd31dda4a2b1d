using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Core.Screens;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class DeskTests
{
    [Fact]
    public void Undo_within_a_minute_appends_a_reversal_and_brings_the_parcel_back()
    {
        using var run = new KioskRun();
        run.Play("key F5; type \"ross\"; key Enter; type \"TR\"; key F10");
        run.Model.Desk.WaitingByCode("K1-0406").ShouldBeNull();

        run.Play("advance 50s; key ^Z");

        run.Last<EventReversed>().ShouldBe(new EventReversed("id-1", null));
        run.Model.Desk.WaitingByCode("K1-0406").ShouldNotBeNull();
        run.Saved.Count.ShouldBe(2);
    }

    [Fact]
    public void Undo_after_a_minute_is_refused_with_a_sentence()
    {
        using var run = new KioskRun();
        run.Play("key F3; type \"par\"; key Enter; advance 61s; key ^Z");

        run.Saved.Count.ShouldBe(1);
        run.Screen.ShouldContain("older than 60 s");
    }

    [Fact]
    public void Undo_twice_takes_the_act_before_back_too()
    {
        using var run = new KioskRun();
        run.Play("key F3; type \"par\"; key Enter; type \"kei\"; key Enter; key ^Z; key ^Z; key ^Z");

        run.Saved.Select(e => e.Type).ShouldBe([KioskEventTypes.CrewOut, KioskEventTypes.CrewOut, KioskEventTypes.Reversed, KioskEventTypes.Reversed]);
        run.Model.Desk.PresenceOf("C007").In.ShouldBeTrue();
        run.Model.Desk.PresenceOf("C002").In.ShouldBeTrue();
    }

    [Fact]
    public void A_list_that_already_holds_own_records_is_not_changed_by_them_again()
    {
        using var run = new KioskRun();
        run.Play("key F5; type \"ross\"; key Enter; type \"TR\"; key F10");

        // The server has put the parcel back since: its list wins.
        run.Tell(new ReferenceChecked(Office.Reference with { Version = "v2" }, run.Model.Now, Through: 1));

        run.Model.Desk.WaitingByCode("K1-0406").ShouldNotBeNull();
    }

    [Fact]
    public void A_record_the_server_refused_does_not_count()
    {
        using var run = new KioskRun();
        run.Play("scan \"1Z410E7W0392751591\"; type \"ito\"; key Enter; key F10");

        run.Tell(new SyncChanged(new SyncStatus(Link.Online, 0, [new HeldRecord(1, "x", "no")], 1, null)));

        run.Model.Desk.WaitingByCode("K1-0420").ShouldBeNull();
        run.Play("advance 9s");
        run.Screen.ShouldContain("1 record is held by the server");
    }

    [Fact]
    public void A_scan_takes_back_what_it_typed_whatever_field_is_open()
    {
        using var run = new KioskRun();
        run.Play("key F4; key Tab; key Tab; type \"Prop\"");

        run.Play("scan \"1Z410E7W0392751591\"");

        var form = run.Model.Screen.ShouldBeOfType<DeliveryScreen>().Form;
        (form.Text("from"), form.Text("tracking"), form.Current.Id).ShouldBe(("Prop", "1Z410E7W0392751591", "for"));
    }

    [Fact]
    public void A_recipient_nobody_knows_is_kept_as_written()
    {
        using var run = new KioskRun();
        run.Play("scan \"1Z410E7W0392751591\"; type \"Visiting Choir\"; key Enter; key F10");

        var logged = run.Last<DeliveryLogged>();
        (logged.Recipient, logged.PersonId, logged.DepartmentId).ShouldBe(("Visiting Choir", null, null));
    }

    [Fact]
    public void Saving_without_a_recipient_goes_to_the_field_and_clears_nothing()
    {
        using var run = new KioskRun();
        run.Play("key F4; type \"ABC123\"; key F10");

        run.Saved.ShouldBeEmpty();
        run.Screen.ShouldContain("Who is it for?");
        run.Model.Screen.ShouldBeOfType<DeliveryScreen>().Form.Current.Id.ShouldBe("for");
    }

    [Fact]
    public void A_parcel_that_needs_a_signature_is_not_handed_over_without_the_full_name()
    {
        using var run = new KioskRun();
        run.Play("key F5; type \"kei\"; key Enter; type \"KI\"; key F10");
        run.Saved.ShouldBeEmpty();

        run.Play("type \"kei ito\"; key F10");

        run.Last<DeliveryHandedOver>().SignedName.ShouldBe("kei ito");
    }

    [Fact]
    public void A_half_filled_form_is_left_only_after_a_question()
    {
        using var run = new KioskRun();
        run.Play("key F4; type \"ABC123\"; key F3");
        run.Screen.ShouldContain("Leave this form?");

        run.Play("key Esc");
        run.Model.Screen.ShouldBeOfType<DeliveryScreen>().Form.Text("tracking").ShouldBe("ABC123");

        run.Play("key Esc; key Enter");
        run.Model.Screen.ShouldBeOfType<IdleScreen>();
    }

    [Fact]
    public void When_nothing_can_be_saved_a_red_screen_says_so_and_keeps_the_form()
    {
        using var run = new KioskRun { DiskTrouble = "No space left on device." };
        run.Play("scan \"1Z410E7W0392751591\"; type \"ito\"; key Enter; key F10");
        run.Screen.ShouldContain("No space left on device.");

        run.DiskTrouble = null;
        run.Play("key Enter; key F10");

        run.Saved.Count.ShouldBe(1);
    }

    [Fact]
    public void A_desk_is_paired_from_its_own_screen()
    {
        using var run = new KioskRun(paired: false);
        run.Play("key F9; key Down; key Enter; type \"office.local:5000\"; key Enter; scan \"123456\"; key F10");

        run.Effects.ShouldBe([new Pair("http://office.local:5000", "123456", "Front desk")]);
        run.Screen.ShouldContain("Asking the server");

        run.Tell(new PairEnded(null, "The code is wrong or too old."));
        run.Screen.ShouldContain("The code is wrong or too old.");

        run.Tell(new PairEnded(new Station("K3", "Front desk", "SALTWORK", "http://office.local:5000", true), null));
        run.Screen.ShouldContain("Paired: this desk is K3.");
        run.Model.NextDelivery.ShouldBe("K3-0001");
    }

    [Fact]
    public void Keys_typed_while_a_record_is_written_wait_their_turn()
    {
        var (held, clock, terminal) = (new Holding(), new ProductionOffice.TestKit.FakeClock("2027-03-09T09:41:00Z"), new Kiosk.Terminal.Scripted.ScriptTerminal());
        var session = new Kiosk.Terminal.Session(new Model { Station = new Station("K1", "Front desk", "", null, false) }, terminal, Kiosk.Terminal.Theme.Mono(), held, clock, _ => { });
        foreach (var msg in new Msg[] { new KeyPressed(Key.F4), new Scanned("1Z410E7W0392751591", false), new Pasted("Ito"), new KeyPressed(Key.F10), new KeyPressed(Key.F3), new TextTyped("p", true) })
            session.Handle(msg);
        session.Model.Screen.ShouldBeOfType<DeliveryScreen>();

        session.Handle(new Saved(new DeskEvent(1, "a", clock.GetUtcNow(), 0, KioskEventTypes.DeliveryLogged, ((Save)held.Effects[0]).Data)));

        session.Model.Screen.ShouldBeOfType<CrewScreen>();
    }

    private sealed class Holding : Kiosk.Terminal.IOutside
    {
        public List<Effect> Effects { get; } = [];

        public void Do(Effect effect, Action<Msg> post) => Effects.Add(effect);
    }
}
