using System.Collections.Immutable;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>The desk at rest: one box for scans and searches, what needs a hand, what was done last.</summary>
internal sealed record IdleScreen : Screen
{
    private const int MaxHits = 12;

    private TextInput Search { get; init; } = new(Max: 2000);

    private ImmutableArray<Hit> Hits { get; init; } = [];

    private int Cursor { get; init; }

    public override Scope Scope => Scope.Idle;

    public override Screen Type(Model model, string text) => With(model, Search.Insert(text));

    public override Screen Edit(Model model, Key key) => Search.Edit(key) is { } edited ? With(model, edited) : this;

    public override Screen Refresh(Model model) => With(model, Search) with { Cursor = Cursor };

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Up => model.Show(this with { Cursor = Math.Max(0, Cursor - 1) }),
        Command.Down => model.Show(this with { Cursor = Math.Min(Math.Max(0, Hits.Length - 1), Cursor + 1) }),
        Command.Leave => model.Show(new IdleScreen()),
        Command.Accept => Open(model),
        _ => model,
    };

    public override Scene Draw(Model model)
    {
        var parts = Frame.Begin(model, model.Station.Name);
        parts.Add(new Label("search-label", 1, 2, 16, "Scan or search ▸", Role.Title));
        parts.Add(new TextField("search", 18, 2, model.Width - 19, Search, true));
        parts.Add(new Label("today", 1, 3, model.Width - 2, Today(model), Role.Dim));
        parts.Add(new Rule(4, model.Width));
        if (Search.IsEmpty)
            AddDesk(parts, model);
        else
            AddHits(parts, model);
        return Frame.End(model, parts, Search.IsEmpty ? Ready(model) : "Enter opens, Up and Down choose, Esc clears.");
    }

    private IdleScreen With(Model model, TextInput search)
    {
        var parcels = search.IsEmpty ? [] : model.Desk.Waiting.Where(w => Matches(w, search.Text.Trim())).Select(w => new Hit(null, w));
        var people = model.Desk.Roster.Find(search.Text, MaxHits, departments: false).Select(p => new Hit(p, null));
        return this with { Search = search, Hits = [.. people.Concat(parcels).Take(MaxHits)], Cursor = 0 };
    }

    private Step Open(Model model)
    {
        if (Search.IsEmpty)
            return model;
        if (ScanRouter.IsCode(model, Search.Text.Trim()))
            return ScanRouter.Route(model, Search.Text.Trim());
        if (Cursor >= Hits.Length)
            return model.Say($"Nothing found for “{Search.Text.Trim()}”. F4 takes a delivery in.", Role.Warn);

        var hit = Hits[Cursor];
        if (hit.Parcel is { } parcel)
            return model.Show(HandOverScreen.For(model, parcel));
        return model.Desk.Waiting.Any(w => w.PersonId == hit.Person!.PersonId)
            ? model.Show(HandOverScreen.For(model, hit.Person!))
            : model.Show(CrewScreen.For(model, hit.Person!));
    }

    private static void AddDesk(ImmutableArray<Part>.Builder parts, Model model)
    {
        var rows = model.Height - 10;
        var upper = (rows + 1) / 2;
        var waiting = model.Desk.Waiting.OrderByDescending(w => w.Perishable).ThenBy(w => w.At)
            .Select(w => ToRow(w, model)).ToImmutableArray();
        parts.Add(new Table("waiting", 1, 5, model.Width - 2, upper,
            [new("", 1), new("NEEDS A HAND", 12), new("FOR", 22), new("WHAT", 0), new("SHELF", 7), new("AGE", 4), new("", 7)], waiting));
        if (waiting.IsEmpty)
            parts.Add(new Label("waiting-empty", 3, 6, model.Width - 4, "No parcels waiting.", Role.Dim));
        parts.Add(new Rule(6 + upper, model.Width));
        Frame.AddLog(parts, model, 7 + upper, rows - upper);
    }

    private void AddHits(ImmutableArray<Part>.Builder parts, Model model)
    {
        var rows = Hits.Select(h => h.Parcel is { } p
            ? new Row(Role.Normal, "PARCEL", $"{p.Number}  {p.Recipient}{(p.From is null ? "" : ", from " + p.From)}", Words.When(p.At, model.Now), "shelf " + (p.Shelf ?? "-"))
            : new Row(Role.Normal, "PERSON", $"{h.Person!.Name}  ·  {h.Person.Department}", Since(model, h.Person), InOut(model, h.Person))).ToImmutableArray();
        parts.Add(new Table("hits", 3, 5, model.Width - 4, model.Height - 8, [new("TYPE", 7), new("WHAT", 0), new("SINCE", 12), new("STATE", 9)], rows, Cursor, true));
        if (rows.IsEmpty)
            parts.Add(new Label("hits-empty", 3, 6, model.Width - 2, "Nothing found.", Role.Dim));
    }

    private static Row ToRow(WaitingDelivery w, Model model)
    {
        var age = model.Now - w.At;
        var urgent = w.Perishable ? age > TimeSpan.FromMinutes(30) : age > TimeSpan.FromHours(24);
        var what = Words.What(w) + (w.From is null ? "" : ", " + w.From);
        var flags = w.Perishable ? "PERISH" : w.SignatureRequired ? "SIGN" : "";
        return new Row(urgent ? Role.Warn : Role.Normal, urgent ? "!" : "-", w.Number, w.Recipient, what, w.Shelf ?? "", Words.Age(age), flags);
    }

    private static bool Matches(WaitingDelivery w, string text)
    {
        if (text.Length < 2)
            return false;
        if (w.Number.Contains(text, StringComparison.OrdinalIgnoreCase) || (w.Tracking?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false))
            return true;

        var folded = Folding.Fold(text);
        return Folding.Fold(w.Recipient).Contains(folded, StringComparison.Ordinal) || (w.From is not null && Folding.Fold(w.From).Contains(folded, StringComparison.Ordinal));
    }

    private static string Today(Model model)
    {
        var perishable = model.Desk.Waiting.Count(w => w.Perishable);
        var here = model.Desk.NewestFirst().TakeWhile(e => e.At.ToOffset(model.Now.Offset).Date == model.Now.Date).Count(e => e.Data is DeliveryLogged && !model.Desk.Reversed.Contains(e.Id));
        return Words.Format($"TODAY   Parcels {model.Desk.Waiting.Length} waiting, {perishable} perishable, {here} taken in here   │   Crew {model.Desk.InCount} in");
    }

    private static string Ready(Model model) =>
        model.JournalNote is not null ? "The journal was damaged: see F9."
        : model.Sync.Held.Length > 0 ? Words.Format($"{Words.Count(model.Sync.Held.Length, "record is", "records are")} held by the server: see F9.")
        : !model.Station.IsPaired ? "Not paired with a server: everything is kept here. F9 pairs this desk."
        : "Ready. Scan a label or a badge, or type a name or a number.";

    private static string Since(Model model, Entry person) =>
        model.Desk.PresenceOf(person.PersonId!) is { In: true, Since: { } since } ? Words.When(since, model.Now) : "";

    private static string InOut(Model model, Entry person) => model.Desk.PresenceOf(person.PersonId!).In ? "IN" : "out";

    private sealed record Hit(Entry? Person, WaitingDelivery? Parcel);
}
