using System.Globalization;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions;

/// <summary>A date, a time of day, or both, as data of templates holds them.</summary>
/// <param name="Local">Date and time in the zone of the render; 0001-01-01 when there is only a time.</param>
/// <param name="HasDate">Whether there is a date.</param>
/// <param name="HasTime">Whether there is a time.</param>
public readonly record struct DateParts(DateTime Local, bool HasDate, bool HasTime)
{
    /// <summary>
    /// Reads a date value, or a text such as <c>2026-03-14</c>, <c>06:30</c>, <c>2026-03-14T06:30</c>; with <c>Z</c> or an offset it is converted
    /// to the context's zone.
    /// </summary>
    public static bool TryRead(Value value, EvaluationContext context, out DateParts parts)
    {
        ArgumentNullException.ThrowIfNull(context);
        parts = default;
        if (value.IsDate)
        {
            var local = DateMath.ToLocal(value.RawNumber, context.TimeZone);
            return TryFromTicks(local, hasTime: true, out parts);
        }

        if (value.Reference is not string text || text.Length is < 4 or > 40)
            return false;
        text = text.Trim();
        if (TryReadTime(text, out var time))
        {
            parts = new(DateTime.MinValue + time, false, true);
            return true;
        }

        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
            return false;
        if (text.Length == 10)
        {
            var isDay = DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            parts = new(day, true, false);
            return isDay;
        }

        if (text[10] is not ('T' or 't' or ' '))
            return false;
        var milliseconds = DateReader.Read(text[..10] + "T" + text[11..].ToUpperInvariant(), context.TimeZone);
        return TryFromTicks(DateMath.ToLocal(milliseconds, context.TimeZone), hasTime: true, out parts);
    }

    /// <summary>The ISO text: <c>2026-03-14</c>, <c>06:30</c> or <c>2026-03-14T06:30</c> (seconds only when there are any).</summary>
    public override string ToString()
    {
        var clock = Local.Second == 0 && Local.Millisecond == 0 ? "HH:mm" : Local.Millisecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fff";
        var pattern = !HasTime ? "yyyy-MM-dd" : !HasDate ? clock : $"yyyy-MM-dd'T'{clock}";
        return Local.ToString(pattern, CultureInfo.InvariantCulture);
    }

    private static bool TryFromTicks(double local, bool hasTime, out DateParts parts)
    {
        parts = default;
        if (!(local >= -62135596800000 && local <= 253402300799999))
            return false;
        parts = new(DateTime.UnixEpoch.AddMilliseconds(local), true, hasTime);
        return true;
    }

    private static bool TryReadTime(string text, out TimeSpan time)
    {
        time = default;
        return text.Length is 4 or 5 or 7 or 8 && text[^3] == ':'
            && TimeSpan.TryParseExact(text, [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out time);
    }
}
