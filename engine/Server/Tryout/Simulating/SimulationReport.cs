using ProductionOffice.Office.People;
using ProductionOffice.Server.Drawings;

namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>Adds up what waited for whom and when things ended.</summary>
internal sealed class SimulationReport(TryoutSetting setting, SimulationPlan plan, WorkHours hours)
{
    public SimulationResult Of(IReadOnlyList<DoneWait> waits, IReadOnlyList<Course> courses, TryoutStage stage)
    {
        var total = TimeSpan.FromTicks(waits.Sum(w => w.Waited.Ticks));
        var late = waits.Where(w => w.IsLate).GroupBy(w => w.Open.Course.Start).ToDictionary(g => g.Key, g => g.Min(w => w.Open.Wait.Due!.Value));
        return new SimulationResult
        {
            Starts = courses.Count,
            Finished = courses.Count(c => c.EndedAt is not null && c.Trouble is null),
            Late = late.Count,
            Documents = stage.Effects.Documents.Count,
            Messages = stage.Effects.Messages.Count,
            Steps = [.. waits.GroupBy(w => (w.Open.Wait.Bookmark.ActivityId, w.Open.Wait.Role)).Select(g => Step(g.Key.ActivityId, g.Key.Role, [.. g], total))
                .OrderByDescending(s => s.Total)],
            Roles = [.. waits.GroupBy(w => w.Open.Wait.Role).Select(g => Role(g.Key, [.. g], total)).OrderByDescending(r => r.Share)],
            Weeks = Weeks(courses, late),
            Troubles = [.. courses.Where(c => c.Trouble is not null).GroupBy(c => c.Trouble!).Select(g => (g.Key, g.Count())).OrderByDescending(t => t.Item2)],
            Whole = Spread.Of(courses.Where(c => c.EndedAt is not null && c.Trouble is null).Select(c => c.EndedAt!.Value - c.StartedAt)),
        };
    }

    /// <summary>A role as the office says it.</summary>
    public static string RoleName(string role) => role switch
    {
        "person" => "The person",
        "desk" => "Arrival at the front desk",
        "outside" => "Others outside the office",
        _ => OfficeRoles.Title(role),
    };

    private StepWaiting Step(string activityId, string role, List<DoneWait> waits, TimeSpan total)
    {
        var sum = TimeSpan.FromTicks(waits.Sum(w => w.Waited.Ticks));
        return new StepWaiting(activityId, FlowMap.NameOf(setting.Json, activityId), RoleName(role), waits.Count, Spread.Of(waits.Select(w => w.Waited)), sum, Part(sum, total), waits.Count(w => w.IsLate), waits.Count(w => !w.IsAnswered));
    }

    private RoleWaiting Role(string role, List<DoneWait> waits, TimeSpan total)
    {
        var queue = Queue(waits);
        return new RoleWaiting(
            role, RoleName(role), waits.Count, Spread.Of(waits.Select(w => w.Waited)), Part(TimeSpan.FromTicks(waits.Sum(w => w.Waited.Ticks)), total), queue.Count == 0 ? 0 : queue.Max(), queue);
    }

    private List<int> Queue(List<DoneWait> waits)
    {
        var changes = new SortedDictionary<DateOnly, int>();
        foreach (var wait in waits)
        {
            var (from, until) = (hours.DayOf(wait.Open.Since), hours.DayOf(wait.Until));
            changes[from] = changes.GetValueOrDefault(from) + 1;
            changes[until] = changes.GetValueOrDefault(until) - 1;
        }

        var (queue, open) = (new List<int>(), 0);
        for (var day = plan.FirstDay; changes.Count > 0 && day <= changes.Keys.Last(); day = day.AddDays(1))
            queue.Add(open += changes.GetValueOrDefault(day));
        return queue;
    }

    private List<WeekCount> Weeks(IReadOnlyList<Course> courses, Dictionary<int, DateTimeOffset> late)
    {
        var weeks = new List<WeekCount>();
        if (courses.Count == 0)
            return weeks;

        var last = courses.Max(c => hours.DayOf(c.EndedAt ?? c.StartedAt));
        var monday = plan.FirstDay.AddDays(-(((int)plan.FirstDay.DayOfWeek + 6) % 7));
        for (; monday <= last; monday = monday.AddDays(7))
        {
            var next = monday.AddDays(7);
            weeks.Add(new WeekCount(
                monday,
                courses.Count(c => IsIn(c.StartedAt)),
                courses.Count(c => c.EndedAt is { } ended && IsIn(ended)),
                courses.Count(c => hours.DayOf(c.StartedAt) < next && (c.EndedAt is not { } ended || hours.DayOf(ended) >= next)),
                late.Values.Count(IsIn)));

            bool IsIn(DateTimeOffset at) => hours.DayOf(at) >= monday && hours.DayOf(at) < next;
        }

        return weeks;
    }

    private static double Part(TimeSpan part, TimeSpan whole) => whole > TimeSpan.Zero ? part / whole : 0;
}
