using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>e to a power, by x = k ln 2 + r and a rational approximation of e^r.</summary>
internal static class Exponential
{
    public const double Ln2 = 6.93147180559945286227e-01;
    public const double Ln2Upper = 6.93147180369123816490e-01;
    public const double Ln2Lower = 1.90821492927058770002e-10;
    private const double PerLn2 = 1.44269504088896338700;
    private const double Overflow = 7.09782712893383973096e+02;
    private const double Underflow = -7.45133219101941108420e+02;

    private const int HalfLn2 = 0x3fd62e42;
    private const int OneAndHalfLn2 = 0x3ff0a2b2;

    public static double Exp(double x)
    {
        if (!(x <= Overflow))
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        if (x < Underflow)
            return 0;
        var size = High(x) & Magnitude;
        double upper = 0, lower = 0;
        var k = 0;
        if (size > HalfLn2)
        {
            if (size < OneAndHalfLn2)
            {
                if (x == 1)
                    return Math.E;
                k = x < 0 ? -1 : 1;
            }
            else
            {
                k = (int)(PerLn2 * x + (x < 0 ? -0.5 : 0.5));
            }

            upper = x - k * Ln2Upper;
            lower = k * Ln2Lower;
            x = upper - lower;
        }
        else if (size < 0x3e300000)
        {
            return 1 + x;
        }

        var c = x - Remainder(x * x);
        if (k == 0)
            return 1 - (x * c / (c - 2) - x);
        var y = 1 - (lower - x * c / (2 - c) - upper);
        if (k < -1021)
            return y * TwoTo(k + 1000) * 9.33263618503218878990e-302;
        return k == 1024 ? y * 2 * TwoTo(1023) : y * TwoTo(k);
    }

    /// <summary>e^x - 1, exact to the last digits near 0.</summary>
    public static double Expm1(double x)
    {
        var size = High(x) & Magnitude;
        if (size >= 0x4043687a)
        {
            if (double.IsNaN(x))
                return x;
            if (x > Overflow)
                return double.PositiveInfinity;
            if (x < 0)
                return -1;
        }

        double lost = 0;
        var k = 0;
        if (size > HalfLn2)
        {
            var half = x < 0 ? -0.5 : 0.5;
            k = size < OneAndHalfLn2 ? x < 0 ? -1 : 1 : (int)(PerLn2 * x + half);
            var upper = x - k * Ln2Upper;
            var lower = k * Ln2Lower;
            x = upper - lower;
            lost = upper - x - lower;
        }
        else if (size < 0x3c900000)
        {
            return x;
        }

        return Expm1(x, lost, k);
    }

    // 2^k e^(x + lost) - 1 for |x| up to ln 2 / 2.
    private static double Expm1(double x, double lost, int k)
    {
        var half = 0.5 * x;
        var square = x * half;
        var r = 1 + square * (-3.33333333333331316428e-02 + square * (1.58730158725481460165e-03
            + square * (-7.93650757867487942473e-05 + square * (4.00821782732936239552e-06 + square * -2.01099218183624371326e-07))));
        var t = 3 - r * half;
        var e = square * ((r - t) / (6 - x * t));
        if (k == 0)
            return x - (x * e - square);
        e = x * (e - lost) - lost;
        e -= square;
        switch (k)
        {
            case -1:
                return 0.5 * (x - e) - 0.5;
            case 1:
                return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
            case <= -2 or > 56:
                var y = 1 - (e - x);
                return (k == 1024 ? y * 2 * TwoTo(1023) : y * TwoTo(k)) - 1;
            case < 20:
                return (Make(One - (0x200000 >> k)) - (e - x)) * TwoTo(k);
            default:
                return (x - (e + TwoTo(-k)) + 1) * TwoTo(k);
        }
    }

    /// <summary>What is missing from the rational approximation of e^x, by x squared.</summary>
    public static double Remainder(double square) => square * (1.66666666666666019037e-01 + square * (-2.77777777770155933842e-03
        + square * (6.61375632143793436117e-05 + square * (-1.65339022054652515390e-06 + square * 4.13813679705723846039e-08))));
}
