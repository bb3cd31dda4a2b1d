using System.Globalization;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>Which key a control sequence stands for. Modifiers are ignored.</summary>
internal static class VtKeys
{
    public static Key Of(string parameters, byte final)
    {
        if (final == '~')
            return Numbered(First(parameters));
        if (final == 'u')
            return First(parameters) switch { 27 => Key.Escape, 13 => Key.Enter, 9 => Key.Tab, 127 => Key.Backspace, _ => Key.None };
        if (final is (byte)'P' or (byte)'Q' or (byte)'R' or (byte)'S')
            return Key.F1 + (final - 'P');
        return Final(final);
    }

    public static Key Final(byte final) => final switch
    {
        (byte)'A' => Key.Up,
        (byte)'B' => Key.Down,
        (byte)'C' => Key.Right,
        (byte)'D' => Key.Left,
        (byte)'H' => Key.Home,
        (byte)'F' => Key.End,
        (byte)'Z' => Key.BackTab,
        _ => Key.None,
    };

    private static Key Numbered(int number) => number switch
    {
        1 or 7 => Key.Home,
        2 => Key.Insert,
        3 => Key.Delete,
        4 or 8 => Key.End,
        5 => Key.PageUp,
        6 => Key.PageDown,
        >= 11 and <= 15 => Key.F1 + (number - 11),
        >= 17 and <= 21 => Key.F6 + (number - 17),
        23 or 24 => Key.F11 + (number - 23),
        _ => Key.None,
    };

    private static int First(string parameters) =>
        int.TryParse(parameters.Split(';', ':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
