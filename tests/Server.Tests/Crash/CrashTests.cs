using System.Globalization;
using ProductionOffice.TestKit;
using Xunit.Abstractions;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>The office ends at its crash points and goes on as if nothing had happened: nothing lost, nothing doubled.</summary>
/// <remarks>
/// <c>OFFICE_CRASH_RUNS=all</c>: every point at every hit, each point failing and hanging, 200 random double kills; a number instead of <c>all</c> does that many random pairs only.
/// <c>OFFICE_CRASH_SEED</c> draws the same again, <c>OFFICE_CRASH_PLAN=scene:a:1,b:2</c> makes one run again, <c>OFFICE_CRASH_LOG</c> is followed and gone on from, <c>OFFICE_CRASH_AT_ONCE</c> offices run side by side.
/// </remarks>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int DoubleKills = 200;
    private const int DoubleKillsOfAStart = 20;

    /// <summary>Of a long campaign.</summary>
    private const int AgainEvery = 4;

    private static readonly string? Runs = Environment.GetEnvironmentVariable("OFFICE_CRASH_RUNS");
    private static readonly string? Plan = Environment.GetEnvironmentVariable("OFFICE_CRASH_PLAN");

    /// <summary>The sample of an ordinary test run is the same each time, so that what fails is what was changed; campaigns draw anew.</summary>
    private const int SampleSeed = 20261125;

    private static readonly int Seed = Number("OFFICE_CRASH_SEED") ?? (Runs is null ? SampleSeed : Random.Shared.Next());

    [Fact]
    public Task Ended_at_any_point_of_its_morning_an_office_on_SQLite_loses_and_doubles_nothing() => RunAsync(Scene("morning", isMorning: true, isShared: false), offices: 1);

    [Fact]
    public Task Ended_at_any_point_of_its_first_start_an_office_on_SQLite_opens_whole() => RunAsync(Scene("first-start", isMorning: false, isShared: false), offices: 1);

    [PostgresFact]
    public Task Ended_at_any_point_of_its_morning_a_node_on_PostgreSQL_loses_and_doubles_nothing() => RunAsync(Scene("shared-morning", isMorning: true, isShared: true), offices: 1);

    [PostgresFact]
    public Task Ended_at_any_point_of_its_first_start_a_node_on_PostgreSQL_opens_whole() => RunAsync(Scene("shared-first-start", isMorning: false, isShared: true), offices: 1);

    private async Task RunAsync(CrashScene scene, int offices)
    {
        await using var _ = scene;
        var campaign = new CrashCampaign(scene, Seed, new CrashLog(output)) { AtOnce = Number("OFFICE_CRASH_AT_ONCE") ?? Math.Max(2, Environment.ProcessorCount) };
        var pairs = scene.IsMorning ? DoubleKills : DoubleKillsOfAStart;
        if (Plan is { Length: > 0 })
            await (Plan.StartsWith(scene.Name + ":", StringComparison.Ordinal) ? campaign.OnceAsync(CrashStep.ReadPlan(Plan[(scene.Name.Length + 1)..])) : Task.CompletedTask);
        else if (Runs == "all")
            await campaign.EverythingAsync(pairs);
        else if (Number("OFFICE_CRASH_RUNS") is { } count)
            await campaign.RandomAsync(count);
        else
            await campaign.SampleAsync(offices);
    }

    private static CrashScene Scene(string name, bool isMorning, bool isShared) => new(name, isMorning, isShared) { AgainEvery = Runs is null ? 1 : AgainEvery };

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
