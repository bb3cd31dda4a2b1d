using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>What a role looks like, and which characters the terminal can show.</summary>
internal sealed class Theme
{
    private readonly string[] _styles;

    private Theme(bool ascii, params string[] styles)
    {
        IsAscii = ascii;
        _styles = styles;
    }

    /// <summary>Whether lines and marks are drawn with plain characters.</summary>
    public bool IsAscii { get; }

    // In the order of Role: Normal, Dim, Title, Focus, Error, Warn, Ok, Selected, Field, Key, Alarm.
    public static Theme Rich(bool ascii = false) => new(ascii, "0", "0;38;5;245", "0;1;38;5;117", "0;1;38;5;231;48;5;24", "0;1;38;5;231;48;5;124", "0;38;5;221", "0;38;5;114", "0;1;38;5;231;48;5;31", "0;38;5;253", "0;1;38;5;117", "0;1;38;5;231;48;5;124");

    public static Theme Sixteen(bool ascii = false) => new(ascii, "0", "0;90", "0;1;36", "0;1;37;44", "0;1;37;41", "0;33", "0;32", "0;1;37;46", "0", "0;1;36", "0;1;37;41");

    public static Theme Mono(bool ascii = false) => new(ascii, "0", "0;2", "0;1", "0;7", "0;1;7", "0;1", "0", "0;7", "0", "0;1", "0;1;7");

    /// <summary>By what the environment says of the terminal.</summary>
    public static Theme For(Func<string, string?> environment)
    {
        var locale = environment("LC_ALL") is { Length: > 0 } all ? all : environment("LC_CTYPE") is { Length: > 0 } type ? type : environment("LANG") ?? "";
        var ascii = locale is "C" or "POSIX" || (locale.Length > 0 && !locale.Contains("UTF", StringComparison.OrdinalIgnoreCase));
        if (environment("NO_COLOR") is { Length: > 0 })
            return Mono(ascii);

        var term = environment("TERM") ?? "";
        if (term.StartsWith("vt", StringComparison.Ordinal))
            return Mono(ascii);
        return term.Contains("256color", StringComparison.Ordinal) || environment("COLORTERM") is { Length: > 0 } ? Rich(ascii) : Sixteen(ascii);
    }

    /// <summary>Parameters of the sequence that sets the style.</summary>
    public string Style(Role role) => _styles[(int)role];

    /// <summary>The character a plain terminal shows instead.</summary>
    public static string Plain(string text) => text switch
    {
        "─" => "-",
        "│" => "|",
        "┌" or "┐" or "└" or "┘" => "+",
        "▸" or "→" => ">",
        "▾" => "v",
        "●" or "•" => "*",
        "○" => "o",
        "·" => "-",
        "…" => ".",
        "“" or "”" => "\"",
        _ => text.Length > 0 && text[0] >= '\u0080' ? "?" : text,
    };
}
