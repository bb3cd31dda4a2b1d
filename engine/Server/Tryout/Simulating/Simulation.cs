using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Workflows.Approvals;

namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>Many runs of a workflow at once, on one clock, answered by chance as the plan says. Nothing leaves memory; the same plan gives the same result.</summary>
internal sealed class Simulation
{
    private static readonly TimeSpan LongestAfterLastStart = TimeSpan.FromDays(365);

    private readonly TryoutSetting _setting;
    private readonly SimulationPlan _plan;
    private readonly WorkHours _hours;
    private readonly TryoutStage _stage;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> _next = new();
    private readonly Dictionary<string, OpenWait> _open = new(StringComparer.Ordinal);
    private readonly List<DoneWait> _done = [];
    private readonly Dictionary<string, Course> _courses = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Role, DateOnly Day), int> _answers = [];
    private readonly Dictionary<(int Start, string Activity), int> _draws = [];
    private readonly SampleStarts _starts;
    private int _order;
    private int _starting;

    private Simulation(TryoutSetting setting, SimulationPlan plan)
    {
        (_setting, _plan) = (setting with { Templates = null }, plan);
        var zone = setting.Directory.Production?.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
        _hours = new WorkHours(plan.From, plan.Until, plan.DaysAWeek, zone) { DaysOff = setting.Directory.DaysOff.Select(d => d.Date).ToHashSet() };
        _stage = new TryoutStage(setting.Directory, setting.Registry, _hours.At(plan.FirstDay, TimeOnly.MinValue), null) { Kept = Take };
        _starts = new SampleStarts(setting, plan);
    }

    private delegate Task Action(CancellationToken cancellationToken);

    public static async Task<SimulationResult> RunAsync(TryoutSetting setting, SimulationPlan plan, CancellationToken cancellationToken)
    {
        var simulation = new Simulation(setting, plan);
        await simulation.PlayAsync(cancellationToken);
        return new SimulationReport(setting, plan, simulation._hours).Of([.. simulation._done.Where(d => d.Open.IsCounted)], [.. simulation._courses.Values.Where(c => c.IsRoot)], simulation._stage);
    }

    /// <summary>Finds where runs wait, for whom, and what can be chosen there, by going every way about equally often.</summary>
    public static async Task<IReadOnlyList<SimulationPlace>> FindPlacesAsync(TryoutSetting setting, DateOnly day, CancellationToken cancellationToken)
    {
        var simulation = new Simulation(setting, new SimulationPlan { Starts = 60, Weeks = 1, FirstDay = day, IsEven = true });
        await simulation.PlayAsync(cancellationToken);
        return [.. simulation._done.Select(d => d.Open.Wait).GroupBy(w => w.Bookmark.ActivityId)
            .Select(waits => new SimulationPlace(
                waits.Key, FlowMap.NameOf(setting.Json, waits.Key), [.. waits.CountBy(w => w.Role).OrderByDescending(r => r.Value).Select(r => r.Key)], [.. waits.First().Choices.Select(c => c.Name)]))];
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        await _stage.OpenAsync(_setting.Json, _setting.Others, cancellationToken);
        var last = PlanStarts();
        while (_stage.Now < last + LongestAfterLastStart)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var timer = await _stage.Store.NextDueAsync(_stage.Now, cancellationToken);
            if (_next.TryPeek(out _, out var at) && (timer is null || at.At < timer))
            {
                _stage.Clock.MoveTo(at.At);
                await _next.Dequeue()(cancellationToken);
            }
            else if (timer is { } due && _courses.Values.Any(c => c.EndedAt is null))
            {
                await _stage.PassAsync(due, cancellationToken);
            }
            else
            {
                break;
            }
        }

        foreach (var wait in _open.Values)
            _done.Add(new DoneWait(wait, _stage.Now, IsAnswered: false));
        foreach (var course in _courses.Values.Where(c => c.EndedAt is null))
            course.Trouble = Stuck(course);
    }

    /// <summary>Why a run did not end: nobody is asked, and nothing is due.</summary>
    private string Stuck(Course course)
    {
        var last = _stage.Journal.LastOrDefault(j => j.InstanceId == course.InstanceId && j.Event == "Completed");
        return _stage.Effects.Failed.Find(f => f.Message.InstanceId == course.InstanceId) is { Reason: { } reason }
            ? reason
            : $"It stands still after '{FlowMap.NameOf(_setting.Json, last?.ActivityId ?? "")}': nobody is asked for anything, and nothing is due.";
    }

    private DateTimeOffset PlanStarts()
    {
        var days = Enumerable.Range(0, _plan.Weeks * 7).Select(_plan.FirstDay.AddDays).Where(_hours.IsWorkday).ToList();
        var last = _stage.Now;
        for (var start = 0; start < _plan.Starts; start++)
        {
            var number = start;
            var day = days[(int)((long)start * days.Count / _plan.Starts)];
            var at = _hours.Add(_hours.At(day, _plan.From), Chance.Even(_plan.Seed, start, "start", 0) * _hours.HoursADay * 0.8);
            last = at > last ? at : last;
            Plan(at, cancellationToken => StartAsync(number, day, cancellationToken));
        }

        return last;
    }

    private void Plan(DateTimeOffset at, Action action) => _next.Enqueue(action, (at, _order++));

    private async Task StartAsync(int number, DateOnly day, CancellationToken cancellationToken)
    {
        _starting = number;
        await _stage.StartAsync(_starts.Of(number, day, _stage), cancellationToken);
    }

    private void Take(BurstResult burst)
    {
        var instance = burst.Instance;
        if (!_courses.TryGetValue(instance.Id, out var course))
        {
            var start = instance.ParentInstanceId is { } parent && _courses.TryGetValue(parent, out var above) ? above.Start : _starting;
            _courses[instance.Id] = course = new Course(instance.Id, start, _stage.Now, instance.ParentInstanceId is null && instance.DefinitionId == _starts.DefinitionId);
        }

        foreach (var burned in burst.BookmarksBurned)
            Close(burned, isAnswered: false);
        if (instance.Status == WorkflowStatus.Finished)
        {
            course.EndedAt = _stage.Now;
            if (instance.SubStatus == WorkflowSubStatus.Faulted)
                course.Trouble = InstanceSnapshot.Of(instance).Incidents is [.., var incident] ? incident.Message : "It stopped with an error.";
        }

        foreach (var bookmark in burst.BookmarksCreated)
            Await(bookmark, course);
    }

    private void Await(Bookmark bookmark, Course course)
    {
        if (TryoutWait.Of([bookmark], _stage.Directory) is not [{ IsAsked: true } wait])
            return;

        var n = _draws[(course.Start, bookmark.ActivityId)] = _draws.GetValueOrDefault((course.Start, bookmark.ActivityId)) + 1;
        // Until their first day nobody is waited for.
        _open[bookmark.Id] = new OpenWait(wait, course, _stage.Now, IsCounted: ArrivesAt(wait, course) is null);
        Plan(AnswersAt(wait, course, n), cancellationToken => AnswerAsync(bookmark.Id, n, cancellationToken));
    }

    private DateTimeOffset AnswersAt(TryoutWait wait, Course course, int n)
    {
        if (ArrivesAt(wait, course) is { } arrives)
            return arrives;

        var pace = _plan.PaceOf(wait.Role);
        var at = _hours.Add(_stage.Now, Chance.Hours(pace.MedianHours, _plan.Seed, course.Start, wait.Bookmark.ActivityId, n));
        while (pace.MostADay > 0 && _answers.GetValueOrDefault((wait.Role, _hours.DayOf(at))) >= pace.MostADay)
            at = _hours.NextDay(at);
        _answers[(wait.Role, _hours.DayOf(at))] = _answers.GetValueOrDefault((wait.Role, _hours.DayOf(at))) + 1;
        return at;
    }

    /// <summary>When somebody comes who comes on their first day of work; null when it is not that, or that day has begun.</summary>
    private DateTimeOffset? ArrivesAt(TryoutWait wait, Course course) =>
        wait.Role == "desk" && _starts.FirstDayOfWork(course.Start) is { } day && _hours.At(day, _plan.From) is var arrives && arrives > _stage.Now ? arrives : null;

    private async Task AnswerAsync(string bookmarkId, int n, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(bookmarkId, out var open))
            return;

        var wait = open.Wait;
        var choice = Choose(wait, open.Course.Start, n);
        Close(bookmarkId, isAnswered: true);
        if (wait.Task is not { } task)
        {
            await _stage.ResumeAsync(bookmarkId, wait.Input(choice, _stage.Now), null, cancellationToken);
            return;
        }

        var by = _stage.Directory.Accounts.FirstOrDefault(a => TaskDesk.WhyNot(task, a) is null);
        var needsReason = task.Outcomes.First(o => o.Name == choice).NeedsReason;
        var decision = new TaskDecision(choice, needsReason ? "by chance" : null, by?.Name, by?.PersonId, by?.DisplayName ?? OfficeRoles.Title(task.Role), _stage.Now, null);
        await _stage.ResumeAsync(bookmarkId, decision.ToValue(), by?.Name, cancellationToken);
    }

    private string Choose(TryoutWait wait, int start, int n)
    {
        var left = Chance.Even(_plan.Seed, start, wait.Bookmark.ActivityId + "/choice", n) * 100;
        for (var i = 1; i < wait.Choices.Count; i++)
        {
            var share = _plan.IsEven ? 100 / wait.Choices.Count : _plan.ShareOf(wait.Bookmark.ActivityId, wait.Choices[i].Name);
            if (left < share)
                return wait.Choices[i].Name;
            left -= share;
        }

        return wait.Choices[0].Name;
    }

    private void Close(string bookmarkId, bool isAnswered)
    {
        if (_open.Remove(bookmarkId, out var open))
            _done.Add(new DoneWait(open, _stage.Now, isAnswered));
    }
}

/// <summary>One start and what became of it.</summary>
internal sealed class Course(string instanceId, int start, DateTimeOffset startedAt, bool isRoot)
{
    public string InstanceId => instanceId;

    public int Start => start;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Whether it was started by the simulation, not by another workflow.</summary>
    public bool IsRoot => isRoot;

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it failed or stands still; null when it did neither.</summary>
    public string? Trouble { get; set; }
}

/// <summary>A place where runs wait.</summary>
/// <param name="Roles">Keys of who is asked there, whom it asks most often first: nobody decides on a deal of their own.</param>
/// <param name="Outcomes">What can be chosen.</param>
internal sealed record SimulationPlace(string ActivityId, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Outcomes);

/// <summary>Something that waits.</summary>
/// <param name="IsCounted">False for who comes on their day: that is no waiting.</param>
internal sealed record OpenWait(TryoutWait Wait, Course Course, DateTimeOffset Since, bool IsCounted);

/// <summary>Something that waited.</summary>
internal sealed record DoneWait(OpenWait Open, DateTimeOffset Until, bool IsAnswered)
{
    public TimeSpan Waited => Until - Open.Since;

    public bool IsLate => Open.Wait.Due < Until;
}
