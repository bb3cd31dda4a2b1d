using System.Globalization;
using System.Text;

namespace ProductionOffice.Expressions.Formatters;

/// <summary><c>date time datetime adddays until</c>.</summary>
internal static class DateFormatters
{
    public static Value Date(FormatterCall call) => Show(call, Locale.Of(call.Context.Locale).DatePattern, needsDate: true);

    public static Value Time(FormatterCall call) => Show(call, Locale.Of(call.Context.Locale).TimePattern, needsDate: false);

    public static Value DateTime(FormatterCall call)
    {
        var locale = Locale.Of(call.Context.Locale);
        return Show(call, $"{locale.DatePattern}, {locale.TimePattern}", needsDate: true);
    }

    public static Value AddDays(FormatterCall call)
    {
        var parts = Read(call, call.Input);
        if (!parts.HasDate)
            throw call.Wrong("a date is expected, not a time");
        var days = call.Whole(0, 0, -1_000_000, 1_000_000);
        try
        {
            return Value.From(new DateParts(parts.Local.AddDays(days), true, parts.HasTime).ToString());
        }
        catch (ArgumentOutOfRangeException)
        {
            throw call.Wrong("the date is out of range");
        }
    }

    public static Value Until(FormatterCall call)
    {
        if (call.Argument(0).IsNullish)
            return Value.Null;
        var from = Read(call, call.Input);
        var to = Read(call, call.Argument(0));
        return Value.From((to.Local.Date - from.Local.Date).TotalDays);
    }

    private static DateParts Read(FormatterCall call, Value value) => DateParts.TryRead(value, call.Context, out var parts)
        ? parts
        : throw call.Wrong($"a date such as 2026-03-14 is expected, not {NumberFormatters.Describe(value)}");

    private static Value Show(FormatterCall call, string pattern, bool needsDate)
    {
        if (call.Input.Kind == ValueKind.String && call.Input.AsString().Length == 0)
            return call.Input;
        pattern = call.Text(0, pattern);
        var parts = Read(call, call.Input);
        if (needsDate && !parts.HasDate)
            throw call.Wrong("a date is expected, not a time");
        return Value.From(Write(pattern, parts.Local, Locale.Of(call.Context.Locale), call.Context));
    }

    private static string Write(string pattern, DateTime local, Locale locale, EvaluationContext context)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var sign = pattern[i];
            if (sign == '\'')
            {
                i = CopyQuoted(pattern, i, text);
                continue;
            }

            var count = 1;
            while (i + count < pattern.Length && pattern[i + count] == sign)
                count++;
            if (sign == 'd' && count == 1 && i + 1 < pattern.Length && pattern[i + 1] == 'o' && !(i + 2 < pattern.Length && char.IsAsciiLetter(pattern[i + 2])))
            {
                text.Append(local.Day).Append(NumberFormatters.OrdinalSuffix(locale, local.Day));
                i += 2;
                continue;
            }

            if (Part(sign, count, local, locale, context) is { } part)
                text.Append(part);
            else
                text.Append(sign, count);
            i += count;
        }

        return text.ToString();
    }

    // Two quotes are one quote; a missing closing quote ends with the pattern.
    private static int CopyQuoted(string pattern, int open, StringBuilder text)
    {
        var i = open + 1;
        if (i < pattern.Length && pattern[i] == '\'')
        {
            text.Append('\'');
            return i + 1;
        }

        for (; i < pattern.Length; i++)
        {
            if (pattern[i] != '\'')
            {
                text.Append(pattern[i]);
                continue;
            }

            if (i + 1 >= pattern.Length || pattern[i + 1] != '\'')
                return i + 1;
            text.Append('\'');
            i++;
        }

        return i;
    }

    private static string? Part(char sign, int count, DateTime local, Locale locale, EvaluationContext context) => (sign, count) switch
    {
        ('y', 4) => local.Year.ToString("0000", CultureInfo.InvariantCulture),
        ('y', 2) => (local.Year % 100).ToString("00", CultureInfo.InvariantCulture),
        ('M', 4) => locale.Months[local.Month - 1],
        ('M', 3) => locale.ShortMonths[local.Month - 1],
        ('M', 1 or 2) => Digits(local.Month, count),
        ('d', 4) => locale.Days[(int)local.DayOfWeek],
        ('d', 3) => locale.ShortDays[(int)local.DayOfWeek],
        ('d', 1 or 2) => Digits(local.Day, count),
        ('H', 1 or 2) => Digits(local.Hour, count),
        ('h', 1 or 2) => Digits(local.Hour % 12 == 0 ? 12 : local.Hour % 12, count),
        ('m', 1 or 2) => Digits(local.Minute, count),
        ('s', 1 or 2) => Digits(local.Second, count),
        ('a', 1) => local.Hour < 12 ? locale.Am : locale.Pm,
        ('z', 3) => ZoneText(local, context),
        _ => null,
    };

    private static string Digits(int number, int count) => number.ToString(count == 2 ? "00" : "0", CultureInfo.InvariantCulture);

    private static string ZoneText(DateTime local, EvaluationContext context)
    {
        if (context.TimeZone.BaseUtcOffset == TimeSpan.Zero && !context.TimeZone.SupportsDaylightSavingTime)
            return "UTC";
        var utc = Text.DateMath.ToUtc((local - System.DateTime.UnixEpoch).TotalMilliseconds, context.TimeZone);
        var offset = TimeSpan.FromMilliseconds(Text.DateMath.Offset(utc, context.TimeZone));
        return ZoneNames.Short(context.TimeZone, offset)
            ?? string.Create(CultureInfo.InvariantCulture, $"GMT{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}");
    }
}
