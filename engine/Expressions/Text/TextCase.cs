using System.Globalization;
using System.Text;

namespace ProductionOffice.Expressions.Text;

/// <summary>Upper and lower case of whole texts by Unicode, without a language: <c>ß</c> gives <c>SS</c>, a final sigma <c>ς</c>.</summary>
internal static partial class TextCase
{
    public static string Upper(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToUpperInvariant();
        var made = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length;)
        {
            var length = PairAt(text, i) ? 2 : 1;
            var code = length == 2 ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
            if (UpperExceptions.TryGetValue(code, out var special))
                made.Append(special);
            else if (length == 2)
                made.Append(Rune.ToUpperInvariant(new Rune(code)).ToString());
            else
                made.Append(char.ToUpperInvariant(text[i]));
            i += length;
        }

        return made.ToString();
    }

    public static string Lower(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var made = new StringBuilder(text.Length + 1);
        for (var i = 0; i < text.Length;)
        {
            var length = PairAt(text, i) ? 2 : 1;
            var code = length == 2 ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
            if (code == 'Σ')
                made.Append(IsFinalSigma(text, i) ? 'ς' : 'σ');
            else if (LowerExceptions.TryGetValue(code, out var special))
                made.Append(special);
            else if (length == 2)
                made.Append(Rune.ToLowerInvariant(new Rune(code)).ToString());
            else
                made.Append(char.ToLowerInvariant(text[i]));
            i += length;
        }

        return made.ToString();
    }

    private static bool PairAt(string text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);

    // Final_Sigma of Unicode: a cased letter before, none after, signs that do not count skipped.
    private static bool IsFinalSigma(string text, int at)
    {
        var before = false;
        for (var i = at - 1; i >= 0; i--)
        {
            if (i > 0 && char.IsSurrogatePair(text[i - 1], text[i]))
                i--;
            var rune = RuneAt(text, i);
            if (IsIgnorable(rune))
                continue;
            before = IsCased(rune);
            break;
        }

        if (!before)
            return false;
        for (var i = at + 1; i < text.Length; i++)
        {
            var rune = RuneAt(text, i);
            i += rune.Utf16SequenceLength - 1;
            if (!IsIgnorable(rune))
                return !IsCased(rune);
        }

        return true;
    }

    private static Rune RuneAt(string text, int i) => Rune.TryGetRuneAt(text, i, out var rune) ? rune : Rune.ReplacementChar;

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or >= 0x2B0 and <= 0x2B8 or 0x2C0 or 0x2C1 or >= 0x2E0 and <= 0x2E4 or 0x345 or 0x37A
            or >= 0x1D2C and <= 0x1D6A or 0x1D78 or >= 0x1D9B and <= 0x1DBF or 0x2071 or 0x207F or >= 0x2090 and <= 0x209C
            or >= 0x2160 and <= 0x217F or >= 0x24B6 and <= 0x24E9 or 0x2C7C or 0x2C7D or 0xA69C or 0xA69D or 0xA770
            or 0xA7F8 or 0xA7F9 or >= 0xAB5C and <= 0xAB5F or >= 0x1F130 and <= 0x1F149 or >= 0x1F150 and <= 0x1F169 or >= 0x1F170 and <= 0x1F189;

    private static bool IsIgnorable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027 or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;
}
