using static ProductionOffice.Expressions.JavaScript.BuiltIns.Maths.Bits;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>Angles from their sine, cosine and tangent.</summary>
internal static class InverseTrigonometry
{
    private const double HalfPi = 1.57079632679489655800;
    private const double AfterHalfPi = 6.12323399573676603587e-17;
    private const double QuarterPi = 7.85398163397448278999e-01;
    private const double AfterPi = 1.2246467991473531772e-16;

    // Angles around which atan is developed: of ½, 1, 1½ and infinity, with what a double leaves of them.
    private static readonly double[] Around = [4.63647609000806093515e-01, QuarterPi, 9.82793723247329054082e-01, HalfPi];
    private static readonly double[] AfterAround = [2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, AfterHalfPi];

    public static double Asin(double x)
    {
        var high = High(x);
        var size = high & Magnitude;
        var length = Math.Abs(x);
        if (!(length < 1))
            return length == 1 ? x * HalfPi + x * AfterHalfPi : double.NaN;
        if (size < 0x3e400000)
            return x;
        if (size < 0x3fe00000)
            return x + x * Ratio(x * x);
        var t = (1 - length) * 0.5;
        var ratio = Ratio(t);
        var s = Math.Sqrt(t);
        double angle;
        if (size >= 0x3fef3333)
        {
            angle = HalfPi - (2 * (s + s * ratio) - AfterHalfPi);
        }
        else
        {
            var upper = Upper(s);
            var c = (t - upper * upper) / (s + upper);
            var p = 2 * s * ratio - (AfterHalfPi - 2 * c);
            angle = QuarterPi - (p - (QuarterPi - 2 * upper));
        }

        return high > 0 ? angle : -angle;
    }

    public static double Acos(double x)
    {
        var length = Math.Abs(x);
        if (!(length < 1))
            return x == 1 ? 0 : x == -1 ? Math.PI + 2 * AfterHalfPi : double.NaN;
        var size = High(x) & Magnitude;
        if (size <= 0x3c600000)
            return HalfPi + AfterHalfPi;
        if (size < 0x3fe00000)
            return HalfPi - (x - (AfterHalfPi - x * Ratio(x * x)));
        var z = (1 - length) * 0.5;
        var s = Math.Sqrt(z);
        if (x < 0)
            return Math.PI - 2 * (s + (Ratio(z) * s - AfterHalfPi));
        var upper = Upper(s);
        var c = (z - upper * upper) / (s + upper);
        return 2 * (upper + (Ratio(z) * s + c));
    }

    public static double Atan(double x)
    {
        var high = High(x);
        var size = high & Magnitude;
        if (double.IsNaN(x) || size < 0x3e400000)
            return x;
        if (size >= 0x44100000)
            return x > 0 ? HalfPi + AfterHalfPi : -HalfPi - AfterHalfPi;
        var around = -1;
        if (size >= 0x3fdc0000)
            x = MoveNear(Math.Abs(x), size, out around);
        var z = x * x;
        var w = z * z;
        var odd = z * (3.33333333333329318027e-01 + w * (1.42857142725034663711e-01 + w * (9.09088713343650656196e-02
            + w * (6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02)))));
        var even = w * (-1.99999999998764832476e-01 + w * (-1.11111104054623557880e-01 + w * (-7.69187620504482999495e-02
            + w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02))));
        if (around < 0)
            return x - x * (odd + even);
        z = Around[around] - (x * (odd + even) - AfterAround[around] - x);
        return high < 0 ? -z : z;
    }

    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        if (x == 1)
            return Atan(y);
        var isDown = double.IsNegative(y);
        var isLeft = double.IsNegative(x);
        if (y == 0)
            return isLeft ? isDown ? -Math.PI : Math.PI : y;
        if (x == 0)
            return isDown ? -HalfPi : HalfPi;
        if (double.IsInfinity(x))
        {
            var corner = double.IsInfinity(y) ? isLeft ? 3 * QuarterPi : QuarterPi : isLeft ? Math.PI : 0;
            return isDown ? -corner : corner;
        }

        if (double.IsInfinity(y))
            return isDown ? -HalfPi : HalfPi;
        double angle;
        var distance = ((High(y) & Magnitude) - (High(x) & Magnitude)) >> 20;
        if (distance > 60)
        {
            angle = HalfPi + 0.5 * AfterPi;
            isLeft = false;
        }
        else
        {
            angle = isLeft && distance < -60 ? 0 : Atan(Math.Abs(y / x));
        }

        if (!isLeft)
            return isDown ? -angle : angle;
        return isDown ? angle - AfterPi - Math.PI : Math.PI - (angle - AfterPi);
    }

    private static double MoveNear(double x, int size, out int around)
    {
        around = size < 0x3fe60000 ? 0 : size < 0x3ff30000 ? 1 : size < 0x40038000 ? 2 : 3;
        return around switch
        {
            0 => (2 * x - 1) / (2 + x),
            1 => (x - 1) / (x + 1),
            2 => (x - 1.5) / (1 + 1.5 * x),
            _ => -1 / x,
        };
    }

    // (asin x - x) / x by x squared.
    private static double Ratio(double z)
    {
        var p = z * (1.66666666666666657415e-01 + z * (-3.25565818622400915405e-01 + z * (2.01212532134862925881e-01
            + z * (-4.00555345006794114027e-02 + z * (7.91534994289814532176e-04 + z * 3.47933107596021167570e-05)))));
        var q = 1 + z * (-2.40339491173441421878 + z * (2.02094576023350569471 + z * (-6.88283971605453293030e-01 + z * 7.70381505559019352791e-02)));
        return p / q;
    }
}
