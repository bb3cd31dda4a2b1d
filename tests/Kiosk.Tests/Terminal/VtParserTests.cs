using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;

namespace ProductionOffice.Kiosk.Tests.Terminal;

public sealed class VtParserTests
{
    private static readonly byte[][] Pieces =
    [
        [0x1b], "\e[A"u8.ToArray(), "\eOP"u8.ToArray(), "\e[21~"u8.ToArray(), "\e[200~"u8.ToArray(), "\e[201~"u8.ToArray(), "\e[1;5C"u8.ToArray(), "\e[[B"u8.ToArray(),
        "[O"u8.ToArray(), "~"u8.ToArray(), "é日🇫🇷"u8.ToArray(), [0xe6], [0x97, 0xa5], [0xff], [0xc3], "\r\n"u8.ToArray(), "\n"u8.ToArray(), [0x7f, 8, 9], [0, 3, 26, 28, 29], "1Z99"u8.ToArray(), "\e[999999999999999999999999999999999999999~"u8.ToArray(),
    ];

    private static Arbitrary<byte[]> Streams => Arb.From(
        Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, 255).Select(b => new[] { (byte)b })).ArrayOf().Select(p => p.SelectMany(b => b).ToArray()));

    [Fact]
    public void Bytes_give_the_same_events_wherever_they_are_cut() => Check.QuickThrowOnFailure(Prop.ForAll(Streams, ArbMap.Default.ArbFor<int>(), (bytes, seed) =>
    {
        var random = new Random(seed);
        var (parser, events) = (new VtParser(), new List<VtEvent>());
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(1, 4));
            parser.Feed(bytes.AsSpan(at, length), events);
            at += length;
        }

        events.ShouldBe(Whole(bytes));
    }));

    [Fact]
    public void No_bytes_make_the_parser_throw_and_a_pause_always_ends_what_is_held() => Check.QuickThrowOnFailure(Prop.ForAll(Streams, bytes =>
    {
        var (parser, events) = (new VtParser(), new List<VtEvent>());
        foreach (var b in bytes)
        {
            parser.Feed([b], events);
            parser.TimeOut(events);
        }

        parser.Hold.ShouldBe(-1);
    }));

    [Fact]
    public void A_paste_gives_no_keys_and_no_typed_text_whatever_is_in_it() => Check.QuickThrowOnFailure(Prop.ForAll(Streams, bytes =>
    {
        var inside = Encoding.Latin1.GetString(bytes).Replace("\e[201~", "", StringComparison.Ordinal);
        var events = Whole([.. "\e[200~"u8, .. Encoding.Latin1.GetBytes(inside), .. "\e[201~"u8]);

        if (!inside.EndsWith('\e') && !inside.Contains("\e[201", StringComparison.Ordinal))
            events.ShouldHaveSingleItem().Paste.ShouldNotBeNull();
    }));

    [Fact]
    public void A_paste_that_never_ends_is_taken_after_a_pause()
    {
        var (parser, events) = (new VtParser(), new List<VtEvent>());
        parser.Feed("\e[200~Prop\rHouse"u8, events);
        parser.Hold.ShouldBe(5000);

        parser.TimeOut(events);

        events.ShouldBe([new VtEvent(Key.None, null, "Prop\rHouse")]);
    }

    [Fact]
    public void A_paste_is_cut_at_one_mebibyte()
    {
        var bytes = new byte[(1 << 20) + 5000];
        bytes.AsSpan().Fill((byte)'x');

        Whole([.. "\e[200~"u8, .. bytes, .. "\e[201~"u8]).ShouldHaveSingleItem().Paste!.Length.ShouldBe(1 << 20);
    }

    [Fact]
    public void Escape_before_a_scan_is_Escape_and_loses_no_character() =>
        Whole("\e1Z999"u8.ToArray()).ShouldBe([VtEvent.Of(Key.Escape), Text("1"), Text("Z"), Text("9"), Text("9"), Text("9")]);

    [Fact]
    public void A_lone_Escape_is_the_key_after_a_pause()
    {
        var (parser, events) = (new VtParser(), new List<VtEvent>());
        parser.Feed([0x1b], events);
        events.ShouldBeEmpty();

        parser.TimeOut(events);

        events.ShouldBe([VtEvent.Of(Key.Escape)]);
    }

    [Fact]
    public void Half_a_character_is_held_longer_than_half_a_key()
    {
        var parser = new VtParser();
        parser.Feed([0xe6, 0x97], []);

        parser.Hold.ShouldBeGreaterThan(VtParser.EscapeHold);
    }

    [Theory]
    [InlineData("\eOP", nameof(Key.F1))]
    [InlineData("\e[[A", nameof(Key.F1))]
    [InlineData("\e[11~", nameof(Key.F1))]
    [InlineData("\e[15~", nameof(Key.F5))]
    [InlineData("\e[20~", nameof(Key.F9))]
    [InlineData("\e[21~", nameof(Key.F10))]
    [InlineData("\e[1;2P", nameof(Key.F1))]
    [InlineData("\e[Z", nameof(Key.BackTab))]
    [InlineData("\e[3~", nameof(Key.Delete))]
    [InlineData("\eOH", nameof(Key.Home))]
    [InlineData("\u0003", nameof(Key.CtrlC))]
    [InlineData("\u001a", nameof(Key.CtrlZ))]
    [InlineData("\r\n", nameof(Key.Enter))]
    [InlineData("\u007f", nameof(Key.Backspace))]
    public void Keys_of_common_terminals_are_known(string bytes, string key) => Whole(Encoding.ASCII.GetBytes(bytes)).ShouldBe([VtEvent.Of(Enum.Parse<Key>(key))]);

    private static VtEvent Text(string text) => new(Key.None, text, null);

    private static List<VtEvent> Whole(byte[] bytes)
    {
        var events = new List<VtEvent>();
        new VtParser().Feed(bytes, events);
        return events;
    }
}
