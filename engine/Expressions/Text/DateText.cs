using System.Globalization;

namespace ProductionOffice.Expressions.Text;

/// <summary>Dates as JavaScript writes them.</summary>
internal static class DateText
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary><c>toISOString</c></summary>
    public static string Iso(double time)
    {
        var (year, month, day) = DateMath.Split(time);
        var inDay = (long)DateMath.TimeInDay(time);
        var yearText = year is >= 0 and <= 9999
            ? year.ToString("0000", CultureInfo.InvariantCulture)
            : (year < 0 ? "-" : "+") + Math.Abs(year).ToString("000000", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{yearText}-{month + 1:00}-{day:00}T{Clock(inDay)}.{inDay % 1000:000}Z");
    }

    /// <summary><c>String(date)</c> in a zone.</summary>
    public static string Full(double time, TimeZoneInfo zone)
    {
        if (!double.IsFinite(time))
            return "Invalid Date";
        var local = DateMath.ToLocal(time, zone);
        var (year, month, day) = DateMath.Split(local);
        var offset = (long)Math.Abs(local - time) / 60_000;
        var yearText = year < 0 ? "-" + (-year).ToString("0000", CultureInfo.InvariantCulture) : year.ToString("0000", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Days[DateMath.WeekDay(local)]} {Months[month]} {day:00} {yearText} {Clock((long)DateMath.TimeInDay(local))} GMT{(local < time ? '-' : '+')}{offset / 60:00}{offset % 60:00} ({ZoneName(time, zone)})");
    }

    private static string Clock(long inDay) =>
        string.Create(CultureInfo.InvariantCulture, $"{inDay / 3_600_000:00}:{inDay / 60_000 % 60:00}:{inDay / 1000 % 60:00}");

    private static string ZoneName(double time, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc) || zone.Id is "UTC" or "Etc/UTC")
            return "Coordinated Universal Time";
        var moment = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(time, -62135596800000, 253402300799999));
        return zone.IsDaylightSavingTime(moment) ? zone.DaylightName : zone.StandardName;
    }
}
