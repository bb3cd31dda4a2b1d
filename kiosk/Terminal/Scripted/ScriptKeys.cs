using System.Globalization;
using System.Text;

namespace ProductionOffice.Kiosk.Terminal.Scripted;

/// <summary>The bytes a terminal sends for a key named as in the help.</summary>
internal static class ScriptKeys
{
    private static readonly string[] Functions = ["\eOP", "\eOQ", "\eOR", "\eOS", "\e[15~", "\e[17~", "\e[18~", "\e[19~", "\e[20~", "\e[21~", "\e[23~", "\e[24~"];

    /// <exception cref="FormatException">No such key.</exception>
    public static byte[] Bytes(string name) => Encoding.ASCII.GetBytes(name.ToUpperInvariant() switch
    {
        "ENTER" => "\r",
        "TAB" => "\t",
        "SHIFT+TAB" or "BACKTAB" => "\e[Z",
        "ESC" or "ESCAPE" => "\e",
        "BACKSPACE" => "\u007f",
        "DEL" or "DELETE" => "\e[3~",
        "SPACE" => " ",
        "UP" => "\e[A",
        "DOWN" => "\e[B",
        "RIGHT" => "\e[C",
        "LEFT" => "\e[D",
        "HOME" => "\e[H",
        "END" => "\e[F",
        "PGUP" => "\e[5~",
        "PGDN" => "\e[6~",
        ['^', >= 'A' and <= 'Z' and var letter] => ((char)(letter - 'A' + 1)).ToString(),
        ['F', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12 => Functions[number - 1],
        _ => throw new FormatException($"There is no key '{name}'."),
    });
}
