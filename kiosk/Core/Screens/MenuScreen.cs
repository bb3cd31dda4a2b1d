using System.Collections.Immutable;
using System.Globalization;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>State of the desk: link, queue, held records, pairing, quit.</summary>
internal sealed record MenuScreen : Screen
{
    private static readonly ImmutableArray<string> Actions = ["Send now", "Pair this desk with a server", "Quit the program"];

    private int Cursor { get; init; }

    private int FirstHeld { get; init; }

    public override Scope Scope => Scope.Menu;

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Up => model.Show(this with { Cursor = Math.Max(0, Cursor - 1) }),
        Command.Down => model.Show(this with { Cursor = Math.Min(Actions.Length - 1, Cursor + 1) }),
        Command.PageUp => model.Show(this with { FirstHeld = Math.Max(0, FirstHeld - 5) }),
        Command.PageDown => model.Show(this with { FirstHeld = Math.Min(Math.Max(0, model.Sync.Held.Length - 1), FirstHeld + 5) }),
        Command.Accept => Act(model),
        _ => model,
    };

    public override Scene Draw(Model model)
    {
        var parts = Frame.Begin(model, "Menu");
        parts.Add(new Table("actions", 4, 3, 40, Actions.Length, [new("", 0)], [.. Actions.Select(a => new Row(Role.Normal, a))], Cursor, true));
        var y = 7;
        foreach (var (name, text, role) in Facts(model))
        {
            parts.Add(new Label(name + "-label", 3, y, 16, name, Role.Dim));
            parts.Add(new Label(name, 20, y, model.Width - 21, text, role));
            y++;
        }

        parts.Add(new Rule(y, model.Width));
        var held = model.Sync.Held.Skip(FirstHeld).Select(h => new Row(Role.Error, h.Seq.ToString(CultureInfo.InvariantCulture), h.What, h.Reason)).ToImmutableArray();
        if (held.IsEmpty)
            parts.Add(new Label("held-empty", 3, y + 1, model.Width - 4, "No record is held: the server took all it was given.", Role.Dim));
        else
            parts.Add(new Table("held", 1, y + 1, model.Width - 2, model.Height - y - 4, [new("HELD", 6), new("WHAT", 26), new("WHY THE SERVER REFUSED IT", 0)], held));
        return Frame.End(model, parts, "Records that were refused stay here; the coordinator decides about them.");
    }

    private Step Act(Model model) => Cursor switch
    {
        0 when !model.Station.IsPaired => model.Say("Not paired: there is no server to send to.", Role.Warn),
        0 => ((Step)model.Say("Sending what waits.")).And(new SyncNow()),
        1 => model.Show(PairScreen.For(model.Station)),
        _ => model with { Overlay = new ConfirmQuit() },
    };

    private static IEnumerable<(string Name, string Text, Role Role)> Facts(Model model)
    {
        var station = model.Station;
        var sync = model.Sync;
        yield return ("Desk", $"{station.Kiosk}, {station.Name}{(station.IsPaired ? "" : " (provisional number until paired)")}", Role.Normal);
        yield return ("Server", station.Server ?? "none yet", Role.Normal);
        yield return ("Link", sync.Link switch
        {
            Link.Online => "online",
            Link.Connecting => "connecting",
            Link.Offline => "offline: everything is kept here and sent later",
            Link.Refused => "the server no longer knows this desk: pair it again",
            _ => "not paired: everything is kept here",
        }, sync.Link == Link.Online ? Role.Ok : Role.Warn);
        yield return ("Last answer", sync.LastSync is { } at ? Words.When(at, model.Now) : "never", Role.Normal);
        yield return ("Waiting to go", Words.Count(sync.Queued, "record", "records"), sync.Queued > 0 ? Role.Warn : Role.Normal);
        yield return ("Lists", model.CheckedAt is { } check ? $"{Words.Count(model.Desk.Roster.People, "person", "people")}, confirmed {Words.When(check, model.Now)}" : "none yet", Role.Normal);
        yield return ("Journal", model.JournalNote ?? Words.Count(model.Desk.Events.Count, "record", "records") + ", in order", model.JournalNote is null ? Role.Normal : Role.Error);
    }
}
