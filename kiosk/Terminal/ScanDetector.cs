using System.Text;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>
/// Tells a scanner from fingers by its speed. Characters are passed on at once, so that nobody waits;
/// when they turn out to be a scan, <see cref="Scanned"/> takes them back.
/// </summary>
internal sealed class ScanDetector
{
    private const int CharacterGap = 30;
    private const int EndGap = 100;
    private const int MinLength = 6;
    private const int MaxLength = 512;
    private readonly StringBuilder _stretch = new();
    private long _last = long.MinValue / 2;

    /// <summary>Takes one event.</summary>
    /// <param name="at">Milliseconds of a clock that never jumps.</param>
    public InputMsg Take(VtEvent e, long at)
    {
        var gap = at - _last;
        _last = at;
        if (e.Text is { } text)
            return Text(text, gap);

        var stretch = _stretch.ToString();
        _stretch.Clear();
        if (e.Paste is { } paste)
            return new Pasted(paste);
        return e.Key is Key.Enter or Key.Tab && gap <= EndGap && Code(stretch) is { } code ? new Scanned(code, true) : new KeyPressed(e.Key);
    }

    /// <summary>The code in a stretch of quick characters; null when it is none.</summary>
    internal static string? Code(string stretch)
    {
        var hasPrefix = stretch.Length > 3 && stretch[0] == ']' && char.IsAsciiLetter(stretch[1]) && char.IsAsciiLetterOrDigit(stretch[2]);
        var code = hasPrefix ? stretch[3..] : stretch;
        if (code.Contains(' ', StringComparison.Ordinal) || !code.Any(char.IsAsciiDigit))
            return null;
        if (hasPrefix || code.StartsWith("PO1:", StringComparison.OrdinalIgnoreCase))
            return code;

        // Carriers print capitals: small letters at this speed are a quick hand, or a program that types.
        return code.Length >= MinLength && !code.Any(char.IsLower) ? code : null;
    }

    private TextTyped Text(string text, long gap)
    {
        var fresh = gap > CharacterGap || _stretch.Length == 0;
        if (fresh || _stretch.Length > MaxLength)
            _stretch.Clear();
        _stretch.Append(text);
        return new TextTyped(text, fresh);
    }
}
