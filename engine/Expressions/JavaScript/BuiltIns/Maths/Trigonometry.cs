using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>sin, cos, tan: polynomials within π/4, after <see cref="Angle"/>.</summary>
internal static class Trigonometry
{
    private const int QuarterPi = 0x3fe921fb;

    public static double Sin(double x)
    {
        if ((High(x) & Magnitude) <= QuarterPi)
            return SinWithin(x, 0, hasTail: false);
        if (!double.IsFinite(x))
            return double.NaN;
        return (Angle.Reduce(x, out var rest, out var tail) & 3) switch
        {
            0 => SinWithin(rest, tail, hasTail: true),
            1 => CosWithin(rest, tail),
            2 => -SinWithin(rest, tail, hasTail: true),
            _ => -CosWithin(rest, tail),
        };
    }

    public static double Cos(double x)
    {
        if ((High(x) & Magnitude) <= QuarterPi)
            return CosWithin(x, 0);
        if (!double.IsFinite(x))
            return double.NaN;
        return (Angle.Reduce(x, out var rest, out var tail) & 3) switch
        {
            0 => CosWithin(rest, tail),
            1 => -SinWithin(rest, tail, hasTail: true),
            2 => -CosWithin(rest, tail),
            _ => SinWithin(rest, tail, hasTail: true),
        };
    }

    public static double Tan(double x)
    {
        if ((High(x) & Magnitude) <= QuarterPi)
            return TanWithin(x, 0, isInverse: false);
        if (!double.IsFinite(x))
            return double.NaN;
        var n = Angle.Reduce(x, out var rest, out var tail);
        return TanWithin(rest, tail, (n & 1) == 1);
    }

    private static double SinWithin(double x, double tail, bool hasTail)
    {
        if ((High(x) & Magnitude) < 0x3e400000)
            return x;
        var z = x * x;
        var cube = z * x;
        var r = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * (2.75573137070700676789e-06
            + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
        const double third = -1.66666666666666324348e-01;
        return hasTail ? x - (z * (0.5 * tail - cube * r) - tail - cube * third) : x + cube * (third + z * r);
    }

    private static double CosWithin(double x, double tail)
    {
        var size = High(x) & Magnitude;
        if (size < 0x3e400000)
            return 1;
        var z = x * x;
        var r = z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * (2.48015872894767294178e-05
            + z * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
        if (size < 0x3fd33333)
            return 1 - (0.5 * z - (z * r - x * tail));

        // About x²/4 is taken off first, without an error.
        var part = size > 0x3fe90000 ? 0.28125 : Make(size - 0x00200000);
        return 1 - part - (0.5 * z - part - (z * r - x * tail));
    }

    // tan, or -1/tan.
    private static double TanWithin(double x, double tail, bool isInverse)
    {
        const double quarterPi = 7.85398163397448278999e-01;
        const double afterQuarterPi = 3.06161699786838301793e-17;
        var high = High(x);
        var size = high & Magnitude;
        if (size < 0x3e300000)
            return isInverse ? x == 0 ? 1 / Math.Abs(x) : MinusInverse(x + tail, x, tail) : x;
        var isLarge = size >= 0x3fe59428;
        if (isLarge)
        {
            if (high < 0)
            {
                x = -x;
                tail = -tail;
            }

            x = quarterPi - x + (afterQuarterPi - tail);
            tail = 0;
        }

        var z = x * x;
        var w = z * z;
        var odd = 1.33333333333201242699e-01 + w * (2.18694882948595424599e-02 + w * (3.59207910759131235356e-03
            + w * (5.88041240820264096874e-04 + w * (7.81794442939557092300e-05 + w * -1.85586374855275456654e-05))));
        var even = z * (5.39682539762260521377e-02 + w * (8.86323982359930005737e-03 + w * (1.45620945432529025516e-03
            + w * (2.46463134818469906812e-04 + w * (7.14072491382608190305e-05 + w * 2.59073051863633712884e-05)))));
        var cube = z * x;
        var r = tail + z * (cube * (odd + even) + tail);
        r += 3.33333333333334091986e-01 * cube;
        w = x + r;
        if (isLarge)
        {
            var v = isInverse ? -1.0 : 1.0;
            return (high < 0 ? -1 : 1) * (v - 2 * (x - (w * w / (w + v) - r)));
        }

        return isInverse ? MinusInverse(w, x, r) : w;
    }

    // -1/w with w = x + r taken in two parts.
    private static double MinusInverse(double w, double x, double r)
    {
        var upper = Upper(w);
        var lower = r - (upper - x);
        var inverse = -1 / w;
        var upperInverse = Upper(inverse);
        var s = 1 + upperInverse * upper;
        return upperInverse + inverse * (s + upperInverse * lower);
    }
}
