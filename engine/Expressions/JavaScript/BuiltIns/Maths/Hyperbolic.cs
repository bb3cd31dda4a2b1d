using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>Hyperbolic functions and their inverses, from e^x - 1 and ln (1 + x).</summary>
internal static class Hyperbolic
{
    // Above this e^x overflows and half of it does not.
    private const double LargestPower = 709.7822265625;
    private const double Overflow = 710.4758600739439;

    public static double Sinh(double x)
    {
        var size = Math.Abs(x);
        var half = x < 0 ? -0.5 : 0.5;
        if (size < 22)
        {
            if (size < 3.725290298461914e-9)
                return x;
            var t = Exponential.Expm1(size);
            return size < 1 ? half * (2 * t - t * t / (t + 1)) : half * (t + t / (t + 1));
        }

        if (size < LargestPower)
            return half * Exponential.Exp(size);
        return size <= Overflow ? Twice(half, size) : x * double.PositiveInfinity;
    }

    public static double Cosh(double x)
    {
        var size = Math.Abs(x);
        var high = High(x) & Magnitude;
        if (high < 0x3fd62e43)
        {
            var t = Exponential.Expm1(size);
            var w = 1 + t;
            return high < 0x3c800000 ? w : 1 + t * t / (w + w);
        }

        if (high < 0x40360000)
        {
            var t = Exponential.Exp(size);
            return 0.5 * t + 0.5 / t;
        }

        if (high < 0x40862e42)
            return 0.5 * Exponential.Exp(size);
        return size <= Overflow ? Twice(0.5, size) : x * x * double.PositiveInfinity;
    }

    public static double Tanh(double x)
    {
        var high = High(x) & Magnitude;
        if (double.IsNaN(x) || high < 0x3e300000)
            return x;
        double size = 1;
        if (high >= 0x40360000)
            return x < 0 ? -size : size;
        if (high >= One)
        {
            size = 1 - 2 / (Exponential.Expm1(2 * Math.Abs(x)) + 2);
        }
        else
        {
            var t = Exponential.Expm1(-2 * Math.Abs(x));
            size = -t / (t + 2);
        }

        return x < 0 ? -size : size;
    }

    public static double Asinh(double x)
    {
        var high = High(x) & Magnitude;
        if (high >= Infinite || high < 0x3e300000)
            return x;
        var size = Math.Abs(x);
        var t = x * x;
        var w = high > 0x41b00000 ? Logarithm.Log(size) + Exponential.Ln2
            : high > 0x40000000 ? Logarithm.Log(2 * size + 1 / (Math.Sqrt(t + 1) + size))
            : Logarithm.Log1p(size + t / (1 + Math.Sqrt(1 + t)));
        return x > 0 ? w : -w;
    }

    public static double Acosh(double x)
    {
        if (!(x >= 1))
            return double.NaN;
        if (x == 1)
            return 0;
        var high = High(x);
        if (high >= 0x41b00000)
            return high >= Infinite ? x : Logarithm.Log(x) + Exponential.Ln2;
        if (high > 0x40000000)
            return Logarithm.Log(2 * x - 1 / (x + Math.Sqrt(x * x - 1)));
        var t = x - 1;
        return Logarithm.Log1p(t + Math.Sqrt(2 * t + t * t));
    }

    public static double Atanh(double x)
    {
        var size = Math.Abs(x);
        if (!(size <= 1))
            return double.NaN;
        if (size == 1)
            return x * double.PositiveInfinity;
        if ((High(x) & Magnitude) < 0x3e300000)
            return x;
        var twice = size + size;
        var t = 0.5 * Logarithm.Log1p(size < 0.5 ? twice + twice * size / (1 - size) : twice / (1 - size));
        return x < 0 ? -t : t;
    }

    private static double Twice(double half, double size)
    {
        var w = Exponential.Exp(0.5 * size);
        return half * w * w;
    }
}
