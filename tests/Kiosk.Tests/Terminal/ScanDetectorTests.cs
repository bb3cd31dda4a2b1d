using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;

namespace ProductionOffice.Kiosk.Tests.Terminal;

public sealed class ScanDetectorTests
{
    [Theory]
    [InlineData("1Z999AA10123456784", 5, "1Z999AA10123456784")]
    [InlineData("1Z999AA10123456784", 60, null)]
    [InlineData("]C1K1-0422", 5, "K1-0422")]
    [InlineData("12345", 5, null)]
    [InlineData("Marguerite", 5, null)]
    [InlineData("Stage 3 gate", 5, null)]
    [InlineData("http://127.0.0.1:5000", 5, null)]
    [InlineData("PO1:C:c012", 5, "PO1:C:c012")]
    public void A_quick_code_with_an_end_sign_is_a_scan(string typed, int gap, string? code)
    {
        var last = Play(typed, gap, 20);

        (last as Scanned)?.Code.ShouldBe(code);
        (last is Scanned).ShouldBe(code is not null);
    }

    [Fact]
    public void An_Enter_long_after_quick_characters_is_a_key() => Play("1Z999AA10123456784", 5, 150).ShouldBe(new KeyPressed(Key.Enter));

    [Fact]
    public void Fifty_scans_back_to_back_come_whole_and_in_order()
    {
        var (scans, parser, codes) = (new ScanDetector(), new VtParser(), new List<string>());
        var sent = Enumerable.Range(0, 50).Select(i => $"1Z999AA1012345{i:0000}").ToArray();
        var at = 0L;
        foreach (var code in sent)
        {
            var events = new List<VtEvent>();
            parser.Feed(System.Text.Encoding.ASCII.GetBytes(code + "\r"), events);
            codes.AddRange(events.Select(e => scans.Take(e, at++)).OfType<Scanned>().Select(s => s.Code));
        }

        codes.ShouldBe(sent);
    }

    private static InputMsg Play(string typed, int gap, int endGap)
    {
        var scans = new ScanDetector();
        var at = 1000L;
        foreach (var c in typed)
            scans.Take(new VtEvent(Key.None, c.ToString(), null), at += gap);
        return scans.Take(VtEvent.Of(Key.Enter), at + endGap);
    }
}
