using ProductionOffice.Kiosk.Core;
using ProductionOffice.TestKit;

namespace ProductionOffice.Kiosk.Tests;

public sealed class ScreensTests
{
    private const string Ups = "1Z410E7W0392751591";

    [Theory]
    [InlineData("idle", "advance 1s")]
    [InlineData("idle-after-work", "scan \"1Z410E7W0392751591\"; type \"ito\"; key Enter; key F10; key F3; type \"par\"; key Enter; key ^Z; key Esc")]
    [InlineData("search", "type \"ross\"")]
    [InlineData("delivery-empty", "key F4")]
    [InlineData("delivery-pick", "scan \"1Z410E7W0392751591\"; type \"cos\"")]
    [InlineData("delivery-filled", "scan \"1Z410E7W0392751591\"; key Shift+Tab; type \"Prop House LA\"; key Tab; type \"kei\"; key Enter; type \"2\"; key Tab; key Tab; type \"d\"; key Tab; type \"p\"; key Tab; key Tab; type \"Corner crushed, 箱 inside is fine\"")]
    [InlineData("delivery-unknown-name", "key F4; key Tab; key Tab; key Tab; type \"Visiting Choir\"")]
    [InlineData("delivery-error", "key F4; key F10")]
    [InlineData("hand-over-pick", "key F5; type \"par\"")]
    [InlineData("hand-over", "key F5; type \"kei\"; key Enter; type \"ki\"; key Shift+Tab; key Down")]
    [InlineData("crew", "key F3; type \"park\"; key Down")]
    [InlineData("crew-done", "key F3; type \"park\"; key Enter")]
    [InlineData("help", "key F4; key F1")]
    [InlineData("leave", "key F4; type \"ABC\"; key Esc")]
    [InlineData("menu", "key F9; key Down")]
    [InlineData("quit", "key F9; key Down; key Down; key Enter")]
    [InlineData("pair", "key F9; key Down; key Enter")]
    [InlineData("later", "key F7")]
    [InlineData("offline", "net down; advance 12m")]
    [InlineData("too-small", "resize 60x16")]
    [InlineData("large", "resize 120x40; scan \"1Z410E7W0392751591\"; type \"kei\"; key Enter; key F10")]
    public void A_screen_looks_as_approved(string name, string script)
    {
        using var run = new KioskRun();

        Approved.Match(run.Play(script), name);
    }

    [Fact]
    public void A_desk_that_is_not_paired_says_so_and_works()
    {
        using var run = new KioskRun(paired: false);

        Approved.Match(run.Play("key F4; key Tab; key Tab; key Tab; type \"Art department\"; key Enter; key F10"), "not-paired");

        run.Saved.Count.ShouldBe(1);
    }

    [Fact]
    public void Held_records_are_shown_with_the_reason()
    {
        using var run = new KioskRun();
        run.Tell(new SyncChanged(new SyncStatus(Link.Online, 2, [new HeldRecord(17, "K1-0420  UPS → Kei Ito", "Another desk handed it over at 09:12.")], 17, run.Model.Now)));

        Approved.Match(run.Play("key F9"), "held");
    }

    [Fact]
    public void A_disk_that_cannot_be_written_turns_the_screen_red()
    {
        using var run = new KioskRun { DiskTrouble = "No space left on device." };

        Approved.Match(run.Play($"scan \"{Ups}\"; type \"ito\"; key Enter; key F10"), "fault");

        run.Session.Screen[0, 0].Role.ShouldBe(Role.Alarm);
    }

    [Fact]
    public void The_focused_field_differs_by_colour_and_holds_the_cursor()
    {
        using var run = new KioskRun();
        run.Play("key F4; key Tab");

        run.Session.Screen.Cursor.ShouldBe((54, 2));
        run.Session.Screen[54, 2].Role.ShouldBe(Role.Focus);
        run.Session.Screen[12, 2].Role.ShouldBe(Role.Dim);
    }
}
