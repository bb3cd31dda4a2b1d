using System.Globalization;
using System.Text;

namespace ProductionOffice.Kiosk.Core;

/// <summary>How many cells a text takes, grapheme by grapheme.</summary>
internal static class Graphemes
{
    // First and last code point of each stretch that takes two cells.
    private static readonly int[] Wide =
    [
        0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615,
        0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5,
        0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD,
        0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757,
        0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
        0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
        0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A,
        0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3,
        0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D,
        0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F,
        0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC,
        0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF,
        0x20000, 0x3FFFD,
    ];

    /// <summary>Length in UTF-16 units of the grapheme that begins the text; 0 at its end.</summary>
    public static int NextLength(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] is >= ' ' and < '\u007f' && text[1] < '\u0300' ? 1 : StringInfo.GetNextTextElementLength(text);

    /// <summary>Cells of one grapheme: 0 (control or stray mark: not drawn), 1 or 2.</summary>
    public static int CellsOf(ReadOnlySpan<char> grapheme)
    {
        if (grapheme.IsEmpty)
            return 0;
        if (grapheme[0] is >= ' ' and < '\u007f')
            return 1;
        if (Rune.DecodeFromUtf16(grapheme, out var rune, out var used) != System.Buffers.OperationStatus.Done)
            return 0;
        if (rune.Value is >= 0x1F1E6 and <= 0x1F1FF)
            return grapheme.Length > used ? 2 : 1;

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => 0,
            _ => IsWide(rune.Value) ? 2 : 1,
        };
    }

    /// <summary>Cells of a text.</summary>
    public static int CellsOfText(ReadOnlySpan<char> text)
    {
        var cells = 0;
        while (!text.IsEmpty)
        {
            var length = NextLength(text);
            cells += CellsOf(text[..length]);
            text = text[length..];
        }

        return cells;
    }

    /// <summary>The text, cut with an ellipsis where it is longer than <paramref name="cells"/>.</summary>
    public static string Clip(string text, int cells)
    {
        if (text.Length <= cells / 2 || CellsOfText(text) <= cells)
            return text;
        if (cells <= 0)
            return "";

        var used = 0;
        var end = 0;
        while (end < text.Length)
        {
            var length = NextLength(text.AsSpan(end));
            var width = CellsOf(text.AsSpan(end, length));
            if (used + width > cells - 1)
                break;
            used += width;
            end += length;
        }

        return text[..end].TrimEnd() + "…";
    }

    /// <summary>The text clipped and filled with blanks to exactly <paramref name="cells"/>.</summary>
    public static string Fit(string text, int cells)
    {
        var clipped = Clip(text, cells);
        return clipped + new string(' ', Math.Max(0, cells - CellsOfText(clipped)));
    }

    private static bool IsWide(int value)
    {
        if (value < Wide[0])
            return false;

        var place = Array.BinarySearch(Wide, value);
        return place >= 0 || (~place & 1) == 1;
    }
}
