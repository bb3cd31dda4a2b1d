using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>The cube root: a third of the exponent, a polynomial, one step of Newton.</summary>
internal static class Roots
{
    public static double Cbrt(double x)
    {
        var sign = High(x) & ~Magnitude;
        var size = High(x) & Magnitude;
        if (size >= Infinite || x == 0)
            return x;
        double t;
        if (size < 0x00100000)
            t = Make(sign | ((High(x * 18014398509481984) & Magnitude) / 3 + 696219795));
        else
            t = Make(sign | (size / 3 + 715094163));
        var r = t * t * (t / x);
        t *= 1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140)
            + r * r * r * (-0.758397934778766047437 + r * 0.145996192886612446982);

        // 23 digits, so that the square is exact.
        t = BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(t) + 0x80000000) & unchecked((long)0xffffffffc0000000));
        var rest = x / (t * t);
        rest = (rest - t) / (t + t + rest);
        return t + t * rest;
    }
}
