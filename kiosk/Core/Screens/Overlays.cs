using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>A question with yes and no.</summary>
internal abstract record Question(string Title, ImmutableArray<string> Lines, Role Role = Role.Warn) : Overlay
{
    private const int Cells = 52;

    public override Scope Scope => Scope.Dialog;

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Confirm => Yes(model with { Overlay = null }),
        Command.Refuse => model with { Overlay = null },
        _ => model,
    };

    public override Scene DrawOver(Model model, Scene below) => below with
    {
        Parts =
        [
            .. below.Parts.Where(p => p is not StatusBar and not Toast),
            new Dialog("question", (model.Width - Cells) / 2, (model.Height - Lines.Length - 4) / 2, Cells, Title, Lines, Role),
            new StatusBar(model.Height - 1, model.Width, Bindings.Footer(Scope.Dialog)),
        ],
    };

    protected abstract Step Yes(Model model);
}

/// <summary>Asks before a half-filled form is left.</summary>
/// <param name="Target">What is opened then.</param>
internal sealed record ConfirmLeave(Screen Target, string What) : Question("Leave this form?", [$"What you typed for this {What} is not saved.", "Enter leaves it, Esc goes on with it."])
{
    protected override Step Yes(Model model) => model.Show(Target) with { Notice = null };
}

/// <summary>Asks before the program ends.</summary>
internal sealed record ConfirmQuit() : Question("Quit the kiosk?", ["Records that wait are sent after the next start.", "Enter quits, Esc stays."])
{
    protected override Step Yes(Model model) => ((Step)model).And(new Quit(0));
}

/// <summary>The keys of a screen, made from the table of bindings.</summary>
internal sealed record HelpOverlay(Scope Of, int First = 0) : Overlay
{
    public override Scope Scope => Scope.Help;

    public override Step Do(Model model, Command command) => command switch
    {
        Command.Up => model with { Overlay = this with { First = Math.Max(0, First - 1) } },
        Command.Down => model with { Overlay = this with { First = Math.Min(Math.Max(0, Lines(Of).Length - (model.Height - 5)), First + 1) } },
        Command.Accept or Command.Leave => model with { Overlay = null },
        _ => model,
    };

    public override Scene DrawOver(Model model, Scene below)
    {
        var parts = Frame.Begin(model, "Help");
        parts.Add(new Scroller("help", 2, 2, model.Width - 4, model.Height - 4, Lines(Of), First));
        parts.Add(new StatusBar(model.Height - 1, model.Width, Bindings.Footer(Scope.Help)));
        return new Scene(model.Width, model.Height, parts.ToImmutable());
    }

    public static ImmutableArray<string> Lines(Scope scope) =>
    [
        "KEYS THAT WORK HERE",
        "",
        .. Bindings.Help(scope).Select(b => $"{KeyNames.Of(b.Key),-11}{b.Text}"),
        "",
        "In a field: Left Right Home End move, Del Backspace delete,",
        "^U clears the field, ^W deletes a word.",
        "A scanner works at any moment, whatever field is open.",
        "What was saved is on this disk: no server, no network needed.",
    ];
}
