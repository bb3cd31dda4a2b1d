using System.Globalization;
using System.Text;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;
using ProductionOffice.Kiosk.Terminal.Scripted;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Benchmarks;

/// <summary>From the bytes of a key to the bytes of the screen, at a desk that knows 5,000 people.</summary>
internal static class KioskBenchmark
{
    private const int People = 5000;
    private const int Count = 2000;
    private static readonly string[] Given = ["Ana", "Bélà", "Chidi", "Dana", "Élise", "Farid", "Grete", "Hana", "Ivo", "Jin", "Kei", "Lucía"];
    private static readonly string[] Family = ["Adeyemi", "Brandt", "Costa", "Dubois", "Eriksen", "Fujimoto", "García", "Hughes", "Ito", "Jørgensen"];

    // Looks a collector up by name, letter by letter, moves in the list, gives up: F5, keys, arrows, Esc, Esc.
    private static readonly byte[][] Keys =
    [
        .. new[] { "\e[15~", "l", "u", "c", "i", "a", " ", "g", "a", "r", "c", "\e[B", "\e[B", "\u007f", "\u007f", "i", "\e[27u", "\e[27u", "\e[27u" }.Select(Encoding.UTF8.GetBytes),
    ];

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        long painted = 0;
        var clock = new ScriptClock(DateTimeOffset.Parse("2027-03-09T09:41:00-08:00", CultureInfo.InvariantCulture), TimeZoneInfo.Utc);
        var model = new Model { Station = new Station("K1", "Front desk", "SALTWORK", "http://office.local:5000", true) };
        var session = new Session(model, new Screen(bytes => painted += bytes), Theme.Rich(), new Nothing(), clock, _ => { });
        session.Handle(new ReferenceChecked(Reference(), clock.GetLocalNow(), 0));
        session.Paint();

        var parser = new VtParser();
        var scans = new ScanDetector();
        var events = new List<VtEvent>();
        var next = 0;
        Action key = () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(80));
            parser.Feed(Keys[next++ % Keys.Length], events);
            foreach (var e in events)
                session.Handle(scans.Take(e, Session.MonoOf(clock)));
            events.Clear();
            session.Paint();
        };

        var keys = Measure.Run(Count, key);
        painted = 0;
        for (var i = 0; i < Keys.Length * 10; i++)
            key();
        return Task.FromResult<IReadOnlyList<Figure>>(
            [new Figure("Kiosk: key to painted screen, 5,000 people", keys, $"{painted / (Keys.Length * 10)} bytes painted a key")]);
    }

    private static ReferenceData Reference() => new(
        "v1", DateTimeOffset.UnixEpoch, "SALTWORK",
        [
            .. Enumerable.Range(1, People).Select(i => new ReferencePerson(
                $"P{i}", $"{Given[i % Given.Length]} {Family[i / Given.Length % Family.Length]}-{i}", "GRP", "Grip", i % 3 == 0, null)),
        ],
        [new ReferenceDepartment("GRP", "Grip", "D1")],
        []);

    private sealed class Screen(Action<int> onWrite) : ITerminal
    {
        public (int Width, int Height) Size => (80, 24);

        public int Read(Span<byte> into, int timeout) => -1;

        public void Write(ReadOnlySpan<byte> bytes) => onWrite(bytes.Length);
    }

    private sealed class Nothing : IOutside
    {
        public void Do(Effect effect, Action<Msg> post)
        {
        }
    }
}
