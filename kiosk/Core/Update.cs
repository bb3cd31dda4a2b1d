using System.Globalization;
using ProductionOffice.Kiosk.Core.Screens;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>The one place where the model changes: pure, told everything by messages.</summary>
internal static class Update
{
    /// <summary>How long an act can be taken back.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(60);

    public static Step Apply(Model model, Msg msg) => msg switch
    {
        Tick tick => Now(model, tick),
        Resized size => model with { Width = size.Width, Height = size.Height },
        Saved saved => AfterSave(model, saved.Event),
        SaveFailed failed => model with { Fault = failed.Reason },
        JournalUnusable lost => model with { Fault = lost.Reason, IsJournalLost = true },
        SyncChanged changed => Refreshed(model with { Sync = changed.Status, Desk = model.Desk.WithHeld([.. changed.Status.Held.Select(h => h.Seq)]) }, model.Desk),
        ReferenceChecked check => Checked(model, check),
        PairEnded ended => Paired(model, ended),
        InputMsg when model.IsTooSmall && model.Fault is null => model,
        KeyPressed key => Press(model, key.Key),
        TextTyped typed => Type(model, typed),
        Pasted pasted => model.Overlay is null && model.Fault is null ? model.Hush() with { Screen = model.Screen.Type(model, pasted.Text) } : model,
        Scanned scanned => Scan(model, scanned),
        _ => model,
    };

    /// <summary>The model with the journal and the stored list, as it is at start.</summary>
    public static Model Replay(Model model, IEnumerable<DeskEvent> events, ReferenceData? reference, long through)
    {
        var desk = reference is null ? model.Desk : model.Desk.With(reference, through);
        desk = desk.With(events);
        return model with { Desk = desk, NextNumber = Math.Max(model.NextNumber, LastNumber(desk.Events) + 1) };
    }

    /// <summary>The highest running number among parcels taken in; 0 when none.</summary>
    public static int LastNumber(IEnumerable<DeskEvent> events) => events.Select(NumberOf).DefaultIfEmpty(0).Max();

    private static Step Press(Model model, Key key)
    {
        var command = Bindings.Find(model.Scope, key);
        if (model.Fault is not null)
            return Fault(model, command);
        if (model.Overlay is { } overlay)
            return command is { } answer ? overlay.Do(model, answer) : model;

        var heard = model.Hush();
        return command switch
        {
            null => heard with { Screen = heard.Screen.Edit(heard, key) },
            Command.Help => heard with { Overlay = new HelpOverlay(heard.Screen.Scope) },
            Command.Redraw => ((Step)heard).And(new Redraw()),
            Command.Undo => Undo(heard),
            Command.Crew => Open(heard, new CrewScreen()),
            Command.DeliveryIn => heard.Screen is DeliveryScreen ? heard : Open(heard, new DeliveryScreen()),
            Command.HandOver => heard.Screen is HandOverScreen ? heard : Open(heard, new HandOverScreen()),
            Command.Menu => Open(heard, new MenuScreen()),
            Command.Leave when heard.Screen is not IdleScreen => Open(heard, heard.Screen is PairScreen ? new MenuScreen() : new IdleScreen()),
            Command.Later => heard.Say(Later(key), Role.Warn),
            { } other => heard.Screen.Do(heard, other),
        };
    }

    private static Step Open(Model model, Screen target) =>
        model.Screen.IsDirty ? model with { Overlay = new ConfirmLeave(target, model.Screen.Name) } : model.Show(target);

    private static Step Type(Model model, TextTyped typed)
    {
        var marked = typed.Fresh ? model with { BeforeText = model.Screen } : model;
        if (marked.Overlay is not null || marked.Fault is not null)
            return marked;

        var heard = marked.Hush();
        return heard with { Screen = heard.Screen.Type(heard, typed.Text) };
    }

    private static Step Scan(Model model, Scanned scanned)
    {
        if (model.Fault is not null)
            return model;

        var before = scanned.TakesBack && model.BeforeText is { } earlier ? model with { Screen = earlier } : model;
        if (before.Overlay is Question)
            return before.Say("Answer the question first, then scan again.", Role.Warn);

        var open = before.Hush() with { Overlay = null, BeforeText = null };
        return open.Screen.Scan(open, scanned.Code);
    }

    private static Step Fault(Model model, Command? command) => command switch
    {
        Command.Confirm when !model.IsJournalLost => model with { Fault = null },
        Command.Confirm or Command.Refuse => ((Step)model).And(new Quit(74)),
        _ => model,
    };

    private static Step Undo(Model model)
    {
        var last = model.Undoable.LastOrDefault();
        if (last is null)
            return model.Say("Nothing to take back.", Role.Warn);
        if (model.Mono - last.Mono > UndoTime.TotalMilliseconds)
            return model.Say($"The last act is older than {UndoTime.TotalSeconds:0} s: it stays. The office corrects it on the board.", Role.Warn);
        return ((Step)model).And(new Save(KioskEventTypes.Reversed, new EventReversed(last.Id, null)));
    }

    private static Step AfterSave(Model model, DeskEvent e)
    {
        var desk = model.Desk.With([e]);
        var undoable = e.Data is EventReversed reversed ? model.Undoable.RemoveAll(u => u.Id == reversed.EventId) : model.Undoable.Add(e);
        var saved = model with
        {
            Desk = desk,
            Undoable = undoable.Count > 20 ? undoable.RemoveAt(0) : undoable,
            NextNumber = Math.Max(model.NextNumber, NumberOf(e) + 1),
        };
        var shown = saved.Screen.AfterSave(saved, e);
        shown = shown with { Screen = shown.Screen.Refresh(shown) };
        return shown.Say(Words.Saved(e, desk), Role.Ok);
    }

    private static Step Now(Model model, Tick tick)
    {
        var now = model with { Now = tick.Now, Mono = tick.Mono };
        return now.Notice is { } notice && tick.Mono >= notice.Until ? now with { Notice = null } : now;
    }

    private static Step Checked(Model model, ReferenceChecked check)
    {
        var desk = check.Data is { } data ? model.Desk.With(data, check.Through) : model.Desk;
        var next = (check.Data?.Waiting ?? []).Where(w => w.Number.StartsWith(model.Station.Kiosk + "-", StringComparison.Ordinal)).Select(w => NumberOf(w.Number) + 1).DefaultIfEmpty(1).Max();
        var station = check.Data is { Production.Length: > 0 } named ? model.Station with { Production = named.Production } : model.Station;
        return Refreshed(model with { Desk = desk, Station = station, CheckedAt = check.CheckedAt, NextNumber = Math.Max(model.NextNumber, next) }, model.Desk);
    }

    private static Model Refreshed(Model model, Desk before) =>
        ReferenceEquals(model.Desk, before) ? model : model with { Screen = model.Screen.Refresh(model) };

    private static Step Paired(Model model, PairEnded ended)
    {
        var known = ended.Station is { } station ? model with { Station = station } : model;
        var shown = known.Screen is PairScreen pairing ? pairing.Ended(known, ended.Problem) : known;
        return ended.Problem is { } problem ? shown.Say(problem, Role.Error, 30) : shown.Say($"Paired: this desk is {shown.Station.Kiosk}.", Role.Ok);
    }

    private static int NumberOf(DeskEvent e) => e.Data is DeliveryLogged logged ? NumberOf(logged.Number) : 0;

    private static int NumberOf(string number) =>
        int.TryParse(number[(number.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var running) ? running : 0;

    private static string Later(Key key) => key switch
    {
        Key.F2 => "Visitors come with a later version: use the visitors' book.",
        Key.F6 => "Keys and equipment come with a later version: use the sign-out sheet.",
        Key.F7 => "The roll call comes with a later version: use the printed list.",
        _ => "Phone slips come with a later version: use the pad.",
    };
}
