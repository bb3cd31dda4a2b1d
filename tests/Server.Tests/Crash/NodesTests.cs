using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using ProductionOffice.Server.Tests.Api;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>Two nodes on one PostgreSQL: one is killed, one is stopped for longer than its leases, the database falls over; the paperwork is as if nothing had happened.</summary>
/// <remarks><c>OFFICE_TEST_HIRES=100</c> makes it long.</remarks>
public sealed class NodesTests
{
    private static readonly string[] Steps = ["Checked", "Approve", "Signed", "Countersign"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    [PostgresFact]
    public async Task Whatever_befalls_a_node_or_the_database_nothing_is_lost_and_nothing_doubled()
    {
        var hires = int.Parse(Environment.GetEnvironmentVariable("OFFICE_TEST_HIRES") ?? "6", CultureInfo.InvariantCulture);
        using var cluster = PostgresCluster.Start();
        var shared = Directory.CreateTempSubdirectory("office-shared-").FullName;
        await using var first = new OfficeProcess("--empty", "--db", cluster.Connection, "--shared", shared) { Lease = Lease };
        await using var second = new OfficeProcess("--empty", "--db", cluster.Connection, "--shared", shared) { Lease = Lease };
        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        var load = Enumerable.Range(0, hires).Select(n => Task.Run(() => HireAsync([first, second], n))).ToList();
        await Task.WhenAny([.. load, OneIsAtWorkAsync(cluster)]);
        await first.KillAndRestartAsync();
        second.Signal("STOP");
        await LeasesEndAsync(cluster);
        second.Signal("CONT");
        cluster.CrashAndRestart();
        var answered = (await Task.WhenAll(load).WaitAsync(Patience, TimeProvider.System)).Sum();
        await RestAsync(cluster);

        await using var database = await OpenAsync(cluster);
        (await AskAsync(database, "SELECT count(*) FROM po_instance WHERE definition_id = 'crew-hire'")).ShouldBe(hires);
        (await AskAsync(database, "SELECT count(*) FROM po_work WHERE parked_at IS NOT NULL")).ShouldBe(0);
        (await AskAsync(database, "SELECT count(*) FROM po_outbox WHERE sent_at IS NULL")).ShouldBe(0);
        // A journal without gap: a burst that had been stored twice would repeat a number, and cannot.
        (await AskAsync(database, "SELECT count(*) FROM (SELECT instance_id FROM po_journal GROUP BY instance_id HAVING max(n) + 1 <> count(*)) gaps")).ShouldBe(0);
        (await AskAsync(database, "SELECT count(*) FROM (SELECT instance_id FROM po_journal WHERE event = 'Started' GROUP BY instance_id, activity_instance_id HAVING count(*) > 1) doubled")).ShouldBe(0);
        // Every hire has the two versions of its memo, each once, with its bytes.
        (await AskAsync(database, "SELECT count(*) FROM po_document d JOIN po_document_file f USING (sha256) WHERE encode(sha256(f.bytes), 'hex') = d.sha256")).ShouldBe(hires * 2);
        (await AskAsync(database, "SELECT count(*) FROM po_task WHERE state = 'done'")).ShouldBe(answered);
        // One letter for each effect, however often it was sent.
        var letters = await AskAsync(database, "SELECT count(*) FROM po_message");
        letters.ShouldBe(await AskAsync(database, "SELECT count(*) FROM po_outbox WHERE kind = 'message'"));
        Directory.EnumerateFiles(Path.Combine(shared, "mail"), "*.eml").Count().ShouldBe((int)letters);
        Directory.Delete(shared, recursive: true);
    }

    /// <summary>One hire, each step asked of whichever node answers, again and again with one key; returns how many tasks were answered for.</summary>
    private static async Task<int> HireAsync(OfficeProcess[] nodes, int number)
    {
        var input = new JsonObject
        {
            ["name"] = $"Test Person {number}",
            ["role"] = "Gaffer",
            ["department"] = "ELC",
            ["rateType"] = "weekly",
            ["rate"] = "2650",
            ["startDate"] = "2031-03-03",
            ["endDate"] = "2031-04-04",
        };
        var turn = number;
        var started = await AnswerAsync(c => c.PostJsonAsync("/office/v1/workflows/crew-hire/start", new JsonObject { ["input"] = input.DeepClone() }, key: $"start-{number}"));
        var hire = (string)started["instanceId"]!;
        for (var done = 0; ;)
        {
            await AnswerAsync(c => c.GetJsonAsync($"/office/v1/instances/{hire}?wait=5"));
            var open = (await AnswerAsync(c => c.GetJsonAsync($"/office/v1/tasks?instance={hire}"))).AsArray();
            if (open.Select(t => (Id: (string)t!["id"]!, Outcome: t["outcomes"]!.AsArray().Select(o => (string)o!).FirstOrDefault(Steps.Contains))).FirstOrDefault(t => t.Outcome is not null) is not { Outcome: { } outcome } task)
                continue;

            var answer = await AnswerAsync(c => c.PostJsonAsync($"/office/v1/tasks/{task.Id}", new JsonObject { ["outcome"] = outcome }, key: task.Id));
            ((string)answer["state"]!).ShouldBe("done");
            done++;
            if (outcome == Steps[^1])
                return done;
        }

        async Task<JsonNode> AnswerAsync(Func<HttpClient, Task<Reply>> ask)
        {
            while (true)
            {
                try
                {
                    var answer = await ask(nodes[turn % nodes.Length].Client);
                    if (answer.Status == 200)
                        return answer.Json;

                    // Only what says "try again" may be tried again.
                    answer.Status.ShouldBeOneOf([409, 500, 503], answer.Text);
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or ObjectDisposedException or InvalidOperationException)
                {
                    // That node is gone or stands still: the other one.
                }

                turn++;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private static async Task OneIsAtWorkAsync(PostgresCluster cluster) => await UntilAsync(cluster, "SELECT count(*) FROM po_document", n => n >= 1);

    /// <summary>Whatever the stopped node held is somebody else's by then.</summary>
    private static async Task LeasesEndAsync(PostgresCluster cluster)
    {
        await using var database = await OpenAsync(cluster);
        await using var sleep = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_sleep({Lease.TotalSeconds * 1.5})"), database);
        await sleep.ExecuteNonQueryAsync();
    }

    private static Task RestAsync(PostgresCluster cluster) => UntilAsync(
        cluster,
        "SELECT (SELECT count(*) FROM po_outbox WHERE sent_at IS NULL AND parked_at IS NULL) + (SELECT count(*) FROM po_work WHERE parked_at IS NULL AND due_at <= (extract(epoch FROM now()) * 10000000)::bigint + 621355968000000000)",
        n => n == 0);

    private static async Task UntilAsync(PostgresCluster cluster, string sql, Func<long, bool> isThere)
    {
        await using var database = await OpenAsync(cluster);
        while (!isThere(await AskAsync(database, sql)))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresCluster cluster)
    {
        var connection = new NpgsqlConnection(cluster.Connection + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<long> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
