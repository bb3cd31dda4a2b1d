namespace ProductionOffice.Templates.Pictures;

/// <summary>Code 128 (ISO/IEC 15417): set C for runs of digits, set B for the rest.</summary>
internal static class Code128
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int ToB = 100;
    private const int ToC = 99;

    /// <summary>Widths of bars and spaces of the values 0 to 105, then the stop sign.</summary>
    private const string Widths =
        "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222" +
        "321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331" +
        "231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211" +
        "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141" +
        "1141313111414111312114122112142112322331112";

    /// <summary>The bars as modules, or null when the text cannot be written.</summary>
    public static bool[]? Modules(string text)
    {
        if (text.Any(c => c is < ' ' or > '~'))
            return null;
        var codes = Codes(text);
        var sum = codes[0];
        for (var i = 1; i < codes.Count; i++)
            sum += i * codes[i];
        codes.Add(sum % 103);
        codes.Add(106);
        var modules = new List<bool>();
        foreach (var code in codes)
        {
            var pattern = code == 106 ? Widths[^7..] : Widths.Substring(code * 6, 6);
            for (var i = 0; i < pattern.Length; i++)
                modules.AddRange(Enumerable.Repeat(i % 2 == 0, pattern[i] - '0'));
        }

        return [.. modules];
    }

    private static List<int> Codes(string text)
    {
        var inC = Digits(text, 0) >= 4;
        List<int> codes = [inC ? StartC : StartB];
        for (var i = 0; i < text.Length;)
        {
            var digits = Digits(text, i);
            if (inC && digits >= 2)
            {
                codes.Add((text[i] - '0') * 10 + text[i + 1] - '0');
                i += 2;
            }
            else if (inC)
            {
                codes.Add(ToB);
                inC = false;
            }
            else if (digits >= 4 && (digits % 2 == 0 || i + digits == text.Length))
            {
                if (digits % 2 == 1)
                    codes.Add(text[i++] - ' ');
                codes.Add(ToC);
                inC = true;
            }
            else
            {
                codes.Add(text[i++] - ' ');
            }
        }

        return codes;
    }

    private static int Digits(string text, int from)
    {
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - from;
    }
}
