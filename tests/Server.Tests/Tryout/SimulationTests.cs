using System.Text.Json;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.Server.Tryout.Simulating;

namespace ProductionOffice.Server.Tests.Tryout;

[Collection(SharedBoardOffice.Name)]
public sealed class SimulationTests(BoardOffice office)
{
    private static readonly SimulationPlan Plan = new() { Starts = 40, Weeks = 3, FirstDay = new DateOnly(2027, 3, 15) };

    [Fact]
    public async Task The_same_plan_gives_the_same_result_and_another_number_other_chances()
    {
        var setting = await office.SettingAsync();

        var first = JsonSerializer.Serialize(await Simulation.RunAsync(setting, Plan, default));
        var second = JsonSerializer.Serialize(await Simulation.RunAsync(setting, Plan, default));
        var other = JsonSerializer.Serialize(await Simulation.RunAsync(setting, Plan with { Seed = 2 }, default));

        second.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public async Task Nobody_answers_on_a_holiday_of_the_demo()
    {
        var setting = await office.SettingAsync();
        var holiday = new DateOnly(2027, 2, 15);

        setting.Directory.DaysOff.Select(d => d.Date).ShouldBe([holiday]);
        using var client = await office.SignInAsync("upm");
        (await client.ReadAsync("/workflows/crew-hire/simulate?run=1&starts=10&weeks=1&first=2027-02-15")).ShouldContain("closed on Mon 15 Feb");
    }

    [Fact]
    public async Task All_that_begin_end_and_what_is_counted_adds_up()
    {
        var result = await Simulation.RunAsync(await office.SettingAsync(), Plan with { Shares = new Dictionary<string, int> { [SimulationPlan.ShareKey("check", "Send back")] = 0 } }, default);

        (result.Starts, result.Finished, result.Troubles.Count).ShouldBe((40, 40, 0));
        result.Weeks.Sum(w => w.Started).ShouldBe(40);
        result.Weeks.Sum(w => w.Finished).ShouldBe(40);
        result.Weeks[^1].Open.ShouldBe(0);
        result.Steps.Sum(s => s.Share).ShouldBe(1, 0.0001);
        result.Roles.Sum(r => r.Count).ShouldBe(result.Steps.Sum(s => s.Count));
        result.Roles.Where(r => r.Queue.Count > 0).Select(r => r.Queue[^1]).ShouldAllBe(open => open == 0);
        result.Steps.Where(s => s.ActivityId == "check").Sum(s => s.Count).ShouldBeInRange(38, 45);
        result.Weeks.Sum(w => w.Late).ShouldBe(result.Late);
    }

    [Fact]
    public async Task Who_answers_slower_is_waited_for_longer_and_a_limit_a_day_makes_a_queue()
    {
        var setting = await office.SettingAsync();
        var usual = await Simulation.RunAsync(setting, Plan, default);

        var slow = await Simulation.RunAsync(setting, Plan with { Paces = new Dictionary<string, RolePace> { ["unitProductionManager"] = new(30, 0) } }, default);
        var limited = await Simulation.RunAsync(setting, Plan with { Paces = new Dictionary<string, RolePace> { ["productionCoordinator"] = new(3, 1) } }, default);

        Of(slow).Spread.Median.ShouldBeGreaterThan(Of(usual).Spread.Median * 3);
        limited.Roles.Single(r => r.Key == "productionCoordinator").Longest.ShouldBeGreaterThan(usual.Roles.Single(r => r.Key == "productionCoordinator").Longest * 2);

        static RoleWaiting Of(SimulationResult result) => result.Roles.Single(r => r.Key == "unitProductionManager");
    }

    [Fact]
    public async Task Shares_decide_what_is_chosen()
    {
        var setting = await office.SettingAsync();

        var refused = await Simulation.RunAsync(setting, Plan with { Shares = new Dictionary<string, int> { [SimulationPlan.ShareKey("approveMemo", "Refuse")] = 100, [SimulationPlan.ShareKey("check", "Send back")] = 0 } }, default);

        refused.Steps.ShouldNotContain(s => s.ActivityId == "signature");
    }

    [Fact]
    public async Task Runs_that_lead_nowhere_are_counted_and_the_place_is_named()
    {
        var setting = await office.SettingAsync();
        var definition = System.Text.Json.Nodes.JsonNode.Parse(setting.Json)!;
        var connections = definition["root"]!["connections"]!.AsArray();
        foreach (var lost in connections.Where(c => (string?)c!["source"]!["activity"] == "approveMemo" && (string?)c["source"]!["port"] == "Refuse").ToList())
            connections.Remove(lost);

        var plan = Plan with { Starts = 5, Shares = new Dictionary<string, int> { [SimulationPlan.ShareKey("approveMemo", "Refuse")] = 100, [SimulationPlan.ShareKey("check", "Send back")] = 0, [SimulationPlan.ShareKey("approveBudget", "Refuse")] = 0, [SimulationPlan.ShareKey("approveBudget", "Send back")] = 0 } };
        var result = await Simulation.RunAsync(setting with { Json = definition.ToJsonString() }, plan, default);

        result.Finished.ShouldBe(0);
        result.Troubles.ShouldBe([("It stands still after 'UPM: may it be sent?': nobody is asked for anything, and nothing is due.", 5)]);
    }

    [Fact]
    public async Task Places_are_found_with_what_can_be_chosen_there()
    {
        var places = await Simulation.FindPlacesAsync(await office.SettingAsync(), new DateOnly(2027, 3, 15), default);

        places.Single(p => p.ActivityId == "signature").Outcomes.ShouldBe(["Signed", "Revision requested", "Declined"]);
        places.Select(p => p.ActivityId).ShouldBe(["check", "approveBudget", "approveMemo", "reviseRequest", "revise", "signature", "countersign", "arrival"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_place_names_whom_it_usually_asks_first_then_who_stands_in()
    {
        var places = await Simulation.FindPlacesAsync(await office.SettingAsync(), new DateOnly(2027, 3, 15), default);

        places.Single(p => p.ActivityId == "countersign").Roles.ShouldBe(["unitProductionManager", "lineProducer"]);
        places.Single(p => p.ActivityId == "check").Roles.ShouldBe(["productionCoordinator", "unitProductionManager"]);
    }
}
