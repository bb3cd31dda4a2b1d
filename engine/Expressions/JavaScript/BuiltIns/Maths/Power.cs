using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>x to the power y: 2^(y log₂ x), the logarithm taken to more digits than a double holds.</summary>
internal static class Power
{
    private const double PerLn2 = 1.44269504088896338700;
    private const double Overflow = 1024;

    /// <summary>Math.pow of ECMAScript: NaN for ±1 to an infinite power.</summary>
    public static double Of(double x, double y)
    {
        if (y == 0)
            return 1;
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        var size = Math.Abs(x);
        if (double.IsInfinity(y))
            return size == 1 ? double.NaN : size > 1 == y > 0 ? double.PositiveInfinity : 0;
        switch (y)
        {
            case 1: return x;
            case -1: return 1 / x;
            case 2: return x * x;
            case 0.5 when !double.IsNegative(x): return Math.Sqrt(x);
        }

        var isWhole = Math.Truncate(y) == y;
        var isOdd = isWhole && Math.Abs(y) < 9007199254740992 && (long)y % 2 != 0;
        if (size is 0 or 1 or double.PositiveInfinity)
            return OfPlain(x, y, size, isWhole, isOdd);
        if (x < 0 && !isWhole)
            return double.NaN;
        var sign = x < 0 && isOdd ? -1.0 : 1.0;
        double upper, lower;
        if ((High(y) & Magnitude) > 0x41e00000)
        {
            var high = High(size);
            if (high < 0x3fefffff || (high <= 0x3fefffff && (High(y) & Magnitude) > 0x43f00000))
                return y < 0 ? sign * double.PositiveInfinity : sign * 0;
            if (high > One || (high >= One && (High(y) & Magnitude) > 0x43f00000))
                return y > 0 ? sign * double.PositiveInfinity : sign * 0;
            LogNearOne(size - 1, out upper, out lower);
        }
        else
        {
            Log(size, out upper, out lower);
        }

        var upperY = Upper(y);
        return sign * TwoTo(upperY * upper, (y - upperY) * upper + y * lower);
    }

    // 0, 1 and infinity need no calculation.
    private static double OfPlain(double x, double y, double size, bool isWhole, bool isOdd)
    {
        var result = y < 0 ? 1 / size : size;
        if (!double.IsNegative(x))
            return result;
        if (size == 1 && !isWhole)
            return double.NaN;
        return isOdd ? -result : result;
    }

    private static void LogNearOne(double t, out double upper, out double lower)
    {
        const double upperPerLn2 = 1.44269502162933349609;
        const double lowerPerLn2 = 1.92596299112661746887e-08;
        var w = t * t * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
        var u = upperPerLn2 * t;
        var v = t * lowerPerLn2 - w * PerLn2;
        upper = Upper(u + v);
        lower = v - (upper - u);
    }

    // log₂ of a positive number in two parts.
    private static void Log(double x, out double upper, out double lower)
    {
        const double scale = 9.61796693925975554329e-01;
        const double upperScale = 9.61796700954437255859e-01;
        const double lowerScale = -7.02846165095275826516e-09;
        var n = 0;
        if (High(x) < 0x00100000)
        {
            x *= 9007199254740992;
            n = -53;
        }

        n += (High(x) >> 20) - 0x3ff;
        var fraction = High(x) & 0xfffff;
        var high = fraction | One;
        var isMiddle = fraction is > 0x3988e and < 0xbb67a;
        if (fraction >= 0xbb67a)
        {
            n++;
            high -= 0x00100000;
        }

        // Around 1 or around 1½, whichever is near.
        x = WithHigh(x, high);
        var around = isMiddle ? 1.5 : 1.0;
        var u = x - around;
        var v = 1 / (x + around);
        var s = u * v;
        var upperS = Upper(s);
        var upperSum = Make(((high >> 1) | 0x20000000) + 0x00080000 + (isMiddle ? 1 << 18 : 0));
        var lowerSum = x - (upperSum - around);
        var lowerS = v * (u - upperS * upperSum - upperS * lowerSum);

        var square = s * s;
        var r = square * square * (5.99999999999994648725e-01 + square * (4.28571428578550184252e-01 + square * (3.33333329818377432918e-01
            + square * (2.72728123808534006489e-01 + square * (2.30660745775561754067e-01 + square * 2.06975017800338417784e-01)))));
        r += lowerS * (upperS + s);
        square = upperS * upperS;
        var upperT = Upper(3 + square + r);
        var lowerT = r - (upperT - 3 - square);
        u = upperS * upperT;
        v = lowerS * upperT + lowerT * s;
        var upperP = Upper(u + v);
        var lowerP = v - (upperP - u);
        var upperZ = upperScale * upperP;
        var lowerZ = lowerScale * upperP + lowerP * scale + (isMiddle ? 1.35003920212974897128e-08 : 0);
        var aroundLog = isMiddle ? 5.84962487220764160156e-01 : 0;
        upper = Upper(upperZ + lowerZ + aroundLog + n);
        lower = lowerZ - (upper - n - aroundLog - upperZ);
    }

    // 2 to the sum of both.
    private static double TwoTo(double upper, double lower)
    {
        const double ln2 = 6.93147180559945286227e-01;
        const double upperLn2 = 6.93147182464599609375e-01;
        const double lowerLn2 = -1.90465429995776804525e-09;
        var z = lower + upper;
        if (z > Overflow || (z == Overflow && lower + 8.0085662595372944372e-17 > z - upper))
            return double.PositiveInfinity;
        if (z < -1075 || (z == -1075 && lower <= z - upper))
            return 0;
        var n = 0;
        var high = High(z);
        if ((high & Magnitude) > 0x3fe00000)
        {
            // The nearest whole number goes into the exponent.
            var k = ((high & Magnitude) >> 20) - 0x3ff;
            n = high + (0x00100000 >> (k + 1));
            k = ((n & Magnitude) >> 20) - 0x3ff;
            var whole = Make(n & ~(0x000fffff >> k));
            n = ((n & 0x000fffff) | 0x00100000) >> (20 - k);
            if (high < 0)
                n = -n;
            upper -= whole;
        }

        var t = Upper(lower + upper);
        var u = t * upperLn2;
        var v = (lower - (t - upper)) * ln2 + t * lowerLn2;
        z = u + v;
        var w = v - (z - u);
        var c = z - Exponential.Remainder(z * z);

        // V8 takes the correction off below the fraction line; the last digit follows it.
        var r = z * c / (c - 2 - (w + z * w));
        z = 1 - (r - z);
        var raised = High(z) + (n << 20);
        return raised >> 20 <= 0 ? Math.ScaleB(z, n) : WithHigh(z, raised);
    }
}
