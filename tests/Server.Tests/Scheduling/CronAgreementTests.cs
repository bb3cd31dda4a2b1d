using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Scheduling;
using Quartz;

namespace ProductionOffice.Server.Tests.Scheduling;

/// <summary>Running workflows wait by the engine's own reading of a cron expression, published ones start by Quartz's: they must be one.</summary>
public sealed class CronAgreementTests
{
    private static readonly string[] Expressions =
    [
        "30 2 * * *", "30 1 * * *", "0 3 * * *", "15,45 2 * * *", "0/30 * * * *", "*/20 1-3 * * *", "0 */2 * * *", "*/15 30 1,2 * * *", "0 0 1 * *", "0 9 * * MON-FRI", "0 9 * * 1-5",
        "0 9 * * 0", "0 9 * * 7", "0 9 * * 5-7", "0 9 * * */2", "0 9 13 * 5", "0 9 1,15 * *", "0 0 12 ? * WED", "0 0 0 29 2 ?", "59 59 23 31 12 *", "0 10-14/2 * * SUN", "0 0 9 ? JAN-MAR *", "* 1 * * *",
    ];

    public static TheoryData<string, string, string> Changes => new()
    {
        { "America/Los_Angeles", "2027-03-13T00:00:00Z", "spring" },
        { "America/Los_Angeles", "2027-11-06T00:00:00Z", "autumn" },
        { "Europe/Prague", "2027-03-27T00:00:00Z", "spring" },
        { "Europe/Prague", "2027-10-30T00:00:00Z", "autumn" },
        { "Australia/Lord_Howe", "2027-04-03T00:00:00Z", "half an hour" },
        { "Etc/UTC", "2027-12-30T00:00:00Z", "no change" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Engine_and_scheduler_mean_the_same_moments(string zoneId, string from, string why)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        foreach (var cron in Expressions)
        {
            var quartz = new CronExpression(CronText.ForQuartz(cron), zone);
            var (ours, theirs) = (Moments(at => WorkflowSchedule.NextOf(cron, at, zone), from), Moments(at => quartz.GetNextValidTimeAfter(at), from));
            ours.ShouldBe(theirs, $"{cron} in {zoneId}, {why}");
            ours.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData("30 2 * * *", "America/Los_Angeles", "2027-03-14T00:00:00-08:00", "2027-03-14T03:00:00-07:00")]
    [InlineData("30 2 * * *", "Europe/Prague", "2027-03-28T00:00:00+01:00", "2027-03-28T03:00:00+02:00")]
    [InlineData("30 1 * * *", "America/Los_Angeles", "2027-11-07T00:00:00-07:00", "2027-11-07T01:30:00-07:00,2027-11-08T01:30:00-08:00")]
    [InlineData("30 2 * * *", "Europe/Prague", "2027-10-31T00:00:00+02:00", "2027-10-31T02:30:00+02:00,2027-11-01T02:30:00+01:00")]
    [InlineData("0/30 * * * *", "America/Los_Angeles", "2027-11-07T00:59:00-07:00", "2027-11-07T01:00:00-07:00,2027-11-07T01:30:00-07:00,2027-11-07T01:00:00-08:00,2027-11-07T01:30:00-08:00,2027-11-07T02:00:00-08:00")]
    public void A_time_left_out_comes_when_the_clock_has_changed_and_one_repeated_comes_once(string cron, string zoneId, string from, string expected)
    {
        var at = DateTimeOffset.Parse(from, null);
        foreach (var moment in expected.Split(',').Select(m => DateTimeOffset.Parse(m, null)))
        {
            at = WorkflowSchedule.NextOf(cron, at, TimeZoneInfo.FindSystemTimeZoneById(zoneId))!.Value;
            at.ShouldBe(moment);
        }
    }

    private static List<DateTimeOffset> Moments(Func<DateTimeOffset, DateTimeOffset?> next, string from)
    {
        var moments = new List<DateTimeOffset>();
        for (var at = DateTimeOffset.Parse(from, null); moments.Count < 150 && next(at) is { Year: < 2050 } moment; at = moment)
            moments.Add(moment);
        return moments;
    }
}
