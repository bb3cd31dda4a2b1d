using System.Globalization;
using System.Numerics;

namespace ProductionOffice.Expressions.Text;

/// <summary>Texts as numbers, by the rules of JavaScript.</summary>
internal static class NumberReader
{
    /// <summary>White space and line ends of ECMAScript.</summary>
    public static bool IsSpace(char c) => c switch
    {
        '\t' or '\n' or '\v' or '\f' or '\r' or ' ' or '\u00A0' or '\u1680' or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' or '\uFEFF' => true,
        _ => c is >= '\u2000' and <= '\u200A',
    };

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => TrimEnd(TrimStart(text));

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && IsSpace(text[i]))
            i++;
        return text[i..];
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
            end--;
        return text[..end];
    }

    /// <summary><c>Number(text)</c></summary>
    public static double Number(string text)
    {
        var rest = Trim(text);
        if (rest.IsEmpty)
            return 0;
        if (rest.Length > 2 && rest[0] == '0')
        {
            var radix = (rest[1] | 0x20) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
            if (radix > 0)
                return Digits(rest[2..], radix, out var used) is var value && used == rest.Length - 2 ? value : double.NaN;
        }

        return Decimal(rest, out var length) is var number && length == rest.Length ? number : double.NaN;
    }

    /// <summary><c>parseFloat(text)</c></summary>
    public static double ParseFloat(string text) =>
        Decimal(TrimStart(text), out var length) is var number && length > 0 ? number : double.NaN;

    /// <summary><c>parseInt(text, radix)</c></summary>
    public static double ParseInt(string text, int radix)
    {
        var rest = TrimStart(text);
        var negative = rest.Length > 0 && rest[0] == '-';
        if (rest.Length > 0 && rest[0] is '-' or '+')
            rest = rest[1..];
        if (radix is not 0 and (< 2 or > 36))
            return double.NaN;
        if (radix is 0 or 16 && rest.Length > 1 && rest[0] == '0' && (rest[1] | 0x20) == 'x')
        {
            rest = rest[2..];
            radix = 16;
        }

        var value = Digits(rest, radix == 0 ? 10 : radix, out var used);
        return used == 0 ? double.NaN : negative ? -value : value;
    }

    /// <summary>Digits of a radix up to the first other sign; rounding as V8.</summary>
    public static double Digits(ReadOnlySpan<char> text, int radix, out int used)
    {
        used = 0;
        while (used < text.Length && Digit(text[used], radix) >= 0)
            used++;
        var digits = text[..used];
        if (digits.IsEmpty)
            return double.NaN;
        if (radix == 10)
            return double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return BitOperations.IsPow2(radix) ? PowerOfTwo(digits, radix) : InParts(digits, radix);
    }

    // Exact, rounded once to even.
    private static double PowerOfTwo(ReadOnlySpan<char> digits, int radix)
    {
        digits = digits.TrimStart('0');
        var shift = BitOperations.Log2((uint)radix);
        var mantissa = BigInteger.Zero;
        if (digits.Length * shift > 1100)
            return double.PositiveInfinity;
        foreach (var c in digits)
            mantissa = (mantissa << shift) + Digit(c, radix);
        return (double)Rounded(mantissa);
    }

    // Conversion of BigInteger cuts off; this rounds half to even first.
    private static BigInteger Rounded(BigInteger value)
    {
        var extra = (int)value.GetBitLength() - 53;
        if (extra <= 0)
            return value;
        var kept = value >> extra;
        var rest = value - (kept << extra);
        var half = BigInteger.One << (extra - 1);
        if (rest > half || (rest == half && !kept.IsEven))
            kept += 1;
        return kept << extra;
    }

    private static double InParts(ReadOnlySpan<char> digits, int radix)
    {
        const uint largest = uint.MaxValue / 36;
        double value = 0;
        var i = 0;
        while (i < digits.Length)
        {
            uint part = 0, multiplier = 1;
            while (i < digits.Length && multiplier * (uint)radix <= largest)
            {
                part = part * (uint)radix + (uint)Digit(digits[i++], radix);
                multiplier *= (uint)radix;
            }

            value = value * multiplier + part;
        }

        return value;
    }

    private static int Digit(char c, int radix)
    {
        var digit = c switch
        {
            >= '0' and <= '9' => c - '0',
            >= 'a' and <= 'z' => c - 'a' + 10,
            >= 'A' and <= 'Z' => c - 'A' + 10,
            _ => 99,
        };
        return digit < radix ? digit : -1;
    }

    /// <summary>The longest decimal number at the beginning; length 0 and NaN when there is none.</summary>
    private static double Decimal(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        var i = 0;
        if (i < text.Length && text[i] is '+' or '-')
            i++;
        if (text[i..].StartsWith("Infinity", StringComparison.Ordinal))
        {
            length = i + 8;
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var begin = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        var digits = i - begin;
        if (i < text.Length && text[i] == '.')
        {
            var after = i + 1;
            while (after < text.Length && char.IsAsciiDigit(text[after]))
                after++;
            digits += after - i - 1;
            if (digits > 0)
                i = after;
        }

        if (digits == 0)
            return double.NaN;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var after = i + 1;
            if (after < text.Length && text[after] is '+' or '-')
                after++;
            if (after < text.Length && char.IsAsciiDigit(text[after]))
            {
                while (after < text.Length && char.IsAsciiDigit(text[after]))
                    after++;
                i = after;
            }
        }

        length = i;
        return double.Parse(text[..i], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
