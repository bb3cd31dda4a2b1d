using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProductionOffice.Server.Import;

/// <summary>Moves every date of a production by whole weeks, so that weekdays, turnarounds and order stay.</summary>
/// <param name="weeks">Weeks to add; may be negative.</param>
/// <param name="zone">The show's zone: local wall clocks stay, offsets follow the new season.</param>
internal sealed partial class WeekShift(int weeks, TimeZoneInfo zone)
{
    public int Weeks => weeks;

    /// <summary>The shift that brings a moment into the week (Monday to Sunday) of another.</summary>
    public static WeekShift Into(DateTimeOffset asOf, DateTimeOffset now, TimeZoneInfo zone)
    {
        var from = Monday(TimeZoneInfo.ConvertTime(asOf, zone));
        var to = Monday(TimeZoneInfo.ConvertTime(now, zone));
        return new WeekShift((to.DayNumber - from.DayNumber) / 7, zone);
    }

    /// <summary>Moves each ISO date and moment in the tree.</summary>
    public void Apply(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var name in o.Select(p => p.Key).ToList())
                {
                    if (Move(o[name]) is { } moved)
                        o[name] = moved;
                    else
                        Apply(o[name]);
                }

                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    if (Move(a[i]) is { } moved)
                        a[i] = moved;
                    else
                        Apply(a[i]);
                }

                break;
        }
    }

    private JsonNode? Move(JsonNode? node)
    {
        if (weeks == 0 || node is not JsonValue value || !value.TryGetValue(out string? text) || !DateText().IsMatch(text))
            return null;

        if (text.Length == 10)
            return DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(7 * weeks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var moment = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var local = moment.DateTime.AddDays(7 * weeks);
        var isOwnZone = zone.GetUtcOffset(moment) == moment.Offset;
        var offset = isOwnZone ? zone.GetUtcOffset(local) : moment.Offset;
        return new DateTimeOffset(local, offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static DateOnly Monday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.DateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$")]
    private static partial Regex DateText();
}
