namespace ProductionOffice.Expressions.Text;

/// <summary>The calendar of ECMAScript on milliseconds since 1970-01-01 UTC; all years are Gregorian.</summary>
internal static class DateMath
{
    public const double DayLength = 86_400_000;
    private const double Largest = 8.64e15;

    public static double Day(double time) => Math.Floor(time / DayLength);

    public static double TimeInDay(double time) => time - (Day(time) * DayLength);

    public static int WeekDay(double time) => (int)(((Day(time) + 4) % 7 + 7) % 7);

    /// <summary>Year, month (0 to 11) and day of month (1 to 31).</summary>
    public static (int Year, int Month, int Day) Split(double time)
    {
        // Days since 0000-03-01, in eras of 400 years.
        var days = (long)Day(time) + 719468;
        var era = (days >= 0 ? days : days - 146096) / 146097;
        var dayOfEra = days - (era * 146097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var month = (int)(shifted < 10 ? shifted + 2 : shifted - 10);
        return ((int)(yearOfEra + (era * 400) + (month <= 1 ? 1 : 0)), month, (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1));
    }

    /// <summary>Day number of a year, a month that may run over, and a day of month that may run over.</summary>
    public static double MakeDay(double year, double month, double day)
    {
        if (!double.IsFinite(year) || !double.IsFinite(month) || !double.IsFinite(day))
            return double.NaN;
        year = Math.Truncate(year) + Math.Floor(Math.Truncate(month) / 12);
        if (Math.Abs(year) > 400_000)
            return double.NaN;
        var inYear = (int)(((Math.Truncate(month) % 12) + 12) % 12);
        var y = (long)year - (inYear <= 1 ? 1 : 0);
        var era = (y >= 0 ? y : y - 399) / 400;
        var yearOfEra = y - (era * 400);
        var shifted = (inYear + 10) % 12;
        var dayOfYear = ((153 * shifted) + 2) / 5;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146097) + dayOfEra - 719468 + Math.Truncate(day) - 1;
    }

    public static double MakeTime(double hour, double minute, double second, double milliseconds) =>
        (Math.Truncate(hour) * 3_600_000) + (Math.Truncate(minute) * 60_000) + (Math.Truncate(second) * 1000) + Math.Truncate(milliseconds);

    public static double MakeDate(double day, double time)
    {
        var made = (day * DayLength) + time;
        return double.IsFinite(made) ? made : double.NaN;
    }

    /// <summary>NaN outside ±100,000,000 days.</summary>
    public static double Clip(double time) => Math.Abs(time) <= Largest ? Math.Truncate(time) + 0.0 : double.NaN;

    public static double ToLocal(double utc, TimeZoneInfo zone) => double.IsFinite(utc) ? utc + Offset(utc, zone) : utc;

    /// <summary>A doubled local time is the earlier one; a skipped one is read with the offset before the gap.</summary>
    public static double ToUtc(double local, TimeZoneInfo zone)
    {
        if (!double.IsFinite(local) || Math.Abs(local) > Largest + DayLength)
            return double.NaN;
        var before = Offset(local - DayLength, zone);
        if (Offset(local - before, zone) == before)
            return local - before;
        var after = Offset(local + DayLength, zone);
        return Offset(local - after, zone) == after ? local - after : local - before;
    }

    /// <summary>Milliseconds the zone is ahead of UTC.</summary>
    public static double Offset(double utc, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc))
            return 0;
        var moment = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(utc, -62135596800000, 253402300799999));
        return zone.GetUtcOffset(moment.UtcDateTime).TotalMilliseconds;
    }
}
