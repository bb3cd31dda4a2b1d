using System.Globalization;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Tryout.Simulating;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>The assumptions of a simulation as an address carries them: what is left out is as usual, what cannot be read is named.</summary>
internal sealed class SimulateForm
{
    private const int MostStarts = 500;

    private readonly IQueryCollection _query;
    private readonly Dictionary<string, string> _problems = [];
    private readonly IReadOnlyList<SimulationPlace> _places;

    public SimulateForm(IQueryCollection query, IReadOnlyList<SimulationPlace> places, DateOnly today)
    {
        (_query, _places) = (query, places);
        Plan = Read(NextMonday(today));
    }

    public SimulationPlan Plan { get; }

    public ProblemView? Problem => _problems.Count == 0 ? null : new ProblemView(string.Join(" ", _problems.Values), "What you typed is still here.");

    public IReadOnlyList<FieldView> Basics() =>
    [
        Field("starts", "How many are begun", "number", Plan.Starts),
        Field("weeks", "Over so many weeks", "number", Plan.Weeks),
        new("first", "From", "date", Typed("first") ?? Plan.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), [], null, _problems.GetValueOrDefault("first")),
        Field("lead", "Days from asking to the first day of work", "number", Plan.LeadDays),
        new("from", "The office opens at", "text", Typed("from") ?? Hour(Plan.From), [], null, _problems.GetValueOrDefault("from")),
        new("until", "and closes at", "text", Typed("until") ?? Hour(Plan.Until), [], null, _problems.GetValueOrDefault("until")),
        new("days", "Working days", "choice", Plan.DaysAWeek.ToString(CultureInfo.InvariantCulture), [new("5", "Monday to Friday"), new("6", "Monday to Saturday"), new("7", "every day")]),
        new("seed", "Chances", "number", Typed("seed") ?? Number(Plan.Seed), [], "The same number gives the same result", _problems.GetValueOrDefault("seed")),
    ];

    public IReadOnlyList<PaceView> Paces() => [.. _places.SelectMany(p => p.Roles).Distinct().Select(role =>
    {
        var pace = Plan.PaceOf(role);
        return new PaceView(role, SimulationReport.RoleName(role), Typed("hours." + role) ?? pace.MedianHours.ToString("0.##", CultureInfo.InvariantCulture), Typed("most." + role) ?? (pace.MostADay > 0 ? Number(pace.MostADay) : ""));
    })];

    public IReadOnlyList<DecisionView> Decisions() => [.. _places.Where(p => p.Outcomes.Count > 1).Select(p => new DecisionView(
        p.ActivityId, p.Name, string.Join(", ", p.Roles.Select(SimulationReport.RoleName)), p.Outcomes[0],
        [.. p.Outcomes.Skip(1).Select(o => new ShareView(ShareName(p, o), o, Typed(ShareName(p, o)) ?? Number(Plan.ShareOf(p.ActivityId, o))))]))];

    private SimulationPlan Read(DateOnly first)
    {
        var plan = new SimulationPlan();
        var (from, until) = (Time("from", plan.From), Time("until", plan.Until));
        if (until <= from && _problems.TryAdd("until", "The office must close after it opens."))
            (from, until) = (plan.From, plan.Until);
        return plan with
        {
            Starts = Whole("starts", "How many are begun", plan.Starts, 1, MostStarts),
            Weeks = Whole("weeks", "Weeks", plan.Weeks, 1, 52),
            FirstDay = Day("first", first),
            LeadDays = Whole("lead", "Days to the first day of work", plan.LeadDays, 0, 365),
            From = from,
            Until = until,
            DaysAWeek = Whole("days", "Working days", plan.DaysAWeek, 5, 7),
            Seed = Whole("seed", "Chances", plan.Seed, 0, 1_000_000),
            Paces = _places.SelectMany(p => p.Roles).Distinct().ToDictionary(r => r, Pace),
            Shares = Shares(),
        };
    }

    private RolePace Pace(string role)
    {
        var usual = RolePace.Of(role);
        var name = SimulationReport.RoleName(role);
        var hours = usual.MedianHours;
        if (Typed("hours." + role) is { } text && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out hours) && hours is > 0 and <= 1000))
        {
            _problems["hours." + role] = $"“{text}” is no number of working hours for {name}: write one up to 1000, like 4 or 0.5.";
            hours = usual.MedianHours;
        }

        var most = _query.ContainsKey("most." + role) && Typed("most." + role) is null ? 0 : Whole("most." + role, $"Most a day of {name}", usual.MostADay, 0, 10_000);
        return new RolePace(hours, most);
    }

    private Dictionary<string, int> Shares()
    {
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in _places.Where(p => p.Outcomes.Count > 1))
        {
            var sum = 0;
            foreach (var outcome in place.Outcomes.Skip(1))
                sum += shares[SimulationPlan.ShareKey(place.ActivityId, outcome)] = Whole(ShareName(place, outcome), $"“{outcome}” at '{place.Name}'", SimulationPlan.UsualShare(outcome), 0, 100);
            if (sum > 100)
                _problems["share." + place.ActivityId] = $"The outcomes at '{place.Name}' are {sum} % together: give at most 100.";
        }

        return shares;
    }

    private int Whole(string name, string what, int usual, int least, int most)
    {
        if (Typed(name) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        _problems[name] = $"{what}: “{text}” is no whole number from {least} to {most}.";
        return usual;
    }

    private TimeOnly Time(string name, TimeOnly usual)
    {
        if (Typed(name) is not { } text)
            return usual;
        if (TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;

        _problems[name] = $"“{text}” is no time of day. Write it like 9:00.";
        return usual;
    }

    private DateOnly Day(string name, DateOnly usual)
    {
        if (Typed(name) is not { } text)
            return usual;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && Math.Abs(day.Year - usual.Year) <= 20)
            return day;

        _problems[name] = $"“{text}” is not a date to begin on. Write it as year-month-day.";
        return usual;
    }

    private FieldView Field(string name, string label, string type, int value) => new(name, label, type, Typed(name) ?? Number(value), [], null, _problems.GetValueOrDefault(name));

    private string? Typed(string name) => _query.Text(name) is { Length: > 0 } text ? text : null;

    private static string ShareName(SimulationPlace place, string outcome) => $"share.{place.ActivityId}.{outcome}";

    private static DateOnly NextMonday(DateOnly today) => today.AddDays((8 - (int)today.DayOfWeek) % 7 is var days && days == 0 ? 7 : days);

    private static string Hour(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
