using System.Globalization;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>Says moments as the office does: today "09:41", this week "Tue 09:41", else "14 Jul"; in the production's zone.</summary>
/// <param name="zone">The production's time zone.</param>
/// <param name="now">UTC moment the page is made at.</param>
public sealed class Moments(TimeZoneInfo zone, DateTimeOffset now)
{
    private static readonly CultureInfo Words = CultureInfo.GetCultureInfo("en-US");

    /// <summary>UTC moment the page is made at.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The production's time zone.</summary>
    public string Zone => zone.Id;

    /// <summary>Today in the production's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(now).DateTime);

    /// <summary>The moment in the production's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>Short words for lists.</summary>
    public string Brief(DateTimeOffset at)
    {
        var local = Local(at);
        var days = DateOnly.FromDateTime(local.DateTime).DayNumber - Today.DayNumber;
        return days switch
        {
            0 => local.ToString("HH:mm", Words),
            > -7 and < 7 => local.ToString("ddd HH:mm", Words),
            _ when local.Year == Local(now).Year => local.ToString("d MMM", Words),
            _ => local.ToString("d MMM yyyy", Words),
        };
    }

    /// <summary>Day, date, time and zone.</summary>
    public string Full(DateTimeOffset at) => $"{Local(at).ToString("dddd d MMMM yyyy, HH:mm", Words)} ({zone.Id})";

    /// <summary>A day: "today", "Tue 16 Mar", with the year when it is another.</summary>
    public string Day(DateOnly day) => day == Today ? "today" : day.ToString(day.Year == Today.Year ? "ddd d MMM" : "ddd d MMM yyyy", Words);

    /// <summary>How long ago, in one unit: "12 min", "5 h", "3 d".</summary>
    public string Age(DateTimeOffset since) => Span(now - since);

    /// <summary>The first and the last moment of today in the production's zone.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Bounds(DateOnly day) => (Midnight(day), Midnight(day.AddDays(1)));

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } s => $"{(int)s.TotalMinutes} min",
        { TotalDays: < 1 } s => $"{(int)s.TotalHours} h",
        var s => $"{(int)s.TotalDays} d",
    };
}
