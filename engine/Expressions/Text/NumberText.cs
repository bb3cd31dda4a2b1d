using System.Globalization;
using System.Numerics;
using System.Text;

namespace ProductionOffice.Expressions.Text;

/// <summary>Numbers as JavaScript writes them.</summary>
internal static class NumberText
{
    private const string DigitSigns = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Of(double number)
    {
        if (number == Math.Truncate(number) && Math.Abs(number) < 1e15)
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

        var (negative, digits, point) = Shortest(number);
        var text = new StringBuilder(negative ? "-" : "");
        if (point is > 0 and <= 21)
        {
            if (digits.Length <= point)
                text.Append(digits).Append('0', point - digits.Length);
            else
                text.Append(digits, 0, point).Append('.').Append(digits, point, digits.Length - point);
        }
        else if (point is > -6 and <= 0)
        {
            text.Append("0.").Append('0', -point).Append(digits);
        }
        else
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
                text.Append('.').Append(digits, 1, digits.Length - 1);
            AppendExponent(text, point - 1);
        }

        return text.ToString();
    }

    /// <summary>Shortest digits that read back as the same number; value = 0.digits × 10^point.</summary>
    public static (bool Negative, string Digits, int Point) Shortest(double number)
    {
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var negative = number < 0;
        var digits = new StringBuilder(17);
        var point = 0;
        var seenPoint = false;
        var exponent = 0;
        for (var i = 0; i < shortest.Length; i++)
        {
            var c = shortest[i];
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
                if (!seenPoint)
                    point++;
            }
            else if (c == '.')
            {
                seenPoint = true;
            }
            else if (c == 'E')
            {
                exponent = int.Parse(shortest.AsSpan(i + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
        }

        var all = digits.ToString();
        var trimmed = all.TrimStart('0');
        point = point - (all.Length - trimmed.Length) + exponent;
        return (negative, trimmed.TrimEnd('0') is { Length: > 0 } some ? some : "0", point);
    }

    /// <summary>JavaScript toFixed for |number| below 1e21: exact digits, half away from zero.</summary>
    public static string Fixed(double number, int decimals)
    {
        if (!(Math.Abs(number) < 1e21))
            return Of(number);
        var scaled = RoundedScale(Math.Abs(number), decimals);
        var text = scaled.ToString(CultureInfo.InvariantCulture);
        if (decimals > 0)
        {
            text = text.PadLeft(decimals + 1, '0');
            text = text[..^decimals] + "." + text[^decimals..];
        }

        return number < 0 ? "-" + text : text;
    }

    /// <summary>JavaScript toExponential; without a count as many digits as needed.</summary>
    public static string Exponential(double number, int? decimals)
    {
        if (!double.IsFinite(number))
            return Of(number);
        string digits;
        int exponent;
        if (decimals is { } count)
        {
            (digits, exponent) = Digits(Math.Abs(number), count + 1);
        }
        else
        {
            (_, digits, var point) = Shortest(number);
            exponent = number == 0 ? 0 : point - 1;
        }

        var text = new StringBuilder(number < 0 ? "-" : "").Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits, 1, digits.Length - 1);
        AppendExponent(text, exponent);
        return text.ToString();
    }

    public static string Precision(double number, int count)
    {
        if (!double.IsFinite(number))
            return Of(number);
        var (digits, exponent) = Digits(Math.Abs(number), count);
        var text = new StringBuilder(number < 0 ? "-" : "");
        if (exponent < -6 || exponent >= count)
        {
            text.Append(digits[0]);
            if (count > 1)
                text.Append('.').Append(digits, 1, count - 1);
            AppendExponent(text, exponent);
        }
        else if (exponent == count - 1)
        {
            text.Append(digits);
        }
        else if (exponent >= 0)
        {
            text.Append(digits, 0, exponent + 1).Append('.').Append(digits, exponent + 1, count - exponent - 1);
        }
        else
        {
            text.Append("0.").Append('0', -(exponent + 1)).Append(digits);
        }

        return text.ToString();
    }

    /// <summary>toString(radix) digit for digit as V8 gives it (the standard leaves the digits open).</summary>
    public static string InRadix(double number, int radix)
    {
        if (radix == 10 || !double.IsFinite(number))
            return Of(number);
        var value = Math.Abs(number);
        var integer = Math.Floor(value);
        var fraction = value - integer;
        var delta = Math.Max(double.Epsilon, 0.5 * (Math.BitIncrement(value) - value));
        var after = new List<int>();
        if (fraction >= delta)
        {
            do
            {
                fraction *= radix;
                delta *= radix;
                var digit = (int)fraction;
                after.Add(digit);
                fraction -= digit;
                if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1) == 1)) && fraction + delta > 1)
                {
                    integer += CarryUp(after, radix);
                    break;
                }
            }
            while (fraction >= delta);
        }

        var before = new StringBuilder();
        while (integer / radix >= 9007199254740992)
        {
            integer /= radix;
            before.Insert(0, '0');
        }

        do
        {
            var remainder = integer % radix;
            before.Insert(0, DigitSigns[(int)remainder]);
            integer = (integer - remainder) / radix;
        }
        while (integer > 0);

        if (after.Count > 0)
        {
            before.Append('.');
            foreach (var digit in after)
                before.Append(DigitSigns[digit]);
        }

        return number < 0 ? "-" + before : before.ToString();
    }

    // One up in the last place; gives 1 when that runs over into the integer part.
    private static int CarryUp(List<int> digits, int radix)
    {
        while (digits.Count > 0)
        {
            if (digits[^1] + 1 < radix)
            {
                digits[^1]++;
                return 0;
            }

            digits.RemoveAt(digits.Count - 1);
        }

        return 1;
    }

    private static void AppendExponent(StringBuilder text, int exponent) => text
        .Append(exponent < 0 ? "e-" : "e+")
        .Append(CultureInfo.InvariantCulture, $"{Math.Abs(exponent)}");

    /// <summary>round(number × 10^decimals), exact, half up.</summary>
    private static BigInteger RoundedScale(double number, int decimals)
    {
        var (mantissa, exponent) = Split(number);
        var scaled = new BigInteger(mantissa) * (decimals >= 0 ? BigInteger.Pow(10, decimals) : 1);
        var divisor = decimals < 0 ? BigInteger.Pow(10, -decimals) : BigInteger.One;
        if (exponent >= 0)
            scaled <<= exponent;
        else
            divisor <<= -exponent;
        return ((scaled * 2) + divisor) / (divisor * 2);
    }

    /// <summary>Exactly so many significant digits, half up, and the exponent of the first.</summary>
    private static (string Digits, int Exponent) Digits(double number, int count)
    {
        if (number == 0)
            return (new string('0', count), 0);
        var (_, shortest, point) = Shortest(number);
        var exponent = point - 1;
        if (shortest == "1" && RoundedScale(number, count - exponent).ToString(CultureInfo.InvariantCulture) is var less && less.Length == count)
            return (less, exponent - 1);
        var text = RoundedScale(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        if (text.Length != count)
        {
            // Rounding ran over to one digit more, or the shortest digits had rounded up (1e23 is a little less than 10^23).
            exponent += text.Length - count;
            text = RoundedScale(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        }

        return (text, exponent);
    }

    private static (long Mantissa, int Exponent) Split(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        return exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
    }
}
