using System.Globalization;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Tryout.Simulating;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>What a simulation came to, in words and as a table.</summary>
internal static class SimulateWords
{
    private static readonly CultureInfo Words = CultureInfo.GetCultureInfo("en-US");

    public static SimulatedView Of(SimulationResult result, SimulationPlan plan, OfficeDirectory directory) => new(
        Summary(result),
        [
            new(Number(result.Starts), "begun", false), new(Number(result.Finished), "ended", false), new(Number(result.Starts - result.Finished), "not ended", false),
            new(Number(result.Late), "answered late at least once", result.Late > 0), new(Span(result.Whole.Median), "half take no longer", false), new(Number(result.Messages), "messages sent", false),
        ],
        [.. result.Steps.Select(s => new StepLine(s.Name, s.Role, s.Count, Span(s.Spread.Median), Span(s.Spread.P90), s.Share, s.Late))],
        [.. result.Roles.Select(r => new RoleLine(r.Name, r.Count, Span(r.Spread.Median), Span(r.Spread.P90), r.Share, r.Longest, r.Queue, plan.FirstDay))],
        [.. result.Weeks.Select(w => new WeekLine(w.Monday, w.Started, w.Finished, w.Open, w.Late))],
        [.. result.Troubles.Select(t => new ProblemView($"{t.Count} of {result.Starts} did not get to an end. {t.Message}", "Try the workflow along that way to see where it stops."))],
        Assumptions(plan, directory));

    /// <summary>Steps, roles and weeks below each other; times in hours.</summary>
    public static IEnumerable<IEnumerable<string>> Rows(SimulationResult result)
    {
        yield return ["Step", "For whom", "Times", "Median hours", "P90 hours", "Total hours", "Share of all waiting", "Answered late"];
        foreach (var s in result.Steps)
            yield return [s.Name, s.Role, Number(s.Count), Hours(s.Spread.Median), Hours(s.Spread.P90), Hours(s.Total), Part(s.Share), Number(s.Late)];
        yield return [];
        yield return ["Who", "Asked", "Median hours", "P90 hours", "Share of all waiting", "Most open at once"];
        foreach (var r in result.Roles)
            yield return [r.Name, Number(r.Count), Hours(r.Spread.Median), Hours(r.Spread.P90), Part(r.Share), Number(r.Longest)];
        yield return [];
        yield return ["Week of", "Begun", "Ended", "Under way at its end", "Became late"];
        foreach (var w in result.Weeks)
            yield return [w.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Number(w.Started), Number(w.Finished), Number(w.Open), Number(w.Late)];
    }

    /// <summary>A span as people say it: "40 min", "5 h", "3 d 4 h".</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "at once",
        { TotalHours: < 1 } => $"{(int)Math.Round(span.TotalMinutes)} min",
        { TotalHours: < 10 } => $"{span.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h",
        { TotalDays: < 1 } => $"{(int)Math.Round(span.TotalHours)} h",
        _ when (int)Math.Round(span.TotalHours) is var hours => hours % 24 == 0 ? $"{hours / 24} d" : $"{hours / 24} d {hours % 24} h",
        _ => "",
    };

    private static string Summary(SimulationResult result)
    {
        if (result.Steps is not [var longest, ..])
            return $"{Number(result.Starts)} were begun, and nothing waited for anybody.";

        var late = result.Steps.Where(s => s.Late > 0).MaxBy(s => s.Late);
        return $"They wait longest at “{longest.Name}” for {Who(longest.Role)}: {(longest.Share * 100).ToString("0", CultureInfo.InvariantCulture)} % of all waiting, half of them {Span(longest.Spread.Median)} or more."
            + (late is null ? " Nothing was answered after it was due." : $" Most often late: “{late.Name}”, {late.Late} of {late.Count} times.");
    }

    private static string Who(string role) => role switch
    {
        "The person" => "the person",
        "Arrival at the front desk" => "somebody to arrive",
        "Others outside the office" => "others outside the office",
        _ => "the " + role,
    };

    private static List<string> Assumptions(SimulationPlan plan, OfficeDirectory directory) =>
    [
        $"{plan.Starts} runs, begun evenly over {plan.Weeks} {(plan.Weeks == 1 ? "week" : "weeks")} from {plan.FirstDay.ToString("ddd d MMM yyyy", Words)}, with the crew of the directory in turn.",
        $"The office works from {plan.From.ToString("H:mm", Words)} to {plan.Until.ToString("H:mm", Words)}, {plan.DaysAWeek} days a week, {directory.Production?.TimeZone ?? "UTC"}; {DaysOff(plan, directory)}.",
        $"Where a first day of work is asked for, it is {plan.LeadDays} days after the start; people arrive on it, and until then nobody waits for them.",
        "Each answer takes a time of its own, by chance around the hours given; it does not depend on how busy the others are, except for “most a day”.",
        "Nobody withdraws. Deal terms are those of the last deal, so what is over budget in the directory is over budget here.",
        "Documents are not made, and web requests are answered at once.",
        "Waiting is counted in hours of the calendar, nights and weekends included.",
    ];

    private static string DaysOff(SimulationPlan plan, OfficeDirectory directory)
    {
        var known = directory.DaysOff.Where(d => d.Date >= plan.FirstDay && d.Date < plan.FirstDay.AddDays(7 * plan.Weeks)).Select(d => $"{d.Date.ToString("ddd d MMM", Words)} ({d.Name})").ToList();
        return known.Count > 0 ? $"closed on {string.Join(", ", known)}"
            : directory.DaysOff.Count > 0 ? "the calendar has no holiday in these weeks" : "the calendar has no holidays";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan span) => span.TotalHours.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Part(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
