using System.Globalization;
using ProductionOffice.Server.Tryout.Simulating;

namespace ProductionOffice.Server.Tests.Tryout;

public sealed class WorkHoursTests
{
    private static readonly WorkHours Hours = new(new TimeOnly(9, 0), new TimeOnly(19, 0), 5, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"));

    [Theory]
    [InlineData("2027-03-01T10:00", 2, "2027-03-01T12:00")]
    [InlineData("2027-03-01T18:00", 2, "2027-03-02T10:00")]
    [InlineData("2027-03-01T06:00", 0, "2027-03-01T09:00")]
    [InlineData("2027-03-05T18:30", 1, "2027-03-08T09:30")]
    [InlineData("2027-03-06T12:00", 3, "2027-03-08T12:00")]
    [InlineData("2027-03-01T09:00", 10, "2027-03-01T19:00")]
    [InlineData("2027-03-01T09:00", 45, "2027-03-05T14:00")]
    // The clocks change in the night to Sunday: nothing is lost, nothing is won.
    [InlineData("2027-03-12T18:00", 2, "2027-03-15T10:00")]
    public void Hours_are_counted_while_the_office_is_open(string from, double hours, string expected) =>
        Local(Hours.Add(Moment(from), hours)).ShouldBe(expected);

    [Fact]
    public void Holidays_of_the_calendar_are_no_working_days()
    {
        var hours = Hours with { DaysOff = new HashSet<DateOnly> { new(2027, 3, 2), new(2027, 3, 8) } };

        Local(hours.Add(Moment("2027-03-01T18:00"), 2)).ShouldBe("2027-03-03T10:00");
        Local(hours.Add(Moment("2027-03-05T18:30"), 1)).ShouldBe("2027-03-09T09:30");
        Local(hours.NextDay(Moment("2027-03-05T15:20"))).ShouldBe("2027-03-09T15:20");
    }

    [Fact]
    public void The_next_working_day_keeps_the_hour() => Local(Hours.NextDay(Moment("2027-03-12T15:20"))).ShouldBe("2027-03-15T15:20");

    [Fact]
    public void Half_of_the_draws_are_below_the_median_and_one_in_ten_beyond_three_times_it()
    {
        var draws = Enumerable.Range(0, 20_000).Select(i => Chance.Hours(4, 7, i, "check", 1)).ToList();

        draws.Count(d => d < 4).ShouldBeInRange(9_700, 10_300);
        draws.Count(d => d > 12).ShouldBeInRange(1_850, 2_150);
    }

    private static DateTimeOffset Moment(string local)
    {
        var time = DateTime.Parse(local, CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, Hours.Zone.GetUtcOffset(time));
    }

    private static string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Hours.Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
