using System.Collections.Frozen;
using System.Numerics;
using ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary><c>Math</c>, without <c>random</c>.</summary>
internal static class MathFunctions
{
    public static void AddTo(Dictionary<string, Value> globals)
    {
        var members = new Dictionary<string, Value>
        {
            ["E"] = Value.From(Math.E),
            ["LN10"] = Value.From(2.302585092994046),
            ["LN2"] = Value.From(0.6931471805599453),
            ["LOG10E"] = Value.From(0.4342944819032518),
            ["LOG2E"] = Value.From(1.4426950408889634),
            ["PI"] = Value.From(Math.PI),
            ["SQRT1_2"] = Value.From(0.7071067811865476),
            ["SQRT2"] = Value.From(1.4142135623730951),
        };

        void One(string name, Func<double, double> body) => members.Add(name, Globals.Function(name, (frame, _, args) => Value.From(body(args.Number(0, frame)))));
        void Two(string name, Func<double, double, double> body) => members.Add(name, Globals.Function(name, (frame, _, args) =>
        {
            var first = args.Number(0, frame);
            return Value.From(body(first, args.Number(1, frame)));
        }));

        One("abs", Math.Abs);
        One("acos", InverseTrigonometry.Acos);
        One("acosh", Hyperbolic.Acosh);
        One("asin", InverseTrigonometry.Asin);
        One("asinh", Hyperbolic.Asinh);
        One("atan", InverseTrigonometry.Atan);
        One("atanh", Hyperbolic.Atanh);
        One("cbrt", Roots.Cbrt);
        One("ceil", Math.Ceiling);
        One("clz32", static x => BitOperations.LeadingZeroCount(ToUInt32(x)));
        One("cos", Trigonometry.Cos);
        One("cosh", Hyperbolic.Cosh);
        One("exp", Exponential.Exp);
        One("expm1", Exponential.Expm1);
        One("floor", Math.Floor);
        One("fround", static x => (float)x);
        One("log", Logarithm.Log);
        One("log10", Logarithm.Log10);
        One("log1p", Logarithm.Log1p);
        One("log2", Logarithm.Log2);
        One("round", Round);
        One("sign", static x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x));
        One("sin", Trigonometry.Sin);
        One("sinh", Hyperbolic.Sinh);
        One("sqrt", Math.Sqrt);
        One("tan", Trigonometry.Tan);
        One("tanh", Hyperbolic.Tanh);
        One("trunc", Math.Truncate);
        Two("atan2", InverseTrigonometry.Atan2);
        Two("imul", static (x, y) => (int)(ToUInt32(x) * ToUInt32(y)));
        Two("pow", Power.Of);
        members.Add("hypot", Globals.Function("hypot", Hypot));
        members.Add("max", Globals.Function("max", static (frame, _, args) => Value.From(Extreme(frame, args, double.NegativeInfinity, Math.Max))));
        members.Add("min", Globals.Function("min", static (frame, _, args) => Value.From(Extreme(frame, args, double.PositiveInfinity, Math.Min))));
        globals.Add("Math", Value.From(new FunctionValue("Math", null)
        {
            Members = members.ToFrozenDictionary(StringComparer.Ordinal),
            LeftOut = Globals.Names("random"),
        }));
    }

    /// <summary>Half up towards positive infinity; -0 stays.</summary>
    public static double Round(double x)
    {
        var floor = Math.Floor(x);
        if (floor == x || !double.IsFinite(x))
            return x;
        var rounded = x - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && x < 0 ? -0.0 : rounded;
    }

    private static uint ToUInt32(double x)
    {
        if (!double.IsFinite(x))
            return 0;
        var rest = Math.Truncate(x) % 4294967296.0;
        return (uint)(long)(rest < 0 ? rest + 4294967296.0 : rest);
    }

    private static double Extreme(Frame frame, ReadOnlySpan<Value> args, double start, Func<double, double, double> pick)
    {
        frame.Budget.Steps(args.Length >> 2);
        var best = start;
        for (var i = 0; i < args.Length; i++)
            best = pick(best, args.Number(i, frame));
        return best;
    }

    // Scaled and with compensated sums, as V8.
    private static Value Hypot(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        frame.Budget.Steps(args.Length >> 2);
        var numbers = new double[args.Length];
        double largest = 0;
        bool hasNaN = false, isInfinite = false;
        for (var i = 0; i < args.Length; i++)
        {
            numbers[i] = Math.Abs(args.Number(i, frame));
            hasNaN |= double.IsNaN(numbers[i]);
            isInfinite |= double.IsInfinity(numbers[i]);
            largest = Math.Max(largest, numbers[i]);
        }

        if (isInfinite)
            return Value.From(double.PositiveInfinity);
        if (hasNaN)
            return Value.From(double.NaN);
        if (largest == 0)
            return Value.From(0.0);
        double sum = 0, compensation = 0;
        foreach (var number in numbers)
        {
            var n = number / largest;
            var summand = n * n - compensation;
            var preliminary = sum + summand;
            compensation = preliminary - sum - summand;
            sum = preliminary;
        }

        return Value.From(Math.Sqrt(sum) * largest);
    }
}
