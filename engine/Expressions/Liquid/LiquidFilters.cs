using System.Collections.Frozen;
using ProductionOffice.Expressions.Formatters;
using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Liquid;

internal delegate Value LiquidFilter(LiquidRun run, Value input, Value[] arguments);

/// <summary>The filters of Liquid.</summary>
internal static class LiquidFilters
{
    public static readonly FrozenDictionary<string, LiquidFilter> All = new Dictionary<string, LiquidFilter>
    {
        ["abs"] = static (_, x, _) => Value.From(Math.Abs(ToNumber(x))),
        ["append"] = static (run, x, a) => Value.From(run.Print(x) + run.Print(At(a, 0))),
        ["at_least"] = static (_, x, a) => Value.From(Math.Max(ToNumber(x), ToNumber(At(a, 0)))),
        ["at_most"] = static (_, x, a) => Value.From(Math.Min(ToNumber(x), ToNumber(At(a, 0)))),
        ["capitalize"] = static (run, x, _) => Value.From(run.Print(x) is { Length: > 0 } text ? TextCase.Upper(text[..1]) + text[1..] : ""),
        ["ceil"] = static (_, x, _) => Value.From(Math.Ceiling(ToNumber(x))),
        ["compact"] = static (_, x, _) => List(Items(x).Where(item => !item.IsNullish)),
        ["concat"] = static (_, x, a) => List(Items(x).Concat(Items(At(a, 0)))),
        ["date"] = static (run, x, a) => LiquidDates.Format(run, x, a.Length == 0 ? null : run.Print(a[0])),
        ["default"] = static (_, x, a) => x.IsNullish || x == Value.False || TextFormatters.IsBlank(x) ? At(a, 0) : x,
        ["divided_by"] = static (run, x, a) => Divide(ToNumber(x), ToNumber(At(a, 0)), x),
        ["downcase"] = static (run, x, _) => Value.From(TextCase.Lower(run.Print(x))),
        ["escape"] = static (run, x, _) => Value.From(System.Net.WebUtility.HtmlEncode(run.Print(x))),
        ["first"] = static (_, x, _) => LiquidExpression.Member(x, Value.From("first")),
        ["floor"] = static (_, x, _) => Value.From(Math.Floor(ToNumber(x))),
        ["join"] = static (run, x, a) => Value.From(string.Join(a.Length == 0 ? " " : run.Print(a[0]), Items(x).Select(item => run.Print(item)))),
        ["json"] = static (_, x, _) => Value.From(x.ToJson()),
        ["last"] = static (_, x, _) => LiquidExpression.Member(x, Value.From("last")),
        ["lstrip"] = static (run, x, _) => Value.From(NumberReader.TrimStart(run.Print(x)).ToString()),
        ["map"] = static (run, x, a) => List(Items(x).Select(item => LiquidExpression.Member(item, At(a, 0)))),
        ["minus"] = static (_, x, a) => Value.From(ToNumber(x) - ToNumber(At(a, 0))),
        ["modulo"] = static (_, x, a) => Value.From(ToNumber(x) % ToNumber(At(a, 0))),
        ["newline_to_br"] = static (run, x, _) => Value.From(run.Print(x).ReplaceLineEndings("<br />\n")),
        ["plus"] = static (_, x, a) => Value.From(ToNumber(x) + ToNumber(At(a, 0))),
        ["prepend"] = static (run, x, a) => Value.From(run.Print(At(a, 0)) + run.Print(x)),
        ["remove"] = static (run, x, a) => Replace(run, x, At(a, 0), Value.From("")),
        ["remove_first"] = static (run, x, a) => ReplaceFirst(run, x, At(a, 0), ""),
        ["replace_first"] = static (run, x, a) => ReplaceFirst(run, x, At(a, 0), run.Print(At(a, 1))),
        ["replace"] = static (run, x, a) => Replace(run, x, At(a, 0), At(a, 1)),
        ["reverse"] = static (_, x, _) => List(Items(x).Reverse()),
        ["round"] = static (_, x, a) => Value.From(DecimalText.Rounded(ToNumber(x), a.Length == 0 ? 0 : (int)Math.Clamp(ToNumber(a[0]), 0, 15))),
        ["rstrip"] = static (run, x, _) => Value.From(NumberReader.TrimEnd(run.Print(x)).ToString()),
        ["size"] = static (_, x, _) => LiquidExpression.Member(x, Value.From("size")) is { Kind: ValueKind.Number } size ? size : Value.From(0.0),
        ["slice"] = static (run, x, a) => Slice(run, x, ToNumber(At(a, 0)), a.Length > 1 ? ToNumber(a[1]) : 1),
        ["sort"] = static (_, x, a) => List(Items(x).OrderBy(item => a.Length == 0 ? item : LiquidExpression.Member(item, a[0]), Comparer<Value>.Create(TextOrder.Compare))),
        ["split"] = static (run, x, a) => List(run.Print(x).Split(run.Print(At(a, 0))).Select(part => Value.From(part))),
        ["strip"] = static (run, x, _) => Value.From(NumberReader.Trim(run.Print(x)).ToString()),
        ["strip_newlines"] = static (run, x, _) => Value.From(run.Print(x).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)),
        ["sum"] = static (_, x, a) => Value.From(Items(x).Sum(item => ToNumber(a.Length == 0 ? item : LiquidExpression.Member(item, a[0])))),
        ["times"] = static (_, x, a) => Value.From(ToNumber(x) * ToNumber(At(a, 0))),
        ["truncate"] = static (run, x, a) => Truncate(run.Print(x), a.Length == 0 ? 50 : (int)Math.Clamp(ToNumber(a[0]), 0, 1_000_000), a.Length > 1 ? run.Print(a[1]) : "..."),
        ["uniq"] = static (_, x, _) => List(Items(x).Distinct()),
        ["upcase"] = static (run, x, _) => Value.From(TextCase.Upper(run.Print(x))),
        ["url_encode"] = static (run, x, _) => Value.From(Uri.EscapeDataString(run.Print(x)).Replace("%20", "+", StringComparison.Ordinal)),
        ["url_decode"] = static (run, x, _) => Value.From(System.Net.WebUtility.UrlDecode(run.Print(x))),
        ["where"] = static (_, x, a) => List(Items(x).Where(item => a.Length > 1 ? LiquidExpression.Member(item, a[0]) == a[1] : LiquidExpression.Member(item, At(a, 0)).IsTruthy)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A number, or 0 for what is none.</summary>
    public static double ToNumber(Value value)
    {
        var number = value.Kind is ValueKind.Number or ValueKind.String or ValueKind.Date ? Conversion.ToNumber(value, null) : 0;
        return double.IsNaN(number) ? 0 : number;
    }

    private static Value At(Value[] arguments, int index) => index < arguments.Length ? arguments[index] : Value.Undefined;

    private static ListValue Items(Value value) => value.Kind == ValueKind.List ? value.AsList() : value.IsNullish ? new() : new([value]);

    private static Value List(IEnumerable<Value> items) => Value.From(new ListValue(items));

    // Whole numbers divide to whole numbers, as in Liquid, when both are written without a point.
    private static Value Divide(double a, double b, Value input)
    {
        if (b == 0)
            throw new ExpressionException(ErrorKind.Range, $"{input} cannot be divided by 0.");
        return Value.From(Math.Truncate(a) == a && Math.Truncate(b) == b ? Math.Floor(a / b) : a / b);
    }

    private static Value Replace(LiquidRun run, Value input, Value wanted, Value other)
    {
        var text = run.Print(input);
        var old = run.Print(wanted);
        if (old.Length == 0)
            return Value.From(text);
        var by = run.Print(other);
        run.Context.Budget.Text(text.Length + (Math.Max(by.Length - old.Length, 0) * (double)(text.Length / old.Length)));
        return Value.From(text.Replace(old, by, StringComparison.Ordinal));
    }

    private static Value ReplaceFirst(LiquidRun run, Value input, Value wanted, string by)
    {
        var text = run.Print(input);
        var old = run.Print(wanted);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return Value.From(at < 0 ? text : string.Concat(text.AsSpan(0, at), by, text.AsSpan(at + old.Length)));
    }

    private static Value Slice(LiquidRun run, Value input, double from, double length)
    {
        var count = input.Kind == ValueKind.List ? input.AsList().Count : run.Print(input).Length;
        var start = (int)Math.Clamp(from < 0 ? count + from : from, 0, count);
        var size = (int)Math.Clamp(length, 0, count - start);
        return input.Kind == ValueKind.List ? List(input.AsList().Skip(start).Take(size)) : Value.From(run.Print(input).Substring(start, size));
    }

    private static Value Truncate(string text, int length, string end) =>
        Value.From(text.Length <= length ? text : text[..Math.Max(length - end.Length, 0)] + end);
}
