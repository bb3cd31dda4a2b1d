using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>An angle brought to within π/4 of a multiple of π/2.</summary>
internal static class Angle
{
    private const double PerQuarter = 6.36619772367581382433e-01;

    // π/2 in three parts of 33 digits, each with what is left after it.
    private const double First = 1.57079632673412561417;
    private const double AfterFirst = 6.07710050650619224932e-11;
    private const double Second = 6.07710050630396597660e-11;
    private const double AfterSecond = 2.02226624879595063154e-21;
    private const double Third = 2.02226624871116645580e-21;
    private const double AfterThird = 8.47842766036889956997e-32;

    /// <param name="x">A finite angle.</param>
    /// <param name="rest">What is left.</param>
    /// <param name="tail">The digits <paramref name="rest"/> could not hold.</param>
    /// <returns>How many quarters were taken off; only the last two binary digits mean something.</returns>
    public static int Reduce(double x, out double rest, out double tail)
    {
        var high = High(x);
        var size = high & Magnitude;
        if (size < 0x4002d97c)
        {
            // Below 3π/4 one quarter is enough.
            var sign = x < 0 ? -1.0 : 1.0;
            var z = x - sign * First;
            Part(z, sign * AfterFirst, size == 0x3ff921fb, sign, out rest, out tail);
            return (int)sign;
        }

        if (size > 0x413921fb)
            return LargeAngle.Reduce(x, out rest, out tail);
        var t = Math.Abs(x);
        var n = (int)(t * PerQuarter + 0.5);
        ReduceMiddle(t, n, size, out rest, out tail);
        if (x >= 0)
            return n;
        rest = -rest;
        tail = -tail;
        return -n;
    }

    private static void Part(double z, double after, bool isNearQuarter, double sign, out double rest, out double tail)
    {
        if (isNearQuarter)
        {
            z -= sign * Second;
            after = sign * AfterSecond;
        }

        rest = z - after;
        tail = z - rest - after;
    }

    // More parts of π/2 are taken while too many leading digits cancel.
    private static void ReduceMiddle(double t, int n, int size, out double rest, out double tail)
    {
        var r = t - n * First;
        var w = n * AfterFirst;
        rest = r - w;
        var exponent = size >> 20;
        if (n >= 32 || size == High(n * Math.PI / 2))
        {
            if (exponent - ((High(rest) >> 20) & 0x7ff) > 16)
            {
                Take(ref r, out w, n, Second, AfterSecond);
                rest = r - w;
                if (exponent - ((High(rest) >> 20) & 0x7ff) > 49)
                {
                    Take(ref r, out w, n, Third, AfterThird);
                    rest = r - w;
                }
            }
        }

        tail = r - rest - w;
    }

    private static void Take(ref double r, out double w, int n, double part, double after)
    {
        var before = r;
        w = n * part;
        r = before - w;
        w = n * after - (before - r - w);
    }
}
