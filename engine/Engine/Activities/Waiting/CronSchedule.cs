using System.Globalization;

namespace ProductionOffice.Engine.Activities;

/// <summary>Moments of a cron expression: five fields, or six with seconds first; lists, ranges, steps, names of months and days.</summary>
/// <remarks>
/// The clock on the wall of a time zone counts. A time of day that the spring change leaves out comes when the clock has changed, and one that
/// the autumn change repeats comes the first time only; what repeats within the day (a star, a step or a range in seconds, minutes or hours)
/// goes on through both.
/// </remarks>
internal sealed class CronSchedule
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] _seconds;
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _days;
    private readonly bool[] _months;
    private readonly bool[] _weekdays;
    private readonly bool _anyDay;
    private readonly bool _anyWeekday;
    private readonly bool _repeats;

    private CronSchedule(string[] fields, string text)
    {
        _seconds = Field(fields[0], 0, 59, [], text);
        _minutes = Field(fields[1], 0, 59, [], text);
        _hours = Field(fields[2], 0, 23, [], text);
        _days = Field(fields[3], 1, 31, [], text);
        _months = Field(fields[4], 1, 12, Months, text);
        var weekdays = Field(fields[5], 0, 7, Days, text);
        weekdays[0] |= weekdays[7];
        _weekdays = weekdays;
        _anyDay = fields[3] is "*" or "?";
        _anyWeekday = fields[5] is "*" or "?";
        _repeats = fields.Take(3).Any(f => f.AsSpan().IndexOfAny("*?/-") >= 0);
    }

    /// <exception cref="Incidents.ActivityFaultException">The text is no cron expression.</exception>
    public static CronSchedule Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 5)
            fields = ["0", .. fields];
        if (fields.Length != 6)
            throw new Incidents.ActivityFaultException($"'{text}' is not a CRON expression: it needs five fields, or six with seconds.", "Timer");
        return new CronSchedule(fields, text);
    }

    /// <summary>The first moment after another, UTC; null when there is none within 30 years.</summary>
    /// <param name="after">Any moment.</param>
    /// <param name="zone">Whose clock counts.</param>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var second = new DateTimeOffset(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return _repeats ? NextRepeated(second.AddSeconds(1), zone) : NextTimeOfDay(second, zone);
    }

    /// <summary>Goes along the moments, from one change of the clock to the next.</summary>
    private DateTimeOffset? NextRepeated(DateTimeOffset from, TimeZoneInfo zone)
    {
        while (true)
        {
            var offset = zone.GetUtcOffset(from);
            if (NextOnWall(from.UtcDateTime + offset) is not { } wall)
                return null;

            var candidate = new DateTimeOffset(wall - offset, TimeSpan.Zero);
            if (zone.GetUtcOffset(candidate) == offset)
                return candidate;
            from = NextChange(from, candidate, zone);
            // It stood in the hour that is left out.
            if (wall >= from.UtcDateTime + offset && wall < from.UtcDateTime + zone.GetUtcOffset(from))
                return from;
        }
    }

    /// <summary>Goes along the times on the wall and asks when each is.</summary>
    private DateTimeOffset? NextTimeOfDay(DateTimeOffset after, TimeZoneInfo zone)
    {
        var wall = after.UtcDateTime + zone.GetUtcOffset(after);
        while (NextOnWall(wall.AddSeconds(1)) is { } next)
        {
            if (MomentOf(next, zone) is var moment && moment > after)
                return moment;
            wall = next;
        }

        return null;
    }

    private static DateTimeOffset MomentOf(DateTime wall, TimeZoneInfo zone)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // Clocks change on the minute: the first that exists is when the clock has changed.
            local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0);
            while (zone.IsInvalidTime(local))
                local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc), TimeSpan.Zero);
    }

    /// <summary>The first moment after <paramref name="from"/> at which the offset is another; there is one until <paramref name="until"/>.</summary>
    private static DateTimeOffset NextChange(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(from);
        while (from.AddDays(1) < until && zone.GetUtcOffset(from.AddDays(1)) == offset)
            from = from.AddDays(1);
        var (low, high) = (from.ToUnixTimeSeconds(), Math.Min(from.AddDays(1).ToUnixTimeSeconds(), until.ToUnixTimeSeconds()));
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == offset)
                low = middle;
            else
                high = middle;
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }

    /// <summary>The first time on the wall from another on that is one of these, as if no clock were ever changed.</summary>
    private DateTime? NextOnWall(DateTime at)
    {
        for (var day = at.Date; day < at.Date.AddYears(30); day = day.AddDays(1))
        {
            if (!_months[day.Month])
            {
                day = new DateTime(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month), 0, 0, 0, day.Kind);
                continue;
            }

            if (IsDay(day) && InDay(day == at.Date ? at.TimeOfDay : TimeSpan.Zero) is { } time)
                return day + time;
        }

        return null;
    }

    private bool IsDay(DateTime day)
    {
        var byDay = _days[day.Day];
        var byWeekday = _weekdays[(int)day.DayOfWeek];
        return _anyDay || _anyWeekday ? byDay && byWeekday : byDay || byWeekday;
    }

    private TimeSpan? InDay(TimeSpan from)
    {
        for (var hour = from.Hours; hour < 24; hour++)
        {
            if (!_hours[hour])
                continue;
            for (var minute = hour == from.Hours ? from.Minutes : 0; minute < 60; minute++)
            {
                if (!_minutes[minute])
                    continue;
                for (var second = hour == from.Hours && minute == from.Minutes ? from.Seconds : 0; second < 60; second++)
                {
                    if (_seconds[second])
                        return new TimeSpan(hour, minute, second);
                }
            }
        }

        return null;
    }

    private static bool[] Field(string field, int low, int high, string[] names, string text)
    {
        var marks = new bool[high + 1];
        foreach (var part in field.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var step = slash < 0 ? 1 : Number(part[(slash + 1)..], [], 1, high, text);
            var range = slash < 0 ? part : part[..slash];
            var (from, to) = (low, high);
            if (range is not ("*" or "?"))
            {
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                from = Number(dash < 0 ? range : range[..dash], names, low, high, text);
                to = dash < 0 ? (slash < 0 ? from : high) : Number(range[(dash + 1)..], names, low, high, text);
            }

            for (var i = from; i <= to; i += step)
                marks[i] = true;
        }

        return marks;
    }

    private static int Number(string text, string[] names, int low, int high, string whole)
    {
        var index = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
            return index + (names.Length == 12 ? 1 : 0);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high)
            return number;
        throw new Incidents.ActivityFaultException($"'{text}' in the CRON expression '{whole}' is not a number from {low} to {high}.", "Timer");
    }
}
