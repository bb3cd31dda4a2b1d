using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class KeyCountTests
{
    private const string Ups = "1Z410E7W0392751591";

    [Fact]
    public void Delivery_in_for_a_known_courier_and_person_takes_a_scan_and_six_keys_at_most()
    {
        using var run = new KioskRun();

        run.Play($"scan \"{Ups}\"; type \"ito\"; key Enter; key F10");

        run.Keys.ShouldBeLessThanOrEqualTo(6);
        var logged = run.Last<DeliveryLogged>();
        (logged.Tracking, logged.Courier, logged.PersonId, logged.DepartmentId, logged.Shelf, logged.Number).ShouldBe((Ups, "UPS", "C002", "COS", "C1", "K1-0420"));
    }

    [Fact]
    public void The_next_delivery_of_the_same_sender_takes_a_scan_and_five_keys()
    {
        using var run = new KioskRun();
        run.Play($"scan \"{Ups}\"; key Shift+Tab; type \"Prop House\"; key Tab; type \"ito\"; key Enter; key ^D");
        var before = run.Keys;

        run.Play("scan \"794644790138\"; type \"cam\"; key Enter; key F10");

        (run.Keys - before).ShouldBeLessThanOrEqualTo(5);
        run.Saved.Count.ShouldBe(2);
        run.Last<DeliveryLogged>().From.ShouldBe("Prop House");
    }

    [Fact]
    public void Delivery_in_without_a_scanner_takes_twelve_keys_beside_the_text()
    {
        using var run = new KioskRun();

        run.Play("key F4; key Tab; key Tab; key Tab; type \"art\"; key Enter; key F10");

        run.Keys.ShouldBeLessThanOrEqualTo(12);
        run.Last<DeliveryLogged>().DepartmentId.ShouldBe("ART");
    }

    [Fact]
    public void Hand_over_by_name_takes_nine_keys_at_most()
    {
        using var run = new KioskRun();

        run.Play("key F5; type \"ross\"; key Enter; type \"TR\"; key F10");

        run.Keys.ShouldBeLessThanOrEqualTo(9);
        run.Last<DeliveryHandedOver>().Numbers.ShouldBe(["K1-0406", "K1-0411"], ignoreOrder: true);
    }

    [Fact]
    public void Hand_over_by_label_takes_a_scan_and_four_keys_at_most()
    {
        using var run = new KioskRun();

        run.Play("scan \"PO1:D:K1-0418\"; type \"aw\"; key F10");

        run.Keys.ShouldBeLessThanOrEqualTo(4);
        var handed = run.Last<DeliveryHandedOver>();
        (handed.Collector, handed.Initials).ShouldBe(("Adaeze Windrow", "AW"));
    }

    [Fact]
    public void Crew_in_and_out_takes_five_keys_typed_and_none_with_a_badge()
    {
        using var run = new KioskRun();

        run.Play("key F3; type \"par\"; key Enter");
        run.Keys.ShouldBe(5);
        run.Play("scan \"PO1:C:C008\"");

        run.Keys.ShouldBe(5);
        run.Saved.Select(e => e.Type).ShouldBe([KioskEventTypes.CrewOut, KioskEventTypes.CrewIn]);
    }
}
