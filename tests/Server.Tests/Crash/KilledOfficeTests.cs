using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>A hire through HTTP against the built program, killed after each acknowledged step.</summary>
public sealed class KilledOfficeTests
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Killed_after_every_answer_a_hire_loses_no_step_and_doubles_nothing()
    {
        var undisturbed = await RunAsync(killAfterAnswers: false);
        var killed = await RunAsync(killAfterAnswers: true);

        killed.Timeline.ShouldBe(undisturbed.Timeline);
        killed.Documents.ShouldBe(undisturbed.Documents);
        killed.Messages.ShouldBe(undisturbed.Messages);
        killed.Status.ShouldBe("Finished/Finished");
        killed.Documents.ShouldBe(["Deal memo - Xiomara Blythe - v1 signed.docx executed", "Deal memo - Xiomara Blythe - v1.docx superseded"]);
    }

    private sealed record Outcome(string Status, List<string> Timeline, List<string> Documents, List<string> Messages);

    private static async Task<Outcome> RunAsync(bool killAfterAnswers)
    {
        await using var office = new OfficeProcess();
        await office.StartAsync();
        var desk = await PairAsync(office);

        var hire = (string)(await StepAsync("start", "/office/v1/workflows/crew-hire/start", new JsonObject { ["input"] = new JsonObject { ["person"] = "C041" } }))["instanceId"]!;
        foreach (var outcome in new[] { "Checked", "Approve", "Signed", "Countersign" })
        {
            await RestAsync();
            var task = (string)(await office.Client.GetJsonAsync($"/office/v1/tasks?instance={hire}")).Json[0]!["id"]!;
            var done = await StepAsync(outcome, $"/office/v1/tasks/{task}", new JsonObject { ["outcome"] = outcome });
            ((string)done["state"]!).ShouldBe("done");
        }

        await RestAsync();
        (await ArriveAsync()).ShouldBe("accepted");
        if (killAfterAnswers)
        {
            await office.KillAndRestartAsync();
            (await ArriveAsync()).ShouldBe("duplicate");
        }

        await RestAsync();
        var shown = (await office.Client.GetJsonAsync($"/office/v1/instances/{hire}")).Json;
        return new Outcome(
            $"{shown["status"]}/{shown["subStatus"]}",
            Texts((await office.Client.GetJsonAsync($"/office/v1/instances/{hire}/timeline")).Json, e => $"{e["what"]} | {e["why"]}"),
            Texts((await office.Client.GetJsonAsync($"/office/v1/docs?instance={hire}")).Json, d => $"{d["name"]} {d["state"]}"),
            [.. Directory.EnumerateFiles(Path.Combine(office.Data, "mail"), "*.eml").Select(f => File.ReadAllLines(f).First(l => l.StartsWith("Subject: ", StringComparison.Ordinal)))
                .Where(s => s.Contains("Xiomara", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

        // An answer was given: it must hold after the kill, and asking again must give it again.
        async Task<JsonNode> StepAsync(string name, string path, JsonObject body)
        {
            var answer = await office.Client.PostJsonAsync(path, body, key: name);
            answer.Status.ShouldBe(200, answer.Text);
            if (!killAfterAnswers)
                return answer.Json;

            await office.KillAndRestartAsync();
            var again = await office.Client.PostJsonAsync(path, body, key: name);
            again.Status.ShouldBe(200, again.Text);
            ((string?)again.Json["instanceId"]).ShouldBe((string?)answer.Json["instanceId"]);
            return again.Json;
        }

        async Task RestAsync() => (await office.Client.GetJsonAsync($"/office/v1/instances/{hire}?wait=30")).Status.ShouldBe(200);

        async Task<string> ArriveAsync()
        {
            var seen = JsonSerializer.SerializeToElement(new CrewSeen("C041", "Xiomara Blythe"), Wire);
            var record = new KioskEvent(1, "0190aaaa-0000-7000-8000-000000000001", desk.Kiosk, 1, new DateTimeOffset(2027, 3, 1, 7, 0, 0, TimeSpan.FromHours(-8)), 1, "desk", KioskEventTypes.CrewIn, seen, 0);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/kiosk/v1/events") { Content = JsonContent.Create(new EventBatch([record]), options: Wire) };
            request.Headers.Authorization = new("Bearer", desk.Token);
            using var response = await office.Client.SendAsync(request);
            return (await response.Content.ReadFromJsonAsync<EventBatchAnswer>(Wire))!.Results.ShouldHaveSingleItem().Result;
        }
    }

    private static async Task<PairAnswer> PairAsync(OfficeProcess office)
    {
        var code = (string)(await office.Client.PostJsonAsync("/office/v1/kiosk/pairing-code", new JsonObject())).Json["code"]!;
        using var response = await office.Client.PostAsJsonAsync("/kiosk/v1/pair", new PairRequest(code, "Front desk"), Wire);
        return (await response.Content.ReadFromJsonAsync<PairAnswer>(Wire))!;
    }

    private static List<string> Texts(JsonNode list, Func<JsonNode, string> text) => [.. list.AsArray().Select(e => text(e!)).Order(StringComparer.Ordinal)];
}
