using System.Globalization;

namespace ProductionOffice.Engine.Activities;

/// <summary>Moments of a cron expression: five fields, or six with seconds first; lists, ranges, steps, names of months and days.</summary>
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
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = after.UtcDateTime;
        var at = new DateTime(start.Year, start.Month, start.Day, start.Hour, start.Minute, start.Second, DateTimeKind.Utc).AddSeconds(1);
        for (var day = at.Date; day < at.Date.AddYears(30); day = day.AddDays(1))
        {
            if (!_months[day.Month])
            {
                day = new DateTime(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month), 0, 0, 0, DateTimeKind.Utc);
                continue;
            }

            if (IsDay(day) && InDay(day, day == at.Date ? at.TimeOfDay : TimeSpan.Zero) is { } time)
                return new DateTimeOffset(day + time, TimeSpan.Zero);
        }

        return null;
    }

    private bool IsDay(DateTime day)
    {
        var byDay = _days[day.Day];
        var byWeekday = _weekdays[(int)day.DayOfWeek];
        return _anyDay || _anyWeekday ? byDay && byWeekday : byDay || byWeekday;
    }

    private TimeSpan? InDay(DateTime day, TimeSpan from)
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
