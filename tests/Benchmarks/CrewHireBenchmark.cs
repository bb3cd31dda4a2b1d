using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Benchmarks;

/// <summary>The shipped crew hire on SQLite from request to executed memo: five bursts by people, two renders, messages, files on disk.</summary>
internal static class CrewHireBenchmark
{
    private const string Person = "C041";
    private const int Warm = 15;
    private const int Count = 25;
    private static readonly string[] Outcomes = ["Checked", "Approve", "Signed", "Countersign"];

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var place = new TemporaryFolder();
        var options = new ServeOptions(place.Path, "http://127.0.0.1:0");
        using var folder = DataFolder.Take(place.Path);
        await using var app = OfficeHost.Build(options, folder, TimeProvider.System);
        await OfficeHost.PrepareAsync(app, options, default);
        var office = new Hands(
            app.Services.GetRequiredService<WorkflowDesk>(), app.Services.GetRequiredService<TaskDesk>(), app.Services.GetRequiredService<OfficeLoop>(),
            app.Services.GetRequiredService<WorkflowRuntime>(), app.Services.GetRequiredService<DirectoryCache>(), app.Services.GetRequiredService<WorkflowStore>());

        await Measure.RunAsync(Warm, i => HireAsync(office, i));
        var rounds = new List<Sample>();
        for (var round = 1; round <= 3; round++)
            rounds.Add(await Measure.RunAsync(Count, i => HireAsync(office, (round * 100) + i)));
        var hires = Measure.Quietest(rounds);
        var (bytes, waiting) = await WaitAsync(office, app.Services.GetRequiredService<OfficeDatabase>(), folder.Database);
        return [new Figure("Crew hire, request to executed and arrived", hires, FormattableString.Invariant($"{hires.PerSecond:0.0} hires/s; 2 memo renders, 4 tasks by people each")),
            new Figure("Crew hire, request to suspended", waiting, FormattableString.Invariant($"{bytes} bytes on disk for one that waits; promised 10,000"))];
    }

    /// <summary>Hires that wait for their first answer, and what one of them takes in the file.</summary>
    private static async Task<(long Bytes, Sample Sample)> WaitAsync(Hands office, OfficeDatabase database, string file)
    {
        const int Many = 200;
        var before = await DurableBurstBenchmark.SizeAsync(database, file);
        var sample = await Measure.RunAsync(Many, async i =>
        {
            await office.Workflows.StartAsync("crew-hire", new JsonObject { ["person"] = Person, ["kitRentalPerWeek"] = 10_000 + i }, office.Directory.Current.Account("head-elc")!, null, default);
            await office.Loop.RunDueAsync(default);
        });
        return ((await DurableBurstBenchmark.SizeAsync(database, file) - before) / Many, sample);
    }

    private sealed record Hands(WorkflowDesk Workflows, TaskDesk Tasks, OfficeLoop Loop, WorkflowRuntime Runtime, DirectoryCache Directory, WorkflowStore Store);

    private static async Task HireAsync(Hands office, int number)
    {
        // Other terms each time: the same memo again would already lie on disk.
        var input = new JsonObject { ["person"] = Person, ["kitRentalPerWeek"] = number };
        var hire = await office.Workflows.StartAsync("crew-hire", input, office.Directory.Current.Account("head-elc")!, null, default);
        await office.Loop.RunDueAsync(default);
        foreach (var outcome in Outcomes)
        {
            var task = (await office.Tasks.ListOpenAsync(hire, includeOffered: false, default)).First(t => TaskDesk.Read(t).Outcomes.Any(o => o.Name == outcome));
            await office.Tasks.DoAsync(task.Id, new TaskAnswer(outcome, null), office.Tasks.FirstAllowed(task)!, null, default);
            await office.Loop.RunDueAsync(default);
        }

        await office.Runtime.SendAsync(new Stimulus { Name = WaitForArrival.Stimulus, Payload = WaitForArrival.Payload(Person) });
        if ((await office.Workflows.FindAsync(hire, default)).SubStatus != WorkflowSubStatus.Finished)
            throw new InvalidOperationException("The hire did not finish.");
    }
}
