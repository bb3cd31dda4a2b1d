using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>The methods of numbers and truth values.</summary>
internal static class NumberFunctions
{
    public static void AddTo(Dictionary<string, FunctionValue> table)
    {
        void Add(string name, Native body) => table.Add(name, new FunctionValue(name, body) { IsMethod = true });

        Add("toExponential", static (frame, self, args) =>
        {
            var decimals = args.Integer(0, frame);
            if (!double.IsFinite(self.RawNumber))
                return Value.From(NumberText.Of(self.RawNumber));
            return Value.From(NumberText.Exponential(self.RawNumber, args.At(0).IsUndefined ? null : Within(frame, decimals, 0, "toExponential")));
        });
        Add("toFixed", static (frame, self, args) =>
            Value.From(NumberText.Fixed(self.RawNumber, Within(frame, args.Integer(0, frame), 0, "toFixed"))));
        Add("toPrecision", static (frame, self, args) =>
        {
            if (args.At(0).IsUndefined)
                return Value.From(NumberText.Of(self.RawNumber));
            var count = args.Integer(0, frame);
            return Value.From(double.IsFinite(self.RawNumber)
                ? NumberText.Precision(self.RawNumber, Within(frame, count, 1, "toPrecision"))
                : NumberText.Of(self.RawNumber));
        });
        Add("toString", static (frame, self, args) =>
        {
            var radix = args.At(0).IsUndefined ? 10 : args.Integer(0, frame);
            if (radix is < 2 or > 36)
                throw frame.Error(ErrorKind.Range, "The radix of toString must be between 2 and 36.");
            return Value.From(NumberText.InRadix(self.RawNumber, (int)radix));
        });
        Add("valueOf", static (_, self, _) => self);
    }

    public static void AddBooleanTo(Dictionary<string, FunctionValue> table)
    {
        table.Add("toString", new FunctionValue("toString", static (frame, self, _) => Value.From(Conversion.ToText(self, frame))) { IsMethod = true });
        table.Add("valueOf", new FunctionValue("valueOf", static (_, self, _) => self) { IsMethod = true });
    }

    private static int Within(Frame frame, double count, int from, string name) => count >= from && count <= 100
        ? (int)count
        : throw frame.Error(ErrorKind.Range, $"{name} takes {from} to 100.");
}
