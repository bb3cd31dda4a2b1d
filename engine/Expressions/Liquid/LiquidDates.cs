using System.Globalization;
using System.Text;
using ProductionOffice.Expressions.Formatters;

namespace ProductionOffice.Expressions.Liquid;

/// <summary>The <c>date</c> filter: patterns of strftime, in the zone of the context.</summary>
internal static class LiquidDates
{
    public static Value Format(LiquidRun run, Value input, string? pattern)
    {
        var word = input.Kind == ValueKind.String ? input.AsString() : "";
        if (word is "now" or "today")
            input = Value.From(run.Context.Now);
        if (!DateParts.TryRead(input, run.Context, out var parts) || !parts.HasDate)
            return input;
        return Value.From(pattern is null ? parts.ToString() : Write(parts.Local, pattern, Locale.Of(run.Context.Locale)));
    }

    private static string Write(DateTime local, string pattern, Locale locale)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 >= pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            var isBare = pattern[++i] == '-' && i + 1 < pattern.Length;
            if (isBare)
                i++;
            var part = Part(local, pattern[i], locale);
            text.Append(isBare ? part.TrimStart('0') is { Length: > 0 } bare ? bare : "0" : part);
        }

        return text.ToString();
    }

    private static string Part(DateTime local, char sign, Locale locale) => sign switch
    {
        'Y' => local.Year.ToString("0000", CultureInfo.InvariantCulture),
        'y' => (local.Year % 100).ToString("00", CultureInfo.InvariantCulture),
        'm' => Two(local.Month),
        'd' => Two(local.Day),
        'e' => local.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => Two(local.Hour),
        'I' => Two(local.Hour % 12 == 0 ? 12 : local.Hour % 12),
        'M' => Two(local.Minute),
        'S' => Two(local.Second),
        'L' => local.Millisecond.ToString("000", CultureInfo.InvariantCulture),
        'p' => local.Hour < 12 ? "AM" : "PM",
        'P' => local.Hour < 12 ? "am" : "pm",
        'A' => locale.Days[(int)local.DayOfWeek],
        'a' => locale.ShortDays[(int)local.DayOfWeek],
        'B' => locale.Months[local.Month - 1],
        'b' or 'h' => locale.ShortMonths[local.Month - 1],
        'j' => local.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'u' => (local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'w' => ((int)local.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'F' => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'T' => local.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'R' => local.ToString("HH:mm", CultureInfo.InvariantCulture),
        'D' => local.ToString("MM/dd/yy", CultureInfo.InvariantCulture),
        '%' => "%",
        _ => "%" + sign,
    };

    private static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);
}
