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

    public static double Cbrt(double x) => Math.Cbrt(x);

    public static double Cos(double x) => Math.Cos(x);

    public static double Cosh(double x) => Math.Cosh(x);

    public static double Exp(double x) => Math.Exp(x);

    public static double Expm1(double x) => Math.Exp(x) - 1;

    public static double Log(double x) => Math.Log(x);

    public static double Log10(double x) => Math.Log10(x);

    public static double Log1p(double x) => Math.Log(1 + x);

    public static double Log2(double x) => Math.Log2(x);

    public static double Sin(double x) => Math.Sin(x);

    public static double Sinh(double x) => Math.Sinh(x);

    public static double Tan(double x) => Math.Tan(x);

    public static double Tanh(double x) => Math.Tanh(x);
}
