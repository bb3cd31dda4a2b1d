namespace ProductionOffice.Expressions.Formatters;

/// <summary>Short names of the zones film offices of North America write on call sheets.</summary>
internal static class ZoneNames
{
    public static string? Short(TimeZoneInfo zone, TimeSpan offset)
    {
        if (!zone.Id.StartsWith("America/", StringComparison.Ordinal) && !zone.Id.StartsWith("US/", StringComparison.Ordinal) && !zone.Id.StartsWith("Canada/", StringComparison.Ordinal))
            return null;
        var isDaylight = offset != zone.BaseUtcOffset;
        return zone.BaseUtcOffset.TotalHours switch
        {
            -8 => isDaylight ? "PDT" : "PST",
            -7 => isDaylight ? "MDT" : "MST",
            -6 when IsNorthern(zone) => isDaylight ? "CDT" : "CST",
            -5 when IsNorthern(zone) => isDaylight ? "EDT" : "EST",
            -4 when zone.Id is "America/Halifax" => isDaylight ? "ADT" : "AST",
            _ => null,
        };
    }

    // The same offsets hold other zones in Central and South America.
    private static bool IsNorthern(TimeZoneInfo zone) => zone.Id is "America/New_York" or "America/Toronto" or "America/Detroit" or "America/Montreal"
        or "America/Chicago" or "America/Winnipeg" or "America/Regina" or "America/Mexico_City" or "America/Monterrey"
        || zone.Id.StartsWith("US/", StringComparison.Ordinal) || zone.Id.StartsWith("Canada/", StringComparison.Ordinal);
}
