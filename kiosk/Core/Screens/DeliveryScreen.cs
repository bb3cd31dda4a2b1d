using System.Globalization;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>Takes a delivery in. A scan fills number and courier and goes on to the recipient; the rest has defaults.</summary>
internal sealed record DeliveryScreen : Screen
{
    private static readonly string[] ErrorOrder = ["for", "pieces"];

    internal Form Form { get; init; } = new(
        new TextBox("tracking", new TextInput(Max: 40)),
        new TextBox("courier", new TextInput(Max: 20)),
        new TextBox("from", new TextInput(Max: 200)),
        new PickBox("for", departments: true),
        new TextBox("pieces", new TextInput("1", 1, 3), DigitsOnly: true),
        new ChoiceBox("kind", ["Parcel", "Envelope", "Media", "Gear", "Food"], 0),
        new ChoiceBox("condition", ["Good", "Damaged", "Open", "Wet"], 0),
        new ChecksBox("flags", [("Perishable", false), ("Signature needed", false)], 0),
        new TextBox("shelf", new TextInput(Max: 12)),
        new TextBox("note", new TextInput(Max: 1000)));

    /// <summary>Whether pattern and check digit named the courier.</summary>
    internal bool IsRecognised { get; init; }

    // The sender was kept from the last one: alone it is nothing to lose.
    private string KeptSender { get; init; } = "";

    // The shelf came from the department, not from a person.
    private string DefaultShelf { get; init; } = "";

    private bool ThenNext { get; init; }

    public override Scope Scope => Scope.Delivery;

    public override string Name => "delivery";

    public override bool IsDirty => Form.Text("tracking").Length > 0 || !Form.Get<PickBox>("for").Input.IsEmpty || Form.Text("note").Length > 0 || Form.Text("from") != KeptSender;

    internal PickBox For => Form.Get<PickBox>("for");

    public static DeliveryScreen Scanned(string code) => new DeliveryScreen().Fill(code);

    public override Screen Type(Model model, string text)
    {
        // A first character replaces the piece count.
        var form = Form.HasFocus("pieces") && Form.Text("pieces") == "1" && text is [>= '2' and <= '9'] ? Form.SetText("pieces", "") : Form;
        return this with { Form = form.Type(text, model.Desk.Roster) };
    }

    public override Screen Edit(Model model, Key key) =>
        Form.Edit(key, model.Desk.Roster) is { } edited ? this with { Form = edited } : this;

    public override Screen Refresh(Model model) => this with { Form = Form.Set(For.Refresh(model.Desk.Roster)) };

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Accept => model.Show(Settle(keepAsWritten: false).Leave(1)),
        Command.Next => model.Show(Settle(keepAsWritten: true).Leave(1)),
        Command.Previous => model.Show(Leave(-1)),
        Command.Up => model.Show(Edit(model, Key.Up) is DeliveryScreen up && up != this ? up : Leave(-1)),
        Command.Down => model.Show(Edit(model, Key.Down) is DeliveryScreen down && down != this ? down : Leave(1)),
        Command.Store => Store(model, next: false),
        Command.StoreAndNext => Store(model, next: true),
        _ => model,
    };

    public override Step Scan(Model model, string code)
    {
        if (ScanRouter.Badge(code) is { } personId)
            return ScanRouter.Toggle(model, personId, stay: true);
        if (ScanRouter.Shelf(code) is { } shelf)
            return model.Show(this with { Form = Form.SetText("shelf", shelf) });
        if (code.StartsWith("PO1:", StringComparison.OrdinalIgnoreCase))
            return IsDirty ? model.Say("Save this delivery first, then scan again.", Role.Warn) : ScanRouter.Route(model, code);

        var read = Couriers.Recognise(code);
        if (Form.Text("tracking").Length > 0)
            return Form.Text("tracking") == read.Number
                ? model.Say("This label is already scanned.", Role.Warn)
                : model.Say("Save this one first (F10, or ^D for the same sender), then scan the next.", Role.Warn);

        var shown = model.Show(Fill(code));
        return model.Desk.WaitingByCode(read.Number) is { } earlier
            ? shown.Say($"Already here as {earlier.Number} since {Words.When(earlier.At, model.Now)}, for {earlier.Recipient}.", Role.Warn)
            : shown;
    }

    public override Model AfterSave(Model model, DeskEvent e)
    {
        if (e.Data is not DeliveryLogged logged)
            return model;
        if (!ThenNext)
            return model.Show(new IdleScreen());

        var sender = logged.From ?? "";
        var next = new DeliveryScreen { KeptSender = sender };
        return model.Show(next with { Form = next.Form.SetText("from", sender) });
    }

    public override Scene Draw(Model model) => DeliveryView.Draw(this, model);

    private DeliveryScreen Fill(string code)
    {
        var read = Couriers.Recognise(code);
        var form = Form.SetText("tracking", read.Number).SetText("courier", read.Courier ?? Form.Text("courier"));
        return this with { Form = For.IsSettled ? form : form.FocusOn("for"), IsRecognised = read.Courier is not null };
    }

    // What a field does when the focus goes away from it.
    private DeliveryScreen Leave(int by)
    {
        var screen = this;
        if (Form.HasFocus("tracking") && Form.Text("tracking").Length > 0)
        {
            var read = Couriers.Recognise(Form.Text("tracking"));
            var courier = read.Courier ?? (IsRecognised ? "" : Form.Text("courier"));
            screen = this with { Form = Form.SetText("tracking", read.Number).SetText("courier", courier), IsRecognised = read.Courier is not null };

            // A courier that is known needs no look.
            by = by > 0 && screen.IsRecognised ? by + 1 : by;
        }

        if (Form.HasFocus("courier"))
            screen = screen with { IsRecognised = IsRecognised && Couriers.Recognise(Form.Text("tracking")).Courier == Form.Text("courier") };
        return screen with { Form = screen.Form.Move(by) };
    }

    private DeliveryScreen Settle(bool keepAsWritten)
    {
        if (!Form.HasFocus("for"))
            return this;

        var settled = keepAsWritten ? For.KeepAsWritten() : For.Settle();
        var form = Form.Set(settled);
        var shelf = settled.Picked?.Shelf ?? "";
        return Form.Text("shelf") == DefaultShelf
            ? this with { Form = form.SetText("shelf", shelf), DefaultShelf = shelf }
            : this with { Form = form };
    }

    private Step Store(Model model, bool next)
    {
        var ready = this;
        if (!For.IsSettled && For.Hits.IsEmpty)
            ready = this with { Form = Form.Set(For.KeepAsWritten()) };
        if (Form.HasFocus("tracking"))
            ready = ready.Leave(0);

        foreach (var field in ErrorOrder)
        {
            if (ready.Problem(field) is { } problem)
                return model.Show(ready with { Form = ready.Form.FocusOn(field) }).Say(problem, Role.Error);
        }

        return ((Step)model.Show(ready with { ThenNext = next })).And(new Save(KioskEventTypes.DeliveryLogged, ready.Record(model)));
    }

    private string? Problem(string field) => field switch
    {
        "for" when For.Input.IsEmpty => "Who is it for? Type a name or a department.",
        "for" when !For.IsSettled => "Enter takes the highlighted name; Tab keeps it as written.",
        "pieces" when Pieces < 1 => "How many pieces? A number from 1 to 999.",
        _ => null,
    };

    private int Pieces => int.TryParse(Form.Text("pieces"), CultureInfo.InvariantCulture, out var pieces) ? pieces : 0;

    private DeliveryLogged Record(Model model)
    {
        var flags = Form.Get<ChecksBox>("flags").Options;
        return new DeliveryLogged(
            model.NextDelivery, OrNull("tracking"), OrNull("courier"), OrNull("from"), For.Picked?.PersonId, For.Picked?.DepartmentId, For.Text,
            Pieces, Form.Get<ChoiceBox>("kind").Value, Form.Get<ChoiceBox>("condition").Value, flags[0].On, flags[1].On, OrNull("shelf"), OrNull("note"));
    }

    private string? OrNull(string field) => Form.Text(field) is { Length: > 0 } text ? text : null;
}
