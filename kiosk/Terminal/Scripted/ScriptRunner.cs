using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal.Scripted;

/// <summary>What a script can do to the world around the desk.</summary>
internal interface IScriptWorld
{
    void SetNetwork(bool isUp);

    /// <summary>An attempt to send and fetch, from its beginning to its end.</summary>
    Task SyncRoundAsync();

    /// <summary>Whether records wait for a server that could be reached.</summary>
    bool CouldSend { get; }
}

/// <summary>Plays a script through the same parser, scan detector, model, journal and sender that a person uses.</summary>
internal sealed class ScriptRunner(Session session, BlockingCollection<Msg> inbox, ScriptTerminal terminal, ScriptClock clock, IScriptWorld world, TextWriter output)
{
    private static readonly TimeSpan KeyGap = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan ScanGap = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly VtParser _parser = new();
    private readonly ScanDetector _scans = new();
    private readonly List<VtEvent> _events = [];

    /// <summary>Plays all lines, or until the session ends.</summary>
    /// <exception cref="ScriptException">A line cannot be understood, or what it waits for does not come.</exception>
    public void Play(IEnumerable<ScriptLine> lines)
    {
        session.Paint();
        foreach (var line in lines)
        {
            if (session.ExitCode is not null)
                return;
            Play(line);
            Pump();
            session.Paint();
        }
    }

    private void Play(ScriptLine line)
    {
        switch (line.Verb)
        {
            case "type":
                foreach (var rune in line.Argument.EnumerateRunes())
                    Send(Encoding.UTF8.GetBytes(rune.ToString()), KeyGap);
                break;
            case "scan":
                clock.Advance(KeyGap);
                foreach (var b in Encoding.UTF8.GetBytes(line.Argument + "\r"))
                    Send([b], ScanGap);
                clock.Advance(KeyGap);
                break;
            case "key":
                Send(Key(line), KeyGap);
                break;
            case "paste":
                Send([.. "\e[200~"u8, .. Encoding.UTF8.GetBytes(line.Argument), .. "\e[201~"u8], KeyGap);
                break;
            case "advance":
                clock.Advance(line.Span());
                break;
            case "clock":
                clock.Set(DateTimeOffset.TryParse(line.Argument, CultureInfo.InvariantCulture, out var now) ? now : throw line.Wrong("a moment such as 2027-03-09T09:41:00-08:00"));
                break;
            case "net":
                world.SetNetwork(line.Argument switch { "up" => true, "down" => false, _ => throw line.Wrong("up or down") });
                break;
            case "resize":
                terminal.Size = line.Size();
                session.Handle(new Resized(terminal.Size.Width, terminal.Size.Height));
                break;
            case "wait-sync":
                WaitSync(line);
                break;
            case "dump":
                session.Paint();
                output.Write(session.Screen.ToText());
                output.Flush();
                break;
            default:
                throw new ScriptException($"Line {line.Number}: '{line.Verb}' is none of type, scan, key, paste, advance, clock, net, resize, wait-sync, dump.");
        }
    }

    private static byte[] Key(ScriptLine line)
    {
        try
        {
            return ScriptKeys.Bytes(line.Argument);
        }
        catch (FormatException)
        {
            throw line.Wrong("a key such as F10, Enter or ^D");
        }
    }

    private void Send(ReadOnlySpan<byte> bytes, TimeSpan gap)
    {
        clock.Advance(gap);
        _parser.Feed(bytes, _events);
        if (_parser.Hold == VtParser.EscapeHold)
            _parser.TimeOut(_events);
        foreach (var e in _events)
            session.Handle(_scans.Take(e, Session.MonoOf(clock)));
        _events.Clear();
        Pump();
    }

    // All answers that are there; while a record is being written, until it is.
    private void Pump()
    {
        while (inbox.TryTake(out var msg, session.IsSaving ? (int)Patience.TotalMilliseconds : 0))
            session.Handle(msg);
        if (session.IsSaving)
            throw new ScriptException("The journal did not answer.");
    }

    private void WaitSync(ScriptLine line)
    {
        var began = TimeProvider.System.GetTimestamp();
        do
        {
            var round = world.SyncRoundAsync();
            while (!round.IsCompleted)
            {
                if (inbox.TryTake(out var msg, 20))
                    session.Handle(msg);
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                    throw new ScriptException($"Line {line.Number}: the server does not answer; records still wait.");
            }

            Pump();
        }
        while (world.CouldSend);
    }
}
