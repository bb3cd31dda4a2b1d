namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>When an office works, by the clock of a place.</summary>
/// <param name="From">When the day begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="DaysAWeek">From Monday: 5, 6 or 7.</param>
/// <param name="Zone">The place.</param>
internal sealed record WorkHours(TimeOnly From, TimeOnly Until, int DaysAWeek, TimeZoneInfo Zone)
{
    /// <summary>Days on which the office is closed beside weekends.</summary>
    public IReadOnlySet<DateOnly> DaysOff { get; init; } = new HashSet<DateOnly>();

    public double HoursADay => (Until - From).TotalHours;

    /// <summary>The moment so many working hours later.</summary>
    public DateTimeOffset Add(DateTimeOffset at, double hours)
    {
        var local = Open(TimeZoneInfo.ConvertTime(at, Zone).DateTime);
        var left = TimeSpan.FromHours(hours);
        while (true)
        {
            var today = Until - TimeOnly.FromDateTime(local);
            if (left <= today)
                return Moment(local + left);

            left -= today;
            local = Open(local.Date.AddDays(1));
        }
    }

    /// <summary>The same hour on the next working day.</summary>
    public DateTimeOffset NextDay(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        var next = local.Date.AddDays(1);
        while (!IsWorkday(DateOnly.FromDateTime(next)))
            next = next.AddDays(1);
        return Moment(next + local.TimeOfDay);
    }

    public bool IsWorkday(DateOnly day) => ((int)day.DayOfWeek + 6) % 7 < DaysAWeek && !DaysOff.Contains(day);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    public DateTimeOffset At(DateOnly day, TimeOnly time) => Moment(day.ToDateTime(time));

    /// <summary>The same when the office is open then, else the next opening.</summary>
    private DateTime Open(DateTime local)
    {
        var day = local.Date;
        if (IsWorkday(DateOnly.FromDateTime(day)) && TimeOnly.FromDateTime(local) < Until)
            return TimeOnly.FromDateTime(local) < From ? day + From.ToTimeSpan() : local;

        do
            day = day.AddDays(1);
        while (!IsWorkday(DateOnly.FromDateTime(day)));
        return day + From.ToTimeSpan();
    }

    private DateTimeOffset Moment(DateTime local)
    {
        // An hour that a change of clocks leaves out is the one after it.
        var sound = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(sound, Zone.GetUtcOffset(sound)).ToUniversalTime();
    }
}
