using System.Collections.Frozen;
using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary><c>Number</c>, <c>String</c>, <c>Boolean</c>, <c>parseInt</c> and their kin.</summary>
internal static class ConversionFunctions
{
    public static void AddTo(Dictionary<string, Value> globals)
    {
        var parseInt = Globals.Function("parseInt", static (frame, _, args) =>
        {
            var text = args.Text(0, frame);
            return Value.From(NumberReader.ParseInt(text, (int)Conversion.ToUInt32(args.At(1), frame)));
        });
        var parseFloat = Globals.Function("parseFloat", static (frame, _, args) => Value.From(NumberReader.ParseFloat(args.Text(0, frame))));
        globals.Add("parseInt", parseInt);
        globals.Add("parseFloat", parseFloat);
        globals.Add("isNaN", Globals.Function("isNaN", static (frame, _, args) => Value.From(double.IsNaN(args.Number(0, frame)))));
        globals.Add("isFinite", Globals.Function("isFinite", static (frame, _, args) => Value.From(double.IsFinite(args.Number(0, frame)))));
        globals.Add("undefined", Value.Undefined);
        globals.Add("NaN", Value.From(double.NaN));
        globals.Add("Infinity", Value.From(double.PositiveInfinity));

        globals.Add("Number", Value.From(new FunctionValue("Number", static (frame, _, args) => Value.From(args.Length == 0 ? 0 : args.Number(0, frame)))
        {
            Members = NumberMembers(parseInt, parseFloat),
        }));
        globals.Add("Boolean", Value.From(new FunctionValue("Boolean", static (_, _, args) => Value.From(args.At(0).IsTruthy))));
        globals.Add("String", Value.From(new FunctionValue("String", static (frame, _, args) => Value.From(args.Length == 0 ? "" : args.Text(0, frame)))
        {
            Members = new Dictionary<string, Value>
            {
                ["fromCharCode"] = Globals.Function("fromCharCode", FromCharCode),
                ["fromCodePoint"] = Globals.Function("fromCodePoint", FromCodePoint),
            }.ToFrozenDictionary(StringComparer.Ordinal),
            LeftOut = Globals.Names("raw"),
        }));
    }

    private static FrozenDictionary<string, Value> NumberMembers(Value parseInt, Value parseFloat)
    {
        static Value Test(string name, Func<double, bool> test) =>
            Globals.Function(name, (_, _, args) => Value.From(args.At(0).IsNumber && test(args.At(0).RawNumber)));

        return new Dictionary<string, Value>
        {
            ["isFinite"] = Test("isFinite", double.IsFinite),
            ["isInteger"] = Test("isInteger", static x => double.IsFinite(x) && Math.Truncate(x) == x),
            ["isNaN"] = Test("isNaN", double.IsNaN),
            ["isSafeInteger"] = Test("isSafeInteger", static x => Math.Truncate(x) == x && Math.Abs(x) <= 9007199254740991),
            ["parseFloat"] = parseFloat,
            ["parseInt"] = parseInt,
            ["MAX_VALUE"] = Value.From(double.MaxValue),
            ["MIN_VALUE"] = Value.From(double.Epsilon),
            ["NaN"] = Value.From(double.NaN),
            ["NEGATIVE_INFINITY"] = Value.From(double.NegativeInfinity),
            ["POSITIVE_INFINITY"] = Value.From(double.PositiveInfinity),
            ["MAX_SAFE_INTEGER"] = Value.From(9007199254740991.0),
            ["MIN_SAFE_INTEGER"] = Value.From(-9007199254740991.0),
            ["EPSILON"] = Value.From(Math.Pow(2, -52)),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Value FromCharCode(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        frame.Budget.Text(args.Length);
        var text = new StringBuilder(args.Length);
        for (var i = 0; i < args.Length; i++)
            text.Append((char)Conversion.ToUInt32(args[i], frame));
        return Value.From(text.ToString());
    }

    private static Value FromCodePoint(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        frame.Budget.Text(args.Length * 2.0);
        var text = new StringBuilder(args.Length);
        for (var i = 0; i < args.Length; i++)
        {
            var code = args.Number(i, frame);
            if (!(code is >= 0 and <= 0x10FFFF) || Math.Truncate(code) != code)
                throw frame.Error(ErrorKind.Range, $"There is no character {NumberText.Of(code)}.");
            if (code > 0xFFFF)
                text.Append(char.ConvertFromUtf32((int)code));
            else
                text.Append((char)code);
        }

        return Value.From(text.ToString());
    }
}
