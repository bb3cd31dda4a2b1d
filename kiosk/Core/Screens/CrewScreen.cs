using System.Collections.Immutable;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>Crew in and out: a badge toggles with no key, a few letters and Enter do the same.</summary>
internal sealed record CrewScreen : Screen
{
    private const int MaxHits = 10;

    private TextInput Query { get; init; } = new(Max: 2000);

    private ImmutableArray<Entry> Hits { get; init; } = [];

    private int Cursor { get; init; }

    public override Scope Scope => Scope.Crew;

    public static CrewScreen For(Model model, Entry person) => new CrewScreen().With(model, new TextInput().With(person.Name));

    public override Screen Type(Model model, string text) => With(model, Query.Insert(text));

    public override Screen Edit(Model model, Key key) => Query.Edit(key) is { } edited ? With(model, edited) : this;

    public override Screen Refresh(Model model) => With(model, Query) with { Cursor = Cursor };

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Up => model.Show(this with { Cursor = Math.Max(0, Cursor - 1) }),
        Command.Down => model.Show(this with { Cursor = Math.Min(Math.Max(0, Hits.Length - 1), Cursor + 1) }),
        Command.Accept => Accept(model),
        _ => model,
    };

    public override Step Scan(Model model, string code) =>
        ScanRouter.Badge(code) is { } id ? ScanRouter.Toggle(model, id, stay: true) : ScanRouter.Route(model, code);

    public override Model AfterSave(Model model, DeskEvent e) => e.Data is CrewSeen ? model with { Screen = new CrewScreen() } : model;

    public override Scene Draw(Model model)
    {
        var parts = Frame.Begin(model, "Crew in / out");
        parts.Add(new Label("query-label", 1, 2, 38, "Scan your badge, or type your name ▸", Role.Title));
        parts.Add(new TextField("query", 38, 2, model.Width - 39, Query, true));
        var logAt = model.Height - 8;
        if (Query.IsEmpty)
            parts.Add(new Label("count", 1, 4, model.Width - 2, Words.Format($"{model.Desk.InCount} of {model.Desk.Roster.People} people are in."), Role.Dim));
        else if (Hits.IsEmpty)
            parts.Add(new Label("none", 1, 4, model.Width - 2, "Nobody found. Ask the production office to add the name.", Role.Warn));
        else
            AddHits(parts, model, logAt - 8);
        parts.Add(new Rule(logAt, model.Width));
        Frame.AddLog(parts, model, logAt + 1, 4);
        return Frame.End(model, parts, "Enter toggles the highlighted name.");
    }

    private CrewScreen With(Model model, TextInput query) =>
        this with { Query = query, Hits = model.Desk.Roster.Find(query.Text, MaxHits, departments: false), Cursor = 0 };

    private Step Accept(Model model)
    {
        if (ScanRouter.Badge(Query.Text.Trim()) is { } id)
            return ScanRouter.Toggle(model, id, stay: true);
        return Cursor < Hits.Length ? ScanRouter.Toggle(model, Hits[Cursor].PersonId!, stay: true) : model;
    }

    private void AddHits(ImmutableArray<Part>.Builder parts, Model model, int height)
    {
        var rows = Hits.Select(h => model.Desk.PresenceOf(h.PersonId!) is { In: true } presence
            ? new Row(Role.Ok, h.Name, h.Department, "IN", presence.Since is { } since ? "since " + Words.When(since, model.Now) : "")
            : new Row(Role.Normal, h.Name, h.Department, "out", "")).ToImmutableArray();
        parts.Add(new Table("crew", 4, 4, model.Width - 8, height, [new("NAME", 0), new("DEPARTMENT", 28), new("", 3), new("", 18)], rows, Cursor, true));
        var chosen = Hits[Math.Min(Cursor, Hits.Length - 1)];
        var verb = model.Desk.PresenceOf(chosen.PersonId!).In ? "OUT" : "IN";
        parts.Add(new Label("preview", 4, model.Height - 10, model.Width - 6, $"Enter = sign {verb} {chosen.Name}", Role.Title));
    }
}
