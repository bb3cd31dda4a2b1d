namespace ProductionOffice.Expressions.Tests.JavaScript;

public sealed class TimeZoneTests
{
    private static readonly TimeZoneInfo LosAngeles = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    // Values computed by Node with TZ=America/Los_Angeles.
    [Theory]
    [InlineData("new Date('2026-03-14').getDate()", "13")]
    [InlineData("new Date('2026-03-14T06:30').toISOString()", "2026-03-14T13:30:00.000Z")]
    [InlineData("new Date(2026, 2, 8, 2, 30).toISOString()", "2026-03-08T10:30:00.000Z")]
    [InlineData("new Date(2026, 10, 1, 1, 30).toISOString()", "2026-11-01T08:30:00.000Z")]
    [InlineData("new Date(2026, 0, 15).getTimezoneOffset()", "480")]
    [InlineData("new Date(2026, 6, 15).getTimezoneOffset()", "420")]
    [InlineData("String(new Date(0))", "Wed Dec 31 1969 16:00:00 GMT-0800 (Pacific Standard Time)")]
    [InlineData("Date.parse('3/14/2026 6:30 PM')", "1773538200000")]
    [InlineData("new Date().getHours()", "2")]
    public void Local_times_are_those_of_the_given_zone(string source, string expected) =>
        Run.Expression(source, zone: LosAngeles).ToString().ShouldBe(expected);
}
