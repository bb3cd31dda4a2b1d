using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>Logarithms, by x = 2^k (1 + f) and a series in f / (2 + f).</summary>
internal static class Logarithm
{
    private const double Ln2Upper = Exponential.Ln2Upper;
    private const double Ln2Lower = Exponential.Ln2Lower;

    public static double Log(double x)
    {
        if (!TrySplit(x, out var k, out var f, out var fraction, out var special))
            return special;
        if (((fraction + 2) & 0xfffff) < 3)
            return NearOne(f, k);
        var s = f / (2 + f);
        var rest = Series(s * s);
        if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0)
        {
            var half = 0.5 * f * f;
            return k == 0 ? f - (half - s * (half + rest)) : k * Ln2Upper - (half - (s * (half + rest) + k * Ln2Lower) - f);
        }

        return k == 0 ? f - s * (f - rest) : k * Ln2Upper - (s * (f - rest) - k * Ln2Lower - f);
    }

    public static double Log2(double x)
    {
        const double upperPerLn2 = 1.44269504072144627571;
        const double lowerPerLn2 = 1.67517131648865118353e-10;
        if (!TrySplit(x, out var k, out var f, out _, out var special))
            return special;
        if (x == 1)
            return 0;
        var half = 0.5 * f * f;
        var s = f / (2 + f);
        var r = s * (half + Series(s * s));
        var upper = Upper(f - half);
        var lower = f - upper - half + r;
        var valueUpper = upper * upperPerLn2;
        var valueLower = (lower + upper) * lowerPerLn2 + lower * upperPerLn2;
        var sum = k + valueUpper;
        valueLower += k - sum + valueUpper;
        return valueLower + sum;
    }

    public static double Log10(double x)
    {
        if (!TrySplit(x, out _, out _, out _, out var special))
            return special;
        if (x == 1)
            return 0;
        var k = 0;
        if (High(x) < 0x00100000)
        {
            k = -54;
            x *= 18014398509481984;
        }

        k += (High(x) >> 20) - 1023;
        var shift = k < 0 ? 1 : 0;
        double y = k + shift;
        var rest = WithHigh(x, (High(x) & 0xfffff) | ((0x3ff - shift) << 20));
        var z = y * 3.69423907715893078616e-13 + 4.34294481903251816668e-01 * Log(rest);
        return z + y * 3.01029995663611771306e-01;
    }

    /// <summary>ln (1 + x), exact to the last digits near 0.</summary>
    public static double Log1p(double x)
    {
        var high = High(x);
        var size = high & Magnitude;
        if (double.IsNaN(x) || x == double.PositiveInfinity)
            return x;
        if (x <= -1)
            return x == -1 ? double.NegativeInfinity : double.NaN;
        if (size < 0x3e200000)
            return size < 0x3c900000 ? x : x - x * x * 0.5;
        var k = 0;
        double f = x, lost = 0;
        var fraction = 1;
        if (high >= 0x3fda827a || (high < 0 && high > unchecked((int)0xbfd2bec4)))
        {
            var u = high < 0x43400000 ? 1 + x : x;
            k = (High(u) >> 20) - 1023;
            if (high < 0x43400000)
                lost = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
            fraction = High(u) & 0xfffff;
            if (fraction < 0x6a09e)
            {
                u = WithHigh(u, fraction | One);
            }
            else
            {
                k++;
                u = WithHigh(u, fraction | 0x3fe00000);
                fraction = (0x00100000 - fraction) >> 2;
            }

            f = u - 1;
        }

        return Log1p(f, lost, k, fraction);
    }

    private static double Log1p(double f, double lost, int k, int fraction)
    {
        var half = 0.5 * f * f;
        if (fraction == 0)
        {
            if (f == 0)
                return k == 0 ? 0 : k * Ln2Upper + (lost + k * Ln2Lower);
            var small = half * (1 - 0.66666666666666666 * f);
            return k == 0 ? f - small : k * Ln2Upper - (small - (k * Ln2Lower + lost) - f);
        }

        var s = f / (2 + f);
        var z = s * s;
        var rest = z * (6.666666666666735130e-01 + z * (3.999999999940941908e-01 + z * (2.857142874366239149e-01
            + z * (2.222219843214978396e-01 + z * (1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01))))));
        return k == 0 ? f - (half - s * (half + rest)) : k * Ln2Upper - (half - (s * (half + rest) + (k * Ln2Lower + lost)) - f);
    }

    // x = 2^k (1 + f), 1 + f between √½ and √2; false with the answer for what has no logarithm.
    private static bool TrySplit(double x, out int k, out double f, out int fraction, out double special)
    {
        k = 0;
        f = 0;
        fraction = 0;
        special = x == 0 ? double.NegativeInfinity : x < 0 ? double.NaN : x;
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return false;
        if (High(x) < 0x00100000)
        {
            k = -54;
            x *= 18014398509481984;
        }

        k += (High(x) >> 20) - 1023;
        fraction = High(x) & 0xfffff;
        var up = (fraction + 0x95f64) & 0x100000;
        f = WithHigh(x, fraction | (up ^ One)) - 1;
        k += up >> 20;
        return true;
    }

    private static double NearOne(double f, int k)
    {
        if (f == 0)
            return k == 0 ? 0 : k * Ln2Upper + k * Ln2Lower;
        var rest = f * f * (0.5 - 0.33333333333333333 * f);
        return k == 0 ? f - rest : k * Ln2Upper - (rest - k * Ln2Lower - f);
    }

    // Even and odd terms apart: the order of the sums decides the last digit.
    private static double Series(double z)
    {
        var w = z * z;
        var even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        return odd + even;
    }
}
