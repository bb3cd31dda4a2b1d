namespace ProductionOffice.Templates.Pictures;

/// <summary>EAN-13 (ISO/IEC 15420) and Code 39 (ISO/IEC 16388) as bars.</summary>
internal static class Barcodes
{
    /// <summary>Left-hand digits of EAN, odd parity, as bits; the others follow from them.</summary>
    private static readonly int[] Odd = [0b0001101, 0b0011001, 0b0010011, 0b0111101, 0b0100011, 0b0110001, 0b0101111, 0b0111011, 0b0110111, 0b0001011];

    /// <summary>Which of the six left-hand digits have even parity, by the first digit.</summary>
    private static readonly int[] Even = [0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010];

    private const string Signs39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. *";

    /// <summary>Wide bars and spaces of each sign, nine bits from the left.</summary>
    private static readonly int[] Wide39 =
    [
        0b000110100, 0b100100001, 0b001100001, 0b101100000, 0b000110001, 0b100110000, 0b001110000, 0b000100101, 0b100100100, 0b001100100,
        0b100001001, 0b001001001, 0b101001000, 0b000011001, 0b100011000, 0b001011000, 0b000001101, 0b100001100, 0b001001100, 0b000011100,
        0b100000011, 0b001000011, 0b101000010, 0b000010011, 0b100010010, 0b001010010, 0b000000111, 0b100000110, 0b001000110, 0b000010110,
        0b110000001, 0b011000001, 0b111000000, 0b010010001, 0b110010000, 0b011010000, 0b010000101, 0b110000100, 0b011000100, 0b010010100,
    ];

    /// <summary>The bars of 12 digits (the check digit is added) or 13 (it must be right); null when it is neither.</summary>
    public static bool[]? Ean13(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is not (12 or 13) || !digits.All(char.IsAsciiDigit))
            return null;
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
        var check = (10 - sum % 10) % 10;
        if (digits.Length == 13 && digits[12] - '0' != check)
            return null;
        var modules = new List<bool>();
        Bits(modules, 0b101, 3);
        for (var i = 1; i <= 6; i++)
        {
            var odd = Odd[digits[i] - '0'];
            Bits(modules, (Even[digits[0] - '0'] & (1 << (6 - i))) == 0 ? odd : Reversed(~odd & 0x7F), 7);
        }

        Bits(modules, 0b01010, 5);
        for (var i = 7; i <= 12; i++)
            Bits(modules, ~Odd[i == 12 ? check : digits[i] - '0'] & 0x7F, 7);
        Bits(modules, 0b101, 3);
        return [.. modules];
    }

    /// <summary>The bars of capital letters, digits and a few signs; null when the text holds others.</summary>
    public static bool[]? Code39(string text)
    {
        var signs = text.ToUpperInvariant().Select(c => c == '*' ? -1 : Signs39.IndexOf(c, StringComparison.Ordinal)).ToList();
        if (signs.Contains(-1))
            return null;
        var modules = new List<bool>();
        foreach (var sign in signs.Prepend(Signs39.Length - 1).Append(Signs39.Length - 1))
        {
            for (var i = 0; i < 9; i++)
                modules.AddRange(Enumerable.Repeat(i % 2 == 0, (Wide39[sign] & (1 << (8 - i))) != 0 ? 3 : 1));
            modules.Add(false);
        }

        return [.. modules[..^1]];
    }

    private static void Bits(List<bool> modules, int bits, int count)
    {
        for (var i = count - 1; i >= 0; i--)
            modules.Add((bits & (1 << i)) != 0);
    }

    private static int Reversed(int bits)
    {
        var reversed = 0;
        for (var i = 0; i < 7; i++)
            reversed |= (bits & (1 << i)) != 0 ? 1 << (6 - i) : 0;
        return reversed;
    }
}
