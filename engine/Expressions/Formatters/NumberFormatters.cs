using ProductionOffice.Expressions.JavaScript;

namespace ProductionOffice.Expressions.Formatters;

/// <summary><c>number money percent words ordinal plural round</c>.</summary>
internal static class NumberFormatters
{
    public static Value Number(FormatterCall call) => OnNumber(call, number =>
    {
        var decimals = call.Whole(0, -1, 0, 20);
        var (negative, whole, fraction) = DecimalText.Round(number, decimals < 0 ? 3 : decimals);
        return (negative ? "-" : "") + DecimalText.Show(Locale.Of(call.Context.Locale), whole, decimals < 0 ? fraction : fraction.PadRight(decimals, '0'));
    });

    public static Value Money(FormatterCall call) => OnNumber(call, number =>
    {
        var locale = Locale.Of(call.Context.Locale);
        var code = call.Text(0, call.Context.Currency ?? locale.Currency).ToUpperInvariant();
        if (code.Length != 3 || !code.All(char.IsAsciiLetter))
            throw call.Wrong("a currency code of three letters is expected, such as \"EUR\"");
        var decimals = code is "JPY" or "KRW" or "CLP" or "ISK" or "VND" ? 0 : 2;
        var (negative, whole, fraction) = DecimalText.Round(number, decimals);
        var amount = DecimalText.Show(locale, whole, fraction.PadRight(decimals, '0'));
        var sign = locale.CurrencySigns.GetValueOrDefault(code, code);
        var minus = negative ? "-" : "";
        if (!locale.CurrencyFirst)
            return $"{minus}{amount}\u00A0{sign}";
        return char.IsAsciiLetter(sign[^1]) ? $"{minus}{sign}\u00A0{amount}" : minus + sign + amount;
    });

    public static Value Percent(FormatterCall call) => OnNumber(call, number =>
    {
        var locale = Locale.Of(call.Context.Locale);
        var decimals = call.Whole(0, 0, 0, 20);
        var (negative, whole, fraction) = DecimalText.Round(number, decimals, shift: 2);
        return (negative ? "-" : "") + DecimalText.Show(locale, whole, fraction.PadRight(decimals, '0')) + locale.Percent;
    });

    public static Value Words(FormatterCall call) => OnNumber(call, number =>
        NumberWords.Of(DecimalText.Rounded(number, 2), Locale.Of(call.Context.Locale).Language, call));

    public static Value Ordinal(FormatterCall call) => OnNumber(call, number =>
    {
        var locale = Locale.Of(call.Context.Locale);
        if (Math.Truncate(number) != number)
            throw call.Wrong("a whole number is expected");
        var (negative, whole, _) = DecimalText.Round(number, 0);
        return (negative ? "-" : "") + DecimalText.Show(locale, whole, "") + OrdinalSuffix(locale, Math.Abs(number));
    });

    public static Value Plural(FormatterCall call) => OnNumber(call, number =>
    {
        var locale = Locale.Of(call.Context.Locale);
        var isOne = locale.Language == "fr" ? Math.Abs(number) < 2 : Math.Abs(number) == 1;
        var one = call.Text(0, "");
        var (negative, whole, fraction) = DecimalText.Round(number, 3);
        return $"{(negative ? "-" : "")}{DecimalText.Show(locale, whole, fraction)} {(isOne ? one : call.Text(1, one + "s"))}";
    });

    public static Value Round(FormatterCall call)
    {
        var number = ToNumber(call);
        return Value.From(DecimalText.Rounded(number, call.Whole(0, 0, 0, 20)));
    }

    /// <summary>The input as a number; texts that are numbers count.</summary>
    public static double ToNumber(FormatterCall call)
    {
        var input = call.Input;
        if (input.Kind is ValueKind.Number)
            return input.AsNumber();
        if (input.Kind == ValueKind.Boolean || (input.Kind == ValueKind.String && input.AsString().Trim().Length > 0))
        {
            var number = Conversion.ToNumber(input, null);
            if (!double.IsNaN(number))
                return number;
        }

        throw call.Wrong($"a number is expected, not {Describe(input)}");
    }

    public static string Describe(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString() is { Length: <= 40 } text ? $"“{text}”" : "a long text",
        ValueKind.List => "a list",
        ValueKind.Object => "an object",
        ValueKind.Date => "a date",
        _ => value.ToString(),
    };

    public static string OrdinalSuffix(Locale locale, double number) => locale.Language switch
    {
        "fr" => number == 1 ? "er" : "e",
        "es" => ".º",
        "it" => "º",
        "de" => ".",
        _ => (number % 100) is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" },
    };

    private static Value OnNumber(FormatterCall call, Func<double, string> show)
    {
        if (call.Input.Kind == ValueKind.String && call.Input.AsString().Length == 0)
            return call.Input;
        var number = ToNumber(call);
        return Value.From(double.IsFinite(number) ? show(number) : call.Input.ToString());
    }
}
