namespace ProductionOffice.Kiosk.Core;

/// <summary>Keys that are not text. ^H ^I ^J ^M ^[ are Backspace, Tab, Enter, Escape and have no name of their own.</summary>
internal enum Key
{
    None,
    Enter, Tab, BackTab, Escape, Backspace, Delete, Insert,
    Up, Down, Left, Right, Home, End, PageUp, PageDown,
    F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12,
    CtrlA, CtrlB, CtrlC, CtrlD, CtrlE, CtrlF, CtrlG, CtrlK, CtrlL, CtrlN, CtrlO, CtrlP, CtrlQ, CtrlR, CtrlS,
    CtrlT, CtrlU, CtrlV, CtrlW, CtrlX, CtrlY, CtrlZ,
    Space,
}

/// <summary>Names of keys as people read them.</summary>
internal static class KeyNames
{
    public static string Of(Key key) => key switch
    {
        >= Key.CtrlA and <= Key.CtrlZ => "^" + key.ToString()[4..],
        Key.BackTab => "Shift+Tab",
        Key.Escape => "Esc",
        Key.PageUp => "PgUp",
        Key.PageDown => "PgDn",
        Key.Delete => "Del",
        _ => key.ToString(),
    };
}
