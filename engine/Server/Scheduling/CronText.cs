using System.Globalization;

namespace ProductionOffice.Server.Scheduling;

/// <summary>Spells the engine's cron expressions as Quartz reads them.</summary>
/// <remarks>Quartz wants the seconds, counts days of the week from 1, and a question mark for the day that does not matter. The test holds the two side by side.</remarks>
internal static class CronText
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

    public static string ForQuartz(string cron)
    {
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 5)
            fields = ["0", .. fields];
        if (fields.Length != 6)
            return cron;

        for (var i = 0; i < 3; i++)
            fields[i] = fields[i].Replace('?', '*');
        fields[5] = fields[5] is "*" or "?" ? "?" : string.Join(',', fields[5].Split(',').Select(Weekdays));
        if (fields[5] == "?")
            fields[3] = fields[3] == "?" ? "*" : fields[3];
        else if (fields[3] is "*" or "?")
            fields[3] = "?";
        return string.Join(' ', fields).ToUpperInvariant();
    }

    /// <summary>Ranges and steps as the days they mean: a range over the end of the week, or a step from Sunday, reads differently elsewhere.</summary>
    private static string Weekdays(string part)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var step = slash < 0 ? 1 : int.Parse(part[(slash + 1)..], CultureInfo.InvariantCulture);
        var range = slash < 0 ? part : part[..slash];
        var ends = range.Split('-');
        var (from, to) = range is "*" or "?" ? (0, 6) : (Day(ends[0]), ends.Length > 1 ? Day(ends[1]) : slash < 0 ? Day(ends[0]) : 7);
        var days = new List<string>();
        for (var day = from; day <= to; day += step)
            days.Add(Days[day]);
        return string.Join(',', days.Distinct());
    }

    private static int Day(string text) => Array.FindIndex(Days, d => d.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index : int.Parse(text, CultureInfo.InvariantCulture);
}
