using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>Runs a session on a real terminal: one thread for the model, others only post messages.</summary>
internal sealed class KioskLoop : IDisposable
{
    private const int MaxPerFrame = 256;
    private const int FrameMilliseconds = 16;
    private readonly BlockingCollection<Msg> _inbox = new(4096);
    private readonly ITerminal _terminal;
    private readonly TimeProvider _clock;
    private Exception? _fault;
    private volatile bool _isOver;

    public KioskLoop(ITerminal terminal, TimeProvider clock)
    {
        _terminal = terminal;
        _clock = clock;
    }

    /// <summary>Hands a message in, from any thread.</summary>
    public void Post(Msg msg)
    {
        if (!_isOver)
            _inbox.Add(msg);
    }

    /// <summary>Ends the loop from another thread, for example on a signal.</summary>
    public void Stop() => Post(new Stopped(0));

    /// <summary>Runs until the session ends.</summary>
    /// <exception cref="KioskFaultException">A thread of the kiosk failed.</exception>
    public int Run(Session session)
    {
        new Thread(() => Guard(Read)) { IsBackground = true, Name = "keys" }.Start();
        using var resize = OperatingSystem.IsWindows() ? null : OnSignal(PosixSignal.SIGWINCH, Resize);
        using var goOn = OperatingSystem.IsWindows() ? null : OnSignal(PosixSignal.SIGCONT, Resize);
        using var terminate = OnSignal(PosixSignal.SIGTERM, Stop);
        using var hangUp = OnSignal(PosixSignal.SIGHUP, Stop);
        using var interrupt = OnSignal(PosixSignal.SIGINT, Stop);
        using var quit = OnSignal(PosixSignal.SIGQUIT, Stop);
        session.Paint();
        while (session.ExitCode is null)
        {
            if (_inbox.TryTake(out var msg, (int)session.Model.UntilTimeMatters()))
            {
                var began = Stopwatch.GetTimestamp();
                var count = 0;
                do
                {
                    if (Take(session, msg) is { } code)
                        return code;
                    count++;
                }
                while (session.ExitCode is null && count < MaxPerFrame && Stopwatch.GetElapsedTime(began).TotalMilliseconds < FrameMilliseconds && _inbox.TryTake(out msg));
            }

            session.Paint();
        }

        _isOver = true;
        return session.ExitCode.Value;
    }

    public void Dispose() => _isOver = true;

    private int? Take(Session session, Msg msg)
    {
        if (_fault is not null)
            throw new KioskFaultException(_fault);
        if (msg is Stopped stopped)
        {
            _isOver = true;
            return stopped.ExitCode;
        }

        session.Handle(msg);
        return null;
    }

    private void Resize()
    {
        var (width, height) = _terminal.Size;
        Post(new Resized(width, height));
    }

    private void Read()
    {
        var parser = new VtParser();
        var scans = new ScanDetector();
        var events = new List<VtEvent>();
        var buffer = new byte[4096];
        while (!_isOver)
        {
            var count = _terminal.Read(buffer, parser.Hold);
            if (count < 0)
            {
                Stop();
                return;
            }

            var at = Session.MonoOf(_clock);
            if (count == 0)
                parser.TimeOut(events);
            else
                parser.Feed(buffer.AsSpan(0, count), events);
            foreach (var e in events)
                Post(scans.Take(e, at));
            events.Clear();
        }
    }

    // A failing thread must not end the process behind the terminal's back.
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            _fault = e;
            Post(new Stopped(70));
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });

    private sealed record Stopped(int ExitCode) : Msg;
}

/// <summary>A thread of the kiosk failed; the inner exception says why.</summary>
internal sealed class KioskFaultException(Exception inner) : Exception(inner.Message, inner);
