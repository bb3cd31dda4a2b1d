using System.Collections.Immutable;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>Hands parcels over. All of the person and of their department are ticked; initials close it.</summary>
internal sealed record HandOverScreen : Screen
{
    internal Form Form { get; init; } = new(
        new PickBox("who", departments: false),
        new TickBox("items", [], [], 0),
        new TextBox("initials", new TextInput(Max: 4)),
        new TextBox("signature", new TextInput(Max: 60)),
        new TextBox("behalf", new TextInput(Max: 60)));

    // Ticked by a scan before it was known who collects.
    private string? Wanted { get; init; }

    public override Scope Scope => Scope.HandOver;

    public override string Name => "hand-over";

    public override bool IsDirty => !Who.Input.IsEmpty || Form.Text("initials").Length > 0;

    internal PickBox Who => Form.Get<PickBox>("who");

    internal TickBox Items => Form.Get<TickBox>("items");

    internal static ImmutableArray<WaitingDelivery> Rows(Model model, TickBox items) =>
        [.. items.Keys.Select(k => model.Desk.WaitingByCode(k)).OfType<WaitingDelivery>()];

    internal IEnumerable<WaitingDelivery> Ticked(Model model) => Rows(model, Items).Where(w => Items.On.Contains(w.Number));

    internal bool NeedsSignature(Model model) => Ticked(model).Any(w => w.SignatureRequired);

    /// <summary>Opened by the label of a parcel: its recipient collects, if a person.</summary>
    public static HandOverScreen For(Model model, WaitingDelivery parcel)
    {
        var screen = new HandOverScreen { Wanted = parcel.Number };
        return model.Desk.Roster.Person(parcel.PersonId) is { } person ? screen.Collect(model, person) : screen.List(model, null, parcel.DepartmentId);
    }

    public static HandOverScreen For(Model model, Entry person) => new HandOverScreen().Collect(model, person);

    public override Screen Type(Model model, string text)
    {
        var typed = Form.Type(Form.HasFocus("initials") ? text.ToUpperInvariant() : text, model.Desk.Roster);
        return this with { Form = typed };
    }

    public override Screen Edit(Model model, Key key) => Form.Edit(key, model.Desk.Roster) is { } edited ? this with { Form = edited } : this;

    public override Screen Refresh(Model model) => this with
    {
        Form = Form.Set(Who.Refresh(model.Desk.Roster)).Set(Items with { Keys = [.. Rows(model, Items).Select(w => w.Number)], Cursor = 0 }),
    };

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Accept => model.Show(Settle(model, Who.Settle(), 1)),
        Command.Next => model.Show(Settle(model, Who.KeepAsWritten(), 1)),
        Command.Previous => model.Show(Move(model, -1)),
        Command.Up => model.Show(Edit(model, Key.Up) is HandOverScreen up && up != this ? up : Move(model, -1)),
        Command.Down => model.Show(Edit(model, Key.Down) is HandOverScreen down && down != this ? down : Move(model, 1)),
        Command.Store => Store(model),
        _ => model,
    };

    public override Step Scan(Model model, string code)
    {
        if (ScanRouter.Badge(code) is { } id)
            return model.Desk.Roster.Person(id) is { } person ? model.Show(Collect(model, person)) : model.Say($"Badge {id} is not known here.", Role.Warn);
        if (ScanRouter.Parcel(model, code) is not { } parcel)
            return model.Say("This parcel is not waiting here. F4 takes it in.", Role.Warn);
        if (!Who.IsSettled && Items.Keys.IsEmpty)
            return model.Show(For(model, parcel));

        var items = Items.Keys.Contains(parcel.Number) ? Items : Items with { Keys = Items.Keys.Insert(0, parcel.Number) };
        return model.Show(this with { Form = Form.Set(items with { On = items.On.Add(parcel.Number) }) });
    }

    public override Model AfterSave(Model model, DeskEvent e) => e.Data is DeliveryHandedOver ? model.Show(new IdleScreen()) : model;

    public override Scene Draw(Model model) => HandOverView.Draw(this, model);

    private HandOverScreen Settle(Model model, PickBox settled, int by)
    {
        if (!Form.HasFocus("who") || settled == Who)
            return Move(model, by);

        return settled.Picked is { } person ? Collect(model, person) : (this with { Form = Form.Set(settled) }).List(model, null, null);
    }

    private HandOverScreen Collect(Model model, Entry person) => (this with { Form = Form.Set(Who.Pick(person)) }).List(model, person, person.DepartmentId);

    // The person's own first, then the department's, then those of colleagues, which are not ticked.
    private HandOverScreen List(Model model, Entry? person, string? departmentId)
    {
        var own = model.Desk.Waiting.Where(w => person is not null && w.PersonId == person.PersonId);
        var department = model.Desk.Waiting.Where(w => departmentId is not null && w.PersonId is null && w.DepartmentId == departmentId);
        var others = model.Desk.Waiting.Where(w => departmentId is null || (w.DepartmentId == departmentId && w.PersonId is not null));
        var ticked = own.Concat(department).Select(w => w.Number).ToImmutableHashSet();
        if (Wanted is not null)
            ticked = ticked.Add(Wanted);
        var keys = own.Concat(department).Concat(others).Select(w => w.Number).Distinct();
        keys = Wanted is null ? keys : keys.Prepend(Wanted).Distinct();
        var form = Form.Set(new TickBox("items", [.. keys], ticked, 0));
        return this with { Form = form.FocusOn(Who.IsSettled ? "initials" : "who") };
    }

    private HandOverScreen Move(Model model, int by)
    {
        var form = Form.Move(by);
        return this with { Form = form.HasFocus("signature") && !NeedsSignature(model) ? form.Move(by) : form };
    }

    private Step Store(Model model)
    {
        var ready = !Who.IsSettled && Who.Hits.IsEmpty ? this with { Form = Form.Set(Who.KeepAsWritten()) } : this;
        if (ready.Problem(model) is var (field, problem))
            return model.Show(ready with { Form = ready.Form.FocusOn(field) }).Say(problem, Role.Error);

        var form = ready.Form;
        var record = new DeliveryHandedOver(
            [.. ready.Ticked(model).Select(w => w.Number)], ready.Who.Picked?.PersonId, ready.Who.Text, form.Text("initials"),
            ready.NeedsSignature(model) ? form.Text("signature") : null, form.Text("behalf") is { Length: > 0 } behalf ? behalf : null);
        return ((Step)model.Show(ready)).And(new Save(KioskEventTypes.DeliveryHandedOver, record));
    }

    private (string Field, string Text)? Problem(Model model)
    {
        if (Who.Input.IsEmpty)
            return ("who", "Who is collecting? Type a name.");
        if (!Who.IsSettled)
            return ("who", "Enter takes the highlighted name; Tab keeps it as written.");
        if (!Ticked(model).Any())
            return ("items", Items.Keys.IsEmpty ? "Nothing is waiting for them." : "Nothing is ticked. Space ticks a parcel.");
        if (Form.Text("initials").Length == 0)
            return ("initials", "Initials of the collector are needed.");
        if (NeedsSignature(model) && Folding.Fold(Form.Text("signature")) != Folding.Fold(Who.Text))
            return ("signature", $"A signature is needed: the full name as typed above, “{Who.Text}”.");
        return null;
    }
}
