using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;

namespace ProductionOffice.Kiosk.Tests.Terminal;

public sealed class KioskLoopTests
{
    [Fact]
    public void A_thread_that_fails_ends_the_loop_with_its_reason()
    {
        using var loop = new KioskLoop(new Broken(new InvalidOperationException("keyboard on fire")), TimeProvider.System);

        Should.Throw<KioskFaultException>(() => loop.Run(Session(loop))).InnerException!.Message.ShouldBe("keyboard on fire");
    }

    [Fact]
    public void A_terminal_that_goes_away_ends_the_loop_quietly()
    {
        using var loop = new KioskLoop(new Broken(null), TimeProvider.System);

        loop.Run(Session(loop)).ShouldBe(0);
    }

    private static Session Session(KioskLoop loop) =>
        new(new Model { Station = new Station("K1", "Front desk", "", null, false) }, new Broken(null), Theme.Mono(), new Nothing(), TimeProvider.System, loop.Post);

    private sealed class Broken(Exception? fault) : ITerminal
    {
        public (int Width, int Height) Size => (80, 24);

        public int Read(Span<byte> into, int timeout) => fault is null ? -1 : throw fault;

        public void Write(ReadOnlySpan<byte> bytes)
        {
        }
    }

    private sealed class Nothing : IOutside
    {
        public void Do(Effect effect, Action<Msg> post)
        {
        }
    }
}
