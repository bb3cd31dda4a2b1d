using System.Collections.Concurrent;
using System.Globalization;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;
using ProductionOffice.Kiosk.Terminal.Scripted;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Tests;

/// <summary>A desk in memory, played by scripts: real parser, scan detector, model and painter; a journal that is a list.</summary>
public sealed class KioskRun : IScriptWorld, IOutside, IDisposable
{
    private readonly BlockingCollection<Msg> _inbox = [];
    private readonly ScriptClock _clock = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
    private readonly ScriptTerminal _terminal = new();
    private readonly ScriptRunner _runner;

    internal KioskRun(bool paired = true, ReferenceData? reference = null)
    {
        _clock.Set(DateTimeOffset.Parse("2027-03-09T09:41:00-08:00", CultureInfo.InvariantCulture));
        var model = new Model { Station = new Station(paired ? "K1" : "X7KM", "Front desk", paired ? "SALTWORK" : "", paired ? "http://office.local:5000" : null, paired) };
        Session = new Session(model, _terminal, Theme.Rich(), this, _clock, _inbox.Add);
        _runner = new ScriptRunner(Session, _inbox, _terminal, _clock, this, TextWriter.Null);
        if (!paired)
            return;

        Session.Handle(new ReferenceChecked(reference ?? Office.Reference, _clock.GetLocalNow(), 0));
        Session.Handle(new SyncChanged(new SyncStatus(Link.Online, 0, [], 0, _clock.GetLocalNow())));
    }

    internal Session Session { get; }

    internal Model Model => Session.Model;

    internal ScriptTerminal Terminal => _terminal;

    internal List<DeskEvent> Saved { get; } = [];

    internal List<Effect> Effects { get; } = [];

    /// <summary>Set: the next save fails with this reason.</summary>
    internal string? DiskTrouble { get; set; }

    /// <summary>Keys pressed so far; a scan is none.</summary>
    public int Keys { get; private set; }

    bool IScriptWorld.CouldSend => false;

    public string Screen => Session.Screen.ToText();

    public string Play(string script)
    {
        var lines = ScriptLine.Read(script.Replace(';', '\n'));
        Keys += lines.Sum(l => l.Verb switch { "type" => l.Argument.Length, "key" => 1, _ => 0 });
        _runner.Play(lines);
        return Screen;
    }

    internal T Last<T>() => (T)Saved[^1].Data;

    internal void Tell(Msg msg)
    {
        Session.Handle(msg);
        Session.Paint();
    }

    void IOutside.Do(Effect effect, Action<Msg> post)
    {
        Effects.Add(effect);
        if (effect is not Save save)
            return;
        if (DiskTrouble is { } trouble)
        {
            post(new SaveFailed(trouble));
            return;
        }

        var e = new DeskEvent(Saved.Count + 1, "id-" + (Saved.Count + 1), _clock.GetLocalNow(), Session.MonoOf(_clock), save.Type, save.Data);
        Saved.Add(e);
        post(new Saved(e));
        post(new SyncChanged(Model.Sync with { Queued = Saved.Count }));
    }

    void IScriptWorld.SetNetwork(bool isUp) =>
        Session.Handle(new SyncChanged(new SyncStatus(isUp ? Link.Online : Link.Offline, Saved.Count, [], 0, null)));

    Task IScriptWorld.SyncRoundAsync() => Task.CompletedTask;

    public void Dispose() => _inbox.Dispose();
}
