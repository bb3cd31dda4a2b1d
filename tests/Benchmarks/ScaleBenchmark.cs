using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Benchmarks;

/// <summary>An office with a long past: ready among 100,000 that wait and 10,000 whose timers are overdue, and how it works these off; and the first workflow of an ordinary start.</summary>
internal static class ScaleBenchmark
{
    private const int Waiting = 100_000;
    private const int Overdue = 10_000;
    private const int Starts = 5;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        using (var folder = new TemporaryFolder())
        {
            using (await OfficeServer.StartAsync(folder.Path))
                await AddDefinitionsAsync(folder.Path, heap: false);
            figures.AddRange(await OrdinaryAsync(folder.Path));
        }

        using (var folder = new TemporaryFolder())
        {
            using (await OfficeServer.StartAsync(folder.Path))
                await AddDefinitionsAsync(folder.Path, heap: true);
            figures.AddRange(await HeapAsync(folder.Path));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> OrdinaryAsync(string data)
    {
        var (ready, finished) = (new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            using var server = await OfficeServer.StartAsync(data);
            ready.Add(server.UntilReady.TotalMilliseconds);
            var began = Stopwatch.GetTimestamp();
            await server.LinkAsync();
            await StartAsync(server, "written");
            finished.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return
        [
            new Figure("Process start to ready, with demo", Of(ready), FormattableString.Invariant($"least {ready.Min():0} ms; promised 2 s")),
            new Figure("Ready to first workflow finished", Of(finished), FormattableString.Invariant($"least {finished.Min():0} ms; promised 1 s")),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> HeapAsync(string data)
    {
        using var server = await OfficeServer.StartAsync(data);
        var began = Stopwatch.GetTimestamp();
        await server.LinkAsync();
        var answers = new List<double>();
        for (var left = Overdue; left > 0; left = await LeftAsync(data))
        {
            var asked = Stopwatch.GetTimestamp();
            await StartAsync(server, "written");
            answers.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
        }

        var worked = Stopwatch.GetElapsedTime(began);
        return
        [
            new Figure($"Process start to ready, {Waiting} wait, {Overdue} overdue", Of([server.UntilReady.TotalMilliseconds]), "promised 5 s"),
            new Figure($"{Overdue} overdue timers worked off", Of([worked.TotalMilliseconds]), FormattableString.Invariant($"{Overdue / worked.TotalSeconds:0} a second")),
            new Figure("A person's workflow meanwhile, asked to finished", Of(answers)),
        ];
    }

    private static async Task AddDefinitionsAsync(string data, bool heap)
    {
        await using var database = new SqliteDatabase(Path.Combine(data, "office.db"));
        var runtime = new WorkflowRuntime(new WorkflowStore(database, new Commits(), TimeProvider.System), ActivityRegistry.Standard, TimeProvider.System);
        await runtime.ImportDefinitionAsync(Definitions.Written);
        if (heap)
        {
            await runtime.ImportDefinitionAsync(Definitions.Late);
            await runtime.StartAsync(new StartRequest { DefinitionId = "late", InstanceId = "one" });
            await Heap.AddAsync(database, "one", "wait", Waiting, TimeProvider.System.GetUtcNow().AddYears(1));
            await Heap.AddAsync(database, "one", "overdue", Overdue, TimeProvider.System.GetUtcNow().AddDays(-1));
        }
    }

    private static async Task StartAsync(OfficeServer server, string definition)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/office/v1/workflows/{definition}/start") { Content = JsonContent.Create(new JsonObject()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Access.Token);
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.Contains("Finished", StringComparison.Ordinal))
            throw new InvalidOperationException($"It did not finish: {text}");
    }

    private static async Task<int> LeftAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "office.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM po_work WHERE instance_id LIKE 'overdue-%'";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Sample Of(List<double> times) => new([.. times], TimeSpan.FromMilliseconds(times.Sum()), 0);
}
