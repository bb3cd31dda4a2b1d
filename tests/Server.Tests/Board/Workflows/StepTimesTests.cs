using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Board.Workflows;

[Collection(SharedBoardOffice.Name)]
public sealed class StepTimesTests(BoardOffice office)
{
    private static readonly DateTimeOffset Monday = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_usual_time_is_that_of_the_run_in_the_middle_and_the_slowest_step_by_the_same_rule()
    {
        await AddAsync("timed", [(2, 1), (30, 20), (900, 4)]);
        await using var context = await office.Store.ReadAsync(CancellationToken.None);

        (await StepTimes.OfRunsAsync(context, "timed", CancellationToken.None)).ShouldBe(TimeSpan.FromHours(30));
        (await StepTimes.SlowestAsync(context, "timed", CancellationToken.None)).ShouldBe(("slow", TimeSpan.FromHours(4)));
    }

    [Fact]
    public async Task Figures_are_worked_out_anew_after_a_minute()
    {
        var clock = new FakeClock("2027-03-09T09:00:00Z");
        var times = new StepTimes(clock);
        await using var context = await office.Store.ReadAsync(CancellationToken.None);
        await AddAsync("aging", [(10, 1)]);
        var first = await times.OfAsync(context, "aging", CancellationToken.None);
        await AddAsync("aging", [(20, 1), (30, 1)]);

        clock.Advance(TimeSpan.FromSeconds(59));
        (await times.OfAsync(context, "aging", CancellationToken.None)).ShouldBe(first);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await times.OfAsync(context, "aging", CancellationToken.None)).Usual.ShouldBe(TimeSpan.FromHours(20));
    }

    [Fact]
    public async Task Nothing_is_said_of_what_never_ran()
    {
        await using var context = await office.Store.ReadAsync(CancellationToken.None);

        (await StepTimes.OfRunsAsync(context, "never", CancellationToken.None)).ShouldBeNull();
        (await StepTimes.SlowestAsync(context, "never", CancellationToken.None)).ShouldBeNull();
    }

    /// <summary>Ended runs, each with the hours it took in all and in its slow step; the quick one takes a minute.</summary>
    private Task AddAsync(string definition, (int Hours, int Slow)[] runs) => office.Store.WriteAsync(context =>
    {
        foreach (var (hours, slow) in runs)
        {
            var id = $"{definition}-{hours}";
            context.Instances.Add(new WorkflowInstance(
                id, definition, definition + "-v1", 1, 1, WorkflowStatus.Finished, WorkflowSubStatus.Finished, null, null, null, 0, "{}", Monday, Monday.AddHours(hours), Monday.AddHours(hours)));
            context.Journal.AddRange(
                Entry(id, 0, "Started", "root", "Elsa.Workflow", Monday), Entry(id, 1, "Started", "quick", "Office.Notify", Monday), Entry(id, 2, "Completed", "quick", "Office.Notify", Monday.AddMinutes(1)),
                Entry(id, 3, "Started", "slow", "Office.RequestApproval", Monday), Entry(id, 4, "Completed", "slow", "Office.RequestApproval", Monday.AddHours(slow)),
                Entry(id, 5, "Completed", "root", "Elsa.Workflow", Monday.AddHours(hours)));
        }

        return Task.CompletedTask;
    }, CancellationToken.None);

    private static JournalEntry Entry(string instance, int number, string name, string activity, string type, DateTimeOffset at) => new(instance, number, name, activity, activity, activity, type, at);
}
