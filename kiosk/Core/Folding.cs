using System.Globalization;
using System.Text;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Writes names the way they are searched: lower case, without accents. Done once at load, never per key.</summary>
internal static class Folding
{
    public static string Fold(string text)
    {
        if (IsPlain(text))
            return text.ToLowerInvariant();

        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;

            _ = char.ToLowerInvariant(c) switch
            {
                'ø' => folded.Append('o'),
                'ł' => folded.Append('l'),
                'đ' or 'ð' => folded.Append('d'),
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                'ı' => folded.Append('i'),
                '’' => folded.Append('\''),
                var other => folded.Append(other),
            };
        }

        return folded.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c >= '\u0080')
                return false;
        }

        return true;
    }
}
