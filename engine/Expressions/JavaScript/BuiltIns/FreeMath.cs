namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>The functions whose last digit the standard leaves open.</summary>
internal static partial class FreeMath
{
    public static double Acos(double x) => Math.Acos(x);

    public static double Acosh(double x) => Math.Acosh(x);

    public static double Asin(double x) => Math.Asin(x);

    public static double Asinh(double x) => Math.Asinh(x);

    public static double Atan(double x) => Math.Atan(x);

    public static double Atan2(double y, double x) => Math.Atan2(y, x);

    public static double Atanh(double x) => Math.Atanh(x);

    public static double Cbrt(double x)
    {
        var root = Math.Cbrt(x);
        if (!double.IsFinite(root) || root == 0 || Math.Abs(x) < 1e-290)
            return root;

        // One step of Newton with the error of root³ taken exactly rounds the last digit right.
        var square = root * root;
        var squareError = Math.FusedMultiplyAdd(root, root, -square);
        var cube = square * root;
        var cubeError = Math.FusedMultiplyAdd(square, root, -cube) + (squareError * root);
        return root - ((cube - x + cubeError) / (3 * square));
    }

    public static double Cos(double x) => Math.Cos(x);

    public static double Cosh(double x) => Math.Cosh(x);

    public static double Exp(double x) => Math.Exp(x);

    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-16)
            return x;
        if (Math.Abs(x) > 0.7)
            return Math.Exp(x) - 1;

        // sinh keeps its digits near 0: e^x - 1 = 2 sinh(x/2) e^(x/2).
        return 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);
    }

    public static double Log(double x) => Math.Log(x);

    public static double Log10(double x) => Math.Log10(x);

    public static double Log1p(double x)
    {
        if (Math.Abs(x) < 1e-16)
            return x;
        var sum = 1 + x;
        if (double.IsInfinity(sum) || sum <= 0)
            return Math.Log(sum);

        // What 1 + x lost comes back as a correction.
        var lost = x >= 1 ? 1 - (sum - x) : x - (sum - 1);
        return Math.Log(sum) + (lost / sum);
    }

    public static double Log2(double x) => Math.Log2(x);

    public static double Sin(double x) => Math.Sin(x);

    public static double Sinh(double x) => Math.Sinh(x);

    public static double Tan(double x) => Math.Tan(x);

    public static double Tanh(double x) => Math.Tanh(x);
}
