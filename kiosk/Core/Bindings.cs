using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Where a key is meant; <see cref="Everywhere"/> holds where the screen does not say otherwise.</summary>
internal enum Scope
{
    Everywhere, Idle, Form, Delivery, HandOver, Crew, Menu, Pair, Help, Dialog, Fault,
}

/// <summary>What a key asks for.</summary>
internal enum Command
{
    Help, Crew, DeliveryIn, HandOver, Menu, Undo, Redraw, Leave, Later,
    Accept, Next, Previous, Up, Down, PageUp, PageDown, Tick, Store, StoreAndNext, Confirm, Refuse,
}

/// <summary>A key of a scope.</summary>
/// <param name="Label">Short name for the bottom line.</param>
/// <param name="Text">What it does, for the help.</param>
/// <param name="InFooter">Whether the bottom line shows it.</param>
internal sealed record Binding(Scope Scope, Key Key, Command Command, string Label, string Text, bool InFooter = false);

/// <summary>All keys of the kiosk: the bottom line, the help and what happens come from this one table.</summary>
internal static class Bindings
{
    public static ImmutableArray<Binding> All { get; } =
    [
        new(Scope.Everywhere, Key.F1, Command.Help, "Help", "keys of this screen"),
        new(Scope.Everywhere, Key.F3, Command.Crew, "Crew", "crew in and out"),
        new(Scope.Everywhere, Key.F4, Command.DeliveryIn, "In", "take a delivery in"),
        new(Scope.Everywhere, Key.F5, Command.HandOver, "Hand over", "hand parcels over"),
        new(Scope.Everywhere, Key.F9, Command.Menu, "Menu", "state of the desk, pairing, quit"),
        new(Scope.Everywhere, Key.CtrlZ, Command.Undo, "Undo", "take the last saved act back, within 60 s"),
        new(Scope.Everywhere, Key.CtrlL, Command.Redraw, "Redraw", "paint the screen again"),
        new(Scope.Everywhere, Key.Escape, Command.Leave, "Back", "back to the desk"),
        new(Scope.Everywhere, Key.F2, Command.Later, "Visitor", "visitors: comes with a later version"),
        new(Scope.Everywhere, Key.F6, Command.Later, "Keys", "keys and equipment: comes with a later version"),
        new(Scope.Everywhere, Key.F7, Command.Later, "Muster", "roll call: comes with a later version"),
        new(Scope.Everywhere, Key.F8, Command.Later, "Phone", "phone slips: comes with a later version"),

        new(Scope.Idle, Key.F1, Command.Help, "Help", "keys of this screen", true),
        new(Scope.Idle, Key.F3, Command.Crew, "Crew", "crew in and out", true),
        new(Scope.Idle, Key.F4, Command.DeliveryIn, "Delivery in", "take a delivery in", true),
        new(Scope.Idle, Key.F5, Command.HandOver, "Hand over", "hand parcels over", true),
        new(Scope.Idle, Key.F9, Command.Menu, "Menu", "state of the desk, pairing, quit", true),
        new(Scope.Idle, Key.CtrlZ, Command.Undo, "Undo", "take the last saved act back, within 60 s", true),
        new(Scope.Idle, Key.Enter, Command.Accept, "Open", "open the highlighted hit", true),
        new(Scope.Idle, Key.Up, Command.Up, "Up", "one hit up"),
        new(Scope.Idle, Key.Down, Command.Down, "Down", "one hit down"),
        new(Scope.Idle, Key.Escape, Command.Leave, "Clear", "clear the search"),

        new(Scope.Form, Key.Enter, Command.Accept, "Pick / next", "take the highlighted name, go on", true),
        new(Scope.Form, Key.Tab, Command.Next, "Next", "next field; keeps a new name as written"),
        new(Scope.Form, Key.BackTab, Command.Previous, "Previous", "previous field"),
        new(Scope.Form, Key.Up, Command.Up, "Up", "one row or field up"),
        new(Scope.Form, Key.Down, Command.Down, "Down", "one row or field down"),

        new(Scope.Delivery, Key.F10, Command.Store, "Save", "save the delivery", true),
        new(Scope.Delivery, Key.CtrlS, Command.Store, "Save", "save the delivery"),
        new(Scope.Delivery, Key.CtrlD, Command.StoreAndNext, "Save + next", "save, next from the same sender", true),
        new(Scope.Delivery, Key.Tab, Command.Next, "Next", "next field; keeps a new name as written", true),
        new(Scope.Delivery, Key.F1, Command.Help, "Help", "keys of this screen", true),
        new(Scope.Delivery, Key.Escape, Command.Leave, "Cancel", "leave without saving", true),

        new(Scope.HandOver, Key.F10, Command.Store, "Hand over", "hand the ticked parcels over", true),
        new(Scope.HandOver, Key.CtrlS, Command.Store, "Hand over", "hand the ticked parcels over"),
        new(Scope.HandOver, Key.Tab, Command.Next, "Next", "next field; keeps a new name as written", true),
        new(Scope.HandOver, Key.Space, Command.Tick, "Tick", "tick a parcel or leave it here", true),
        new(Scope.HandOver, Key.F1, Command.Help, "Help", "keys of this screen", true),
        new(Scope.HandOver, Key.Escape, Command.Leave, "Cancel", "leave without handing over", true),

        new(Scope.Crew, Key.Enter, Command.Accept, "Toggle in/out", "sign the highlighted person in or out", true),
        new(Scope.Crew, Key.Up, Command.Up, "Choose", "one row up"),
        new(Scope.Crew, Key.Down, Command.Down, "Choose", "one row down", true),
        new(Scope.Crew, Key.CtrlZ, Command.Undo, "Undo", "take the last saved act back, within 60 s", true),
        new(Scope.Crew, Key.F1, Command.Help, "Help", "keys of this screen", true),
        new(Scope.Crew, Key.Escape, Command.Leave, "Done", "back to the desk", true),

        new(Scope.Menu, Key.Up, Command.Up, "Choose", "one row up"),
        new(Scope.Menu, Key.Down, Command.Down, "Choose", "one row down", true),
        new(Scope.Menu, Key.Enter, Command.Accept, "Do it", "do what is highlighted", true),
        new(Scope.Menu, Key.PageUp, Command.PageUp, "Up", "scroll the records held"),
        new(Scope.Menu, Key.PageDown, Command.PageDown, "More", "scroll the records held"),
        new(Scope.Menu, Key.F1, Command.Help, "Help", "keys of this screen", true),
        new(Scope.Menu, Key.Escape, Command.Leave, "Back", "back to the desk", true),

        new(Scope.Pair, Key.F10, Command.Store, "Pair", "ask the server", true),
        new(Scope.Pair, Key.CtrlS, Command.Store, "Pair", "ask the server"),
        new(Scope.Pair, Key.Enter, Command.Accept, "Next", "next field; asks the server from the last one", true),
        new(Scope.Pair, Key.F1, Command.Help, "Help", "keys of this screen", true),
        new(Scope.Pair, Key.Escape, Command.Leave, "Back", "back to the menu", true),

        new(Scope.Help, Key.Up, Command.Up, "Up", "scroll up"),
        new(Scope.Help, Key.Down, Command.Down, "Scroll", "scroll down", true),
        new(Scope.Help, Key.Enter, Command.Accept, "Close", "close the help"),
        new(Scope.Help, Key.F1, Command.Accept, "Close", "close the help"),
        new(Scope.Help, Key.Escape, Command.Leave, "Close", "close the help", true),

        new(Scope.Dialog, Key.Enter, Command.Confirm, "Yes", "yes", true),
        new(Scope.Dialog, Key.Escape, Command.Refuse, "No", "no", true),

        new(Scope.Fault, Key.Enter, Command.Confirm, "Try again", "try again", true),
        new(Scope.Fault, Key.F9, Command.Refuse, "Quit", "leave the program", true),
    ];

    private static readonly Dictionary<(Scope, Key), Binding> Index = All.ToDictionary(b => (b.Scope, b.Key));

    /// <summary>What a key asks for in a scope: its own binding, then that of forms, then that of everywhere.</summary>
    public static Command? Find(Scope scope, Key key)
    {
        if (Index.TryGetValue((scope, key), out var own))
            return own.Command;
        if (IsForm(scope) && Index.TryGetValue((Scope.Form, key), out var form))
            return form.Command;
        return IsModal(scope) ? null : Index.GetValueOrDefault((Scope.Everywhere, key))?.Command;
    }

    /// <summary>The bottom line of a scope.</summary>
    public static ImmutableArray<(string Key, string Label)> Footer(Scope scope) =>
    [
        .. All.Where(b => b.InFooter && (b.Scope == scope || (b.Scope == Scope.Form && IsForm(scope) && !Index.ContainsKey((scope, b.Key)))))
            .OrderBy(b => b.Scope == scope)
            .Select(b => (KeyNames.Of(b.Key), b.Label)),
    ];

    /// <summary>All keys that work in a scope, nearest first.</summary>
    public static ImmutableArray<Binding> Help(Scope scope) =>
    [
        .. All.Where(b => b.Scope == scope)
            .Concat(All.Where(b => IsForm(scope) && b.Scope == Scope.Form && !Index.ContainsKey((scope, b.Key))))
            .Concat(All.Where(b => b.Scope == Scope.Everywhere && Find(scope, b.Key) == b.Command && !Index.ContainsKey((scope, b.Key)))),
    ];

    public static bool IsForm(Scope scope) => scope is Scope.Delivery or Scope.HandOver or Scope.Pair;

    private static bool IsModal(Scope scope) => scope is Scope.Help or Scope.Dialog or Scope.Fault;
}
