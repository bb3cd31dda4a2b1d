namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>Pairs the desk with a server by the code the board shows.</summary>
internal sealed record PairScreen : Screen
{
    private Form Form { get; init; } = new(
        new TextBox("server", new TextInput(Max: 200)),
        new TextBox("code", new TextInput(Max: 12), DigitsOnly: true),
        new TextBox("name", new TextInput(Max: 24)));

    private bool IsAsking { get; init; }

    public override Scope Scope => Scope.Pair;

    public static PairScreen For(Station station)
    {
        var screen = new PairScreen();
        var form = screen.Form.SetText("server", station.Server ?? "http://").SetText("name", station.Name);
        return screen with { Form = station.Server is null ? form : form.FocusOn("code") };
    }

    public override Screen Type(Model model, string text) => IsAsking ? this : this with { Form = Form.Type(text, model.Desk.Roster) };

    public override Screen Edit(Model model, Key key) => !IsAsking && Form.Edit(key, model.Desk.Roster) is { } edited ? this with { Form = edited } : this;

    public override Step Do(Model model, Command command) => command switch
    {
        _ when IsAsking => model,
        Command.Accept when Form.HasFocus("name") => Ask(model),
        Command.Accept or Command.Next or Command.Down => model.Show(this with { Form = Form.Move(1) }),
        Command.Previous or Command.Up => model.Show(this with { Form = Form.Move(-1) }),
        Command.Store => Ask(model),
        _ => model,
    };

    // The pairing code may come from a scanner, too: it is typed.
    public override Step Scan(Model model, string code) => IsAsking ? model : Type(model, code).Do(model, Command.Accept);

    /// <summary>The answer has come.</summary>
    public Model Ended(Model model, string? problem) => problem is null
        ? model.Show(new IdleScreen())
        : model.Show(this with { IsAsking = false, Form = Form.FocusOn("code") });

    public override Scene Draw(Model model)
    {
        var parts = Frame.Begin(model, "Pair this desk");
        parts.Add(new Label("how-1", 3, 3, model.Width - 4, "On the board, open Settings, Kiosks, and choose “Pair a kiosk”."));
        parts.Add(new Label("how-2", 3, 4, model.Width - 4, "It shows a code of six digits that is good for ten minutes."));
        Field("server", "Server address", 6, 50);
        Field("code", "Code", 8, 12);
        Field("name", "Name of the desk", 10, 24);
        if (IsAsking)
            parts.Add(new Label("asking", 3, 13, model.Width - 4, "Asking the server…", Role.Warn));
        var kept = model.Desk.Events.Count;
        if (!model.Station.IsPaired && kept > 0)
            parts.Add(new Label("kept", 3, 15, model.Width - 4, $"{Words.Count(kept, "record", "records")} made before pairing will be sent then.", Role.Dim));
        return Frame.End(model, parts, "Nothing needs a server: without one everything is kept on this desk.");

        void Field(string id, string label, int y, int cells)
        {
            parts.Add(new Label(id + "-label", 3, y, 18, label, DeliveryView.LabelRole(Form, id)));
            parts.Add(new TextField(id, 22, y, cells, Form.Get<TextBox>(id).Input, !IsAsking && Form.HasFocus(id)));
        }
    }

    private Step Ask(Model model)
    {
        if (!Uri.TryCreate(Form.Text("server"), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return Wrong("server", "The address looks like http://office.local:5000");
        if (Form.Text("code").Length < 6)
            return Wrong("code", "The code has six digits.");
        if (Form.Text("name").Length == 0)
            return Wrong("name", "What is this desk called?");

        var asking = model.Show(this with { IsAsking = true });
        return ((Step)(asking with { Notice = null })).And(new Pair(Form.Text("server").TrimEnd('/'), Form.Text("code"), Form.Text("name")));

        Step Wrong(string field, string text) => model.Show(this with { Form = Form.FocusOn(field) }).Say(text, Role.Error);
    }
}
