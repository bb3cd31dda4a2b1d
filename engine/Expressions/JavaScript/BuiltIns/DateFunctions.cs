using System.Collections.Frozen;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary><c>new Date(…)</c>, its getters, <c>Date.now/parse/UTC</c>. The zone is the one of the context.</summary>
internal static class DateFunctions
{
    public static void AddTo(Dictionary<string, FunctionValue> table)
    {
        void Add(string name, Native body) => table.Add(name, new FunctionValue(name, body) { IsMethod = true });

        void Both(string part, Func<double, double> read)
        {
            Add("get" + part, (frame, self, _) => Read(DateMath.ToLocal(self.RawNumber, frame.Context.TimeZone), read));
            Add("getUTC" + part, (_, self, _) => Read(self.RawNumber, read));
        }

        Both("Date", static time => DateMath.Split(time).Day);
        Both("Day", static time => DateMath.WeekDay(time));
        Both("FullYear", static time => DateMath.Split(time).Year);
        Both("Hours", static time => Math.Floor(DateMath.TimeInDay(time) / 3_600_000));
        Both("Milliseconds", static time => DateMath.TimeInDay(time) % 1000);
        Both("Minutes", static time => Math.Floor(DateMath.TimeInDay(time) / 60_000) % 60);
        Both("Month", static time => DateMath.Split(time).Month);
        Both("Seconds", static time => Math.Floor(DateMath.TimeInDay(time) / 1000) % 60);
        Add("getYear", static (frame, self, _) => Read(DateMath.ToLocal(self.RawNumber, frame.Context.TimeZone), static time => DateMath.Split(time).Year - 1900));
        Add("getTimezoneOffset", static (frame, self, _) => Read(self.RawNumber, time => (time - DateMath.ToLocal(time, frame.Context.TimeZone)) / 60_000));
        Add("getTime", static (_, self, _) => Value.From(self.RawNumber));
        Add("valueOf", static (_, self, _) => Value.From(self.RawNumber));
        Add("toISOString", static (frame, self, _) => double.IsFinite(self.RawNumber)
            ? Value.From(DateText.Iso(self.RawNumber))
            : throw frame.Error(ErrorKind.Range, "The date is invalid."));
        Add("toJSON", static (_, self, _) => double.IsFinite(self.RawNumber) ? Value.From(DateText.Iso(self.RawNumber)) : Value.Null);
    }

    public static void AddGlobalTo(Dictionary<string, Value> globals) =>
        globals.Add("Date", Value.From(new FunctionValue("Date", static (_, _, _) => default)
        {
            IsForbiddenToCall = true,
            Members = new Dictionary<string, Value>
            {
                ["now"] = Globals.Function("now", static (frame, _, _) => Value.From((double)frame.Context.Now.ToUnixTimeMilliseconds())),
                ["parse"] = Globals.Function("parse", static (frame, _, args) => Value.From(DateReader.Read(args.Text(0, frame), frame.Context.TimeZone))),
                ["UTC"] = Globals.Function("UTC", static (frame, _, args) => Value.From(DateMath.Clip(FromParts(frame, args)))),
            }.ToFrozenDictionary(StringComparer.Ordinal),
        }));

    public static Value Construct(Frame frame, ReadOnlySpan<Value> args)
    {
        if (args.Length == 0)
            return Value.FromDate(frame.Context.Now.ToUnixTimeMilliseconds());
        if (args.Length > 1)
            return Value.FromDate(DateMath.Clip(DateMath.ToUtc(FromParts(frame, args), frame.Context.TimeZone)));
        if (args[0].IsDate)
            return Value.FromDate(args[0].RawNumber);
        var primitive = Conversion.ToPrimitive(args[0], frame, preferText: false);
        return Value.FromDate(primitive.Reference is string text
            ? DateReader.Read(text, frame.Context.TimeZone)
            : DateMath.Clip(Conversion.ToNumber(primitive, frame)));
    }

    private static double FromParts(Frame frame, ReadOnlySpan<Value> args)
    {
        Span<double> parts = [double.NaN, 0, 1, 0, 0, 0, 0];
        for (var i = 0; i < Math.Min(args.Length, 7); i++)
            parts[i] = Conversion.ToNumber(args[i], frame);
        var year = Math.Truncate(parts[0]);
        if (year is >= 0 and <= 99)
            year += 1900;
        return DateMath.MakeDate(DateMath.MakeDay(year, parts[1], parts[2]), DateMath.MakeTime(parts[3], parts[4], parts[5], parts[6]));
    }

    private static Value Read(double time, Func<double, double> read) => Value.From(double.IsFinite(time) ? read(time) : double.NaN);
}
