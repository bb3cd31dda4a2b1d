using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>A short morning of an office: workflows are published, one waits for a while and then twice for an event that comes twice, somebody is hired, one workflow starts by the clock.</summary>
internal static class CrashScript
{
    private static readonly string[] Steps = ["Checked", "Approve", "Signed", "Countersign"];

    public static async Task RunAsync(CrashOffice office)
    {
        await PublishAsync(office, "errand",
            Activity("errand-pause", "Elsa.Delay", ("timeSpan", "00:00:00.100")), Activity("errand-event", "Elsa.Event", ("eventName", "Bell")), Activity("errand-again", "Elsa.Event", ("eventName", "Bell")), Activity("errand-line", "Elsa.WriteLine", ("text", "done")));
        await PublishAsync(office, "bell", Activity("bell-ring", "Elsa.PublishEvent", ("eventName", "Bell")));

        var errand = await StartAsync(office, "errand", []);
        await HireAsync(office);
        await WaitsAsync(office, errand, "errand-event");
        await StartAsync(office, "bell", [], "first");
        // One ring is one: the second wait is not over with it.
        await WaitsAsync(office, errand, "errand-again");
        await StartAsync(office, "bell", [], "second");
        await FinishedAsync(office, errand);
        await PublishAsync(office, "tick", Activity("tick-timer", "Elsa.Timer", ("interval", "00:00:00.300")), Activity("tick-line", "Elsa.WriteLine", ("text", "tick")));
        await office.UntilAsync("the clock started something", async () => (await office.ReadAsync("/office/v1/instances?definition=tick")).AsArray().Any(i => (string?)i!["status"] == "Finished"));
        await office.CommandAsync("/office/v1/workflows/tick/retract", new JsonObject(), "retract");
    }

    private static async Task HireAsync(CrashOffice office)
    {
        var hire = await StartAsync(office, "crew-hire", new JsonObject
        {
            ["name"] = "Test Person",
            ["role"] = "Gaffer",
            ["department"] = "ELC",
            ["rateType"] = "weekly",
            ["rate"] = "2650",
            ["startDate"] = "2031-03-03",
            ["endDate"] = "2031-04-04",
        });
        string? outcome = null;
        while (outcome != Steps[^1])
        {
            string? task = null;
            await office.UntilAsync($"somebody is asked after '{outcome}'", async () =>
            {
                var open = (await office.ReadAsync($"/office/v1/tasks?instance={hire}")).AsArray();
                (task, outcome) = open.Select(t => ((string?)t!["id"], t["outcomes"]!.AsArray().Select(o => (string?)o).FirstOrDefault(Steps.Contains))).FirstOrDefault(t => t.Item2 is not null);
                // The last answer may have been given before, without an answer to it.
                if (task is null && open.Count == 0 && HasCompleted(await office.ReadAsync($"/office/v1/instances/{hire}/export"), j => (string?)j["activityType"] == "Office.Countersign"))
                    outcome = Steps[^1];
                return outcome is not null;
            });
            if (task is null)
                return;
            await office.CommandAsync($"/office/v1/tasks/{task}", new JsonObject { ["outcome"] = outcome }, task!);
        }
    }

    private static Task FinishedAsync(CrashOffice office, string instance) =>
        office.UntilAsync($"{instance} is finished", async () => (string?)(await office.ReadAsync($"/office/v1/instances/{instance}"))["status"] == "Finished");

    /// <summary>It waits there, or has done so: the script may be gone through again by an office that came this far before.</summary>
    private static Task WaitsAsync(CrashOffice office, string instance, string activity) => office.UntilAsync($"{instance} waits at {activity}", async () =>
    {
        var export = await office.ReadAsync($"/office/v1/instances/{instance}/export");
        return export["bookmarks"]!.AsArray().Any(b => (string?)b!["activityId"] == activity) || HasCompleted(export, j => (string?)j["activityId"] == activity);
    });

    private static bool HasCompleted(JsonNode export, Func<JsonNode, bool> which) => export["journal"]!.AsArray().Any(j => (string?)j!["event"] == "Completed" && which(j));

    private static async Task<string> StartAsync(CrashOffice office, string definition, JsonObject input, string time = "first") =>
        (string)(await office.CommandAsync($"/office/v1/workflows/{definition}/start", new JsonObject { ["input"] = input }, $"start-{definition}-{time}"))["instanceId"]!;

    private static async Task PublishAsync(CrashOffice office, string id, params JsonNode[] activities) => await office.CommandAsync("/office/v1/workflows/publish", new JsonObject
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["root"] = new JsonObject { ["id"] = id, ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(activities) },
    }, "publish-" + id);

    private static JsonObject Activity(string id, string type, params (string Name, string Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type };
        if (type == "Elsa.Timer")
            activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        foreach (var (name, value) in inputs)
            activity[name] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        return activity;
    }
}
