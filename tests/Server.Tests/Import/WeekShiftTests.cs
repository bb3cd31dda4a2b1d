using System.Text.Json.Nodes;
using ProductionOffice.Server.Import;

namespace ProductionOffice.Server.Tests.Import;

public sealed class WeekShiftTests
{
    private static readonly TimeZoneInfo LosAngeles = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
    private static readonly DateTimeOffset AsOf = new(2027, 3, 9, 18, 30, 0, TimeSpan.FromHours(-8));

    [Theory]
    [InlineData("2026-11-22T12:00:00Z", "2026-11-17")]
    [InlineData("2027-03-08T12:00:00Z", "2027-03-09")]
    [InlineData("2027-03-14T23:00:00Z", "2027-03-09")]
    [InlineData("2027-03-15T20:00:00Z", "2027-03-16")]
    [InlineData("2031-01-01T12:00:00Z", "2030-12-31")]
    public void The_described_day_falls_into_the_current_week_on_its_own_weekday(string now, string expected)
    {
        var file = Shift(now, new JsonObject { ["day"] = "2027-03-09" });

        ((string?)file["day"]).ShouldBe(expected);
        DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture).DayOfWeek.ShouldBe(DayOfWeek.Tuesday);
    }

    [Fact]
    public void A_wall_clock_stays_when_the_season_of_the_clocks_changes()
    {
        var file = Shift("2026-07-15T12:00:00Z", new JsonObject { ["call"] = "2027-03-09T07:00:00-08:00", ["flight"] = new JsonArray("2027-03-09T09:00:00-05:00") });

        ((string?)file["call"]).ShouldBe("2026-07-14T07:00:00-07:00");
        ((string?)file["flight"]![0]).ShouldBe("2026-07-14T09:00:00-05:00");
    }

    [Fact]
    public void What_is_no_date_is_left_alone()
    {
        var file = Shift("2026-11-22T12:00:00Z", new JsonObject { ["phone"] = "(818) 555-0199", ["rate"] = 43, ["note"] = "moved from 2027-03-09 to Friday" });

        file.ToJsonString().ShouldBe("""{"phone":"(818) 555-0199","rate":43,"note":"moved from 2027-03-09 to Friday"}""");
    }

    private static JsonObject Shift(string now, JsonObject file)
    {
        WeekShift.Into(AsOf, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), LosAngeles).Apply(file);
        return file;
    }
}
