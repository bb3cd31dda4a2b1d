using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace ProductionOffice.Benchmarks;

/// <summary>Elsa's API over loopback, as Elsa Studio asks it, in an office with 200 definitions and 20,000 instances; processor time is the server's.</summary>
internal static class ElsaApiBenchmark
{
    private const string Root = "/elsa/api";
    private const int Definitions = 200;
    private const int Instances = 20_000;
    private const int Journals = 1_000;
    private const int Warm = 40;
    private const int Count = 200;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TemporaryFolder();
        string instance;
        using (var first = await OfficeServer.StartAsync(folder.Path))
        {
            Authorize(first);
            instance = await HireAsync(first);
        }

        Fill(Path.Combine(folder.Path, "office.db"), instance);
        using var server = await OfficeServer.StartAsync(folder.Path);
        Authorize(server);
        var copy = $"copy{Journals / 2}";
        var drawn = (JsonObject)JsonNode.Parse(await server.Http.GetStringAsync($"{Root}/workflow-definitions/by-definition-id/hire-copy-7"))!;
        var nodes = drawn["root"]!["activities"]!.AsArray().Select(a => a!["nodeId"]!.DeepClone()).ToArray();
        var figures = new List<Figure>();
        foreach (var path in (string[])
        [
            "/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderDirection=Ascending", "/workflow-definitions?versionOptions=Latest&Page=0&PageSize=200", "/workflow-definitions?versionOptions=Latest&SearchTerm=copy-19&OrderBy=Name",
            "/workflow-definitions/by-definition-id/hire-copy-7?versionOptions=Latest", "/workflow-definitions/by-id/hire-copy-7-v1", "/descriptors/activities?Refresh=True", "/descriptors/expression-descriptors",
            $"/workflow-instances/{copy}", $"/workflow-instances/{copy}/execution-state", $"/workflow-instances/{copy}/variables", $"/activity-execution-summaries/list?WorkflowInstanceId={copy}",
        ])
            figures.Add(await MeasureAsync(server, "GET", path, null));
        foreach (var filter in (string[])
        [
            """{"page":0,"pageSize":10,"orderDirection":"Descending"}""", """{"page":1500,"pageSize":10}""", """{"page":0,"pageSize":10,"status":"Running"}""", """{"page":0,"pageSize":10,"definitionIds":["hire-copy-7"]}""",
            """{"page":0,"pageSize":10,"searchTerm":"19999"}""",
        ])
            figures.Add(await MeasureAsync(server, "POST", "/workflow-instances", filter));
        figures.Add(await MeasureAsync(server, "POST", $"/workflow-instances/{copy}/journal?skip=0&take=110", """{"filter":{"excludedActivityTypes":["Elsa.Workflow","Elsa.Flowchart"]}}"""));
        figures.Add(await MeasureAsync(server, "POST", "/activity-executions/report", new JsonObject { ["workflowInstanceId"] = copy, ["activityNodeIds"] = new JsonArray(nodes) }.ToJsonString()));
        figures.Add(await SaveAsync(server, drawn));
        return figures;
    }

    private static async Task<Figure> MeasureAsync(OfficeServer server, string method, string path, string? body)
    {
        var size = 0;
        for (var i = 0; i < Warm; i++)
            size = await SendAsync(server, method, path, body);
        var cpu = server.Cpu;
        var sample = await Measure.RunAsync(Count, _ => SendAsync(server, method, path, body));
        return new Figure($"{method} {path} {(body is { Length: < 100 } ? body : "")}".TrimEnd(), sample with { Cpu = (server.Cpu - cpu).TotalMilliseconds, Allocated = null }, FormattableString.Invariant($"{size:N0} bytes"));
    }

    /// <summary>One person draws: each save changes something and names the revision of the last.</summary>
    private static async Task<Figure> SaveAsync(OfficeServer server, JsonObject drawn)
    {
        var model = drawn;
        async Task OneAsync(int i)
        {
            model["root"]!["activities"]![0]!["metadata"] = new JsonObject { ["displayText"] = $"Step {i}" };
            using var content = new StringContent(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await server.Http.PostAsync(Root + "/workflow-definitions", content);
            answer.EnsureSuccessStatusCode();
            model = (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["workflowDefinition"]!.DeepClone();
        }

        for (var i = 0; i < Warm; i++)
            await OneAsync(-i);
        var cpu = server.Cpu;
        var sample = await Measure.RunAsync(Count, OneAsync);
        return new Figure("POST /workflow-definitions (autosave)", sample with { Cpu = (server.Cpu - cpu).TotalMilliseconds, Allocated = null }, "the client's reading and writing of JSON counts");
    }

    private static async Task<int> SendAsync(OfficeServer server, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Root + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private static void Authorize(OfficeServer server) => server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Access.Token);

    /// <summary>A hire in flight.</summary>
    private static async Task<string> HireAsync(OfficeServer server)
    {
        var instances = JsonNode.Parse(await server.Http.GetStringAsync("/office/v1/instances"))!.AsArray();
        return (string)instances.First(i => ((string?)i!["name"])?.StartsWith("Hire ", StringComparison.Ordinal) == true)!["id"]!;
    }

    /// <summary>Copies the hire's definition and the hire itself, with journals for some.</summary>
    private static void Fill(string database, string instance)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Run($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Definitions})
            INSERT INTO po_definition (version_id, definition_id, version, is_latest, is_published, name, json, created_at)
            SELECT 'hire-copy-' || i || '-v1', 'hire-copy-' || i, 1, 1, i % 2, 'Hire copy ' || i, replace(json, '"crew-hire', '"hire-copy-' || i), created_at + i FROM po_definition, n WHERE definition_id = 'crew-hire' AND is_latest
            """);
        Run($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Instances})
            INSERT INTO po_instance (id, definition_id, definition_version_id, definition_version, version, status, sub_status, correlation_id, name, parent_instance_id, incident_count, state, created_at, updated_at, finished_at, checksum)
            SELECT 'copy' || i, 'hire-copy-' || (1 + i % {Definitions}), 'hire-copy-' || (1 + i % {Definitions}) || '-v1', 1, version, CASE WHEN i % 4 THEN 'Finished' ELSE 'Running' END, CASE WHEN i % 4 THEN 'Finished' ELSE 'Suspended' END,
                'hire:C041:' || i, 'Hire copy ' || i, NULL, 0, state, created_at + i, updated_at + i, CASE WHEN i % 4 THEN updated_at + i END, checksum FROM po_instance, n WHERE id = $1
            """, instance);
        Run($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Journals})
            INSERT INTO po_journal (instance_id, n, event, activity_id, activity_node_id, activity_instance_id, activity_type, at, who, message, why, data)
            SELECT 'copy' || i, n, event, activity_id, activity_node_id, activity_instance_id, activity_type, at, who, message, why, data FROM po_journal, (SELECT i FROM n) WHERE instance_id = $1
            """, instance);
        transaction.Commit();

        void Run(string sql, string? value = null)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            if (value is not null)
                command.Parameters.AddWithValue("$1", value);
            command.ExecuteNonQuery();
        }
    }
}
