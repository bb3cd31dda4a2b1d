using System.Globalization;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Tests.Board;

public sealed class MomentsTests
{
    private static readonly Moments At = new(TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"), Utc("2027-03-09T18:30:00-08:00"));

    [Theory]
    [InlineData("2027-03-09T09:41:00-08:00", "09:41")]
    [InlineData("2027-03-09T23:59:00-08:00", "23:59")]
    [InlineData("2027-03-08T09:41:00-08:00", "Mon 09:41")]
    [InlineData("2027-03-12T07:00:00-08:00", "Fri 07:00")]
    [InlineData("2027-03-14T07:00:00-07:00", "Sun 07:00")]
    [InlineData("2027-03-02T09:41:00-08:00", "2 Mar")]
    [InlineData("2026-07-14T09:41:00-07:00", "14 Jul 2026")]
    public void A_moment_is_as_short_as_it_can_be_read(string moment, string words) => At.Brief(Utc(moment)).ShouldBe(words);

    [Theory]
    [InlineData("2027-03-09T18:29:40-08:00", "now")]
    [InlineData("2027-03-09T18:18:00-08:00", "12 min")]
    [InlineData("2027-03-09T13:00:00-08:00", "5 h")]
    [InlineData("2027-03-06T13:00:00-08:00", "3 d")]
    public void An_age_has_one_unit(string since, string words) => At.Age(Utc(since)).ShouldBe(words);

    [Fact]
    public void A_day_begins_and_ends_in_the_zone_of_the_production_also_when_clocks_change()
    {
        var (from, until) = At.Bounds(new DateOnly(2027, 3, 14));

        (until - from).ShouldBe(TimeSpan.FromHours(23));
    }

    private static DateTimeOffset Utc(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToUniversalTime();
}
