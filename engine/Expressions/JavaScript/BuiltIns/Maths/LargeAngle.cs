using System.Globalization;
using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>Angles so large that the digits of 2/π around their size decide: long multiplication by digits of 24 bits.</summary>
internal static class LargeAngle
{
    private const double Base = 16777216;
    private const double PerBase = 1 / Base;
    private const int Least = 4;

    // 2/π, six hexadecimal signs a digit.
    private static readonly int[] TwoOverPi = Digits(
        "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c"
        + "7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f7"
        + "8a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361da9e391615ee61b086599855f14a068408dffd8804d73273106061556ca73a8c960e27bc08c6b");

    // π/2, 24 bits a part.
    private static readonly double[] HalfPi =
    [
        1.57079625129699707031, 7.54978941586159635335e-08, 5.39030252995776476554e-15, 3.28200341580791294123e-22, 1.27065575308067607349e-29,
    ];

    /// <inheritdoc cref="Angle.Reduce"/>
    public static int Reduce(double x, out double rest, out double tail)
    {
        var size = Math.Abs(x);
        var exponent = (High(size) >> 20) - 1046;
        Span<double> digits = stackalloc double[3];
        var z = WithHigh(size, High(size) - (exponent << 20));
        for (var i = 0; i < 2; i++)
        {
            digits[i] = (int)z;
            z = (z - digits[i]) * Base;
        }

        digits[2] = z;
        var count = z != 0 ? 3 : digits[1] != 0 ? 2 : 1;
        var n = Multiply(digits[..count], exponent, out rest, out tail);
        if (x >= 0)
            return n;
        rest = -rest;
        tail = -tail;
        return -n;
    }

    private static int Multiply(ReadOnlySpan<double> x, int exponent, out double rest, out double tail)
    {
        var first = Math.Max((exponent - 3) / 24, 0);
        var scale = exponent - 24 * (first + 1);
        Span<double> products = stackalloc double[20];
        Span<int> whole = stackalloc int[20];
        var last = Least;
        for (var i = 0; i <= last; i++)
            products[i] = Product(x, first, i);
        int n, half;
        double z;
        while (true)
        {
            z = CutIntoDigits(products, whole, last, scale, out n);
            half = scale > 0 ? whole[last - 1] >> (23 - scale) : scale == 0 ? whole[last - 1] >> 23 : z >= 0.5 ? 2 : 0;
            if (half > 0)
            {
                n++;
                z = Complement(whole, last, scale, half, z);
            }

            if (z != 0 || whole[Least..last].ContainsAnyExcept(0))
                break;

            // Everything cancelled: more digits are needed.
            var more = 1;
            while (whole[Least - more] == 0)
                more++;
            for (var i = last + 1; i <= last + more; i++)
                products[i] = Product(x, first, i);
            last += more;
        }

        last = StoreLast(whole, last, ref scale, z);
        TimesHalfPi(whole, last, scale, half != 0, out rest, out tail);
        return n & 7;
    }

    private static double Product(ReadOnlySpan<double> x, int first, int at)
    {
        double sum = 0;
        for (var j = 0; j < x.Length; j++)
        {
            var digit = first + at - j;
            sum += x[j] * (digit < 0 ? 0 : TwoOverPi[digit]);
        }

        return sum;
    }

    // The fraction goes into digits, lowest first; the whole quarters into n, what is left of them is given back.
    private static double CutIntoDigits(ReadOnlySpan<double> products, Span<int> whole, int last, int scale, out int n)
    {
        var z = products[last];
        for (int i = 0, j = last; j > 0; i++, j--)
        {
            double carry = (int)(PerBase * z);
            whole[i] = (int)(z - Base * carry);
            z = products[j - 1] + carry;
        }

        z = Math.ScaleB(z, scale);
        z -= 8 * Math.Floor(z * 0.125);
        n = (int)z;
        z -= n;
        if (scale <= 0)
            return z;
        var upper = whole[last - 1] >> (24 - scale);
        n += upper;
        whole[last - 1] -= upper << (24 - scale);
        return z;
    }

    // 1 minus the fraction.
    private static double Complement(Span<int> whole, int last, int scale, int half, double z)
    {
        var hasCarry = false;
        for (var i = 0; i < last; i++)
        {
            if (hasCarry)
                whole[i] = 0xffffff - whole[i];
            else if (whole[i] != 0)
            {
                hasCarry = true;
                whole[i] = 0x1000000 - whole[i];
            }
        }

        if (scale is 1 or 2)
            whole[last - 1] &= scale == 1 ? 0x7fffff : 0x3fffff;
        if (half != 2)
            return z;
        z = 1 - z;
        return hasCarry ? z - Math.ScaleB(1, scale) : z;
    }

    private static int StoreLast(Span<int> whole, int last, ref int scale, double z)
    {
        if (z == 0)
        {
            do
            {
                last--;
                scale -= 24;
            }
            while (whole[last] == 0);
            return last;
        }

        z = Math.ScaleB(z, -scale);
        if (z < Base)
        {
            whole[last] = (int)z;
            return last;
        }

        double carry = (int)(PerBase * z);
        whole[last] = (int)(z - Base * carry);
        scale += 24;
        whole[last + 1] = (int)carry;
        return last + 1;
    }

    private static void TimesHalfPi(ReadOnlySpan<int> whole, int last, int scale, bool isComplement, out double rest, out double tail)
    {
        Span<double> parts = stackalloc double[20];
        var unit = Math.ScaleB(1, scale);
        for (var i = last; i >= 0; i--)
        {
            parts[i] = unit * whole[i];
            unit *= PerBase;
        }

        Span<double> sums = stackalloc double[20];
        for (var i = last; i >= 0; i--)
        {
            double sum = 0;
            for (var k = 0; k <= Least && k <= last - i; k++)
                sum += HalfPi[k] * parts[i + k];
            sums[last - i] = sum;
        }

        double total = 0;
        for (var i = last; i >= 0; i--)
            total += sums[i];
        var left = sums[0] - total;
        for (var i = 1; i <= last; i++)
            left += sums[i];
        rest = isComplement ? -total : total;
        tail = isComplement ? -left : left;
    }

    private static int[] Digits(string text) =>
        [.. Enumerable.Range(0, text.Length / 6).Select(i => int.Parse(text.AsSpan(i * 6, 6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
}
