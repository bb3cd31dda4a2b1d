using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProductionOffice.Benchmarks;

/// <summary>Pages of the demo's board over loopback, signed in by the printed link; processor time is the server's.</summary>
internal static partial class BoardBenchmark
{
    private const int Warm = 60;
    private const int Count = 50;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TemporaryFolder();
        using var server = await OfficeServer.StartAsync(folder.Path);
        await SignInAsync(server);
        var figures = new List<Figure>();
        foreach (var page in (string[])["/", "/paperwork", "/approvals", "/deliveries", $"/i/{await HireAsync(server)}", "/documents"])
            figures.Add(await PageAsync(server, page));
        return figures;
    }

    private static async Task<Figure> PageAsync(OfficeServer server, string page)
    {
        var began = Stopwatch.GetTimestamp();
        var size = await GetAsync(server, page);
        var cold = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        for (var i = 0; i < Warm; i++)
            await GetAsync(server, page);

        var rounds = new List<Sample>();
        for (var round = 0; round < 3; round++)
        {
            var cpu = server.Cpu;
            var sample = await Measure.RunAsync(Count, _ => GetAsync(server, page));
            rounds.Add(sample with { Cpu = (server.Cpu - cpu).TotalMilliseconds, Allocated = null });
        }

        return new Figure($"GET {(page.StartsWith("/i/", StringComparison.Ordinal) ? "/i/{id}" : page)}", Measure.Quietest(rounds), FormattableString.Invariant($"{size:N0} bytes; first time {cold:0} ms"));
    }

    private static async Task<int> GetAsync(OfficeServer server, string page)
    {
        using var answer = await server.Http.GetAsync(page);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private static async Task SignInAsync(OfficeServer server)
    {
        var link = await server.LinkAsync();
        var page = await server.Http.GetStringAsync(link);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("formToken", FormToken().Match(page).Groups[1].Value)]);
        using var answer = await server.Http.PostAsync(link, form);
        if (answer.Headers.Location is null)
            throw new InvalidOperationException($"Signing in gave {(int)answer.StatusCode}.");
    }

    /// <summary>A hire in flight.</summary>
    private static async Task<string> HireAsync(OfficeServer server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/office/v1/instances");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Access.Token);
        using var answer = await server.Http.SendAsync(request);
        var instances = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        return (string)instances.First(i => ((string?)i!["name"])?.StartsWith("Hire ", StringComparison.Ordinal) == true)!["id"]!;
    }

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
