using System.Text.Json.Nodes;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Single steps that are run by themselves.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class ActivityTestsTests(OfficeServer office)
{
    [Fact]
    public async Task A_step_is_run_alone_and_leaves_nothing()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        var decision = Step("d", "Elsa.FlowDecision");
        decision["condition"] = new JsonObject { ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "1 + 1 == 2" } };
        await upm.SaveAsync(Flow(id, [decision, Step("f", "Elsa.Fault", ("message", "Broken")), Step("e", "Elsa.Event", ("eventName", "Never"))]));

        var decided = (await RunAsync(upm, id, "d")).Json;
        var failed = (await RunAsync(upm, id, "f")).Json;
        var waits = (await RunAsync(upm, id, "e")).Json;

        decided.ToJsonString().ShouldBe("""{"activityState":{"condition":true},"payload":{"Outcomes":["True"]},"outputs":{},"exception":null,"status":"Completed"}""");
        (failed["status"]!.ToString(), failed["exception"]!["message"]!.ToString(), failed["activityState"]!["message"]!.ToString()).ShouldBe(("Faulted", "Broken", "Broken"));
        waits["status"]!.ToString().ShouldBe("Running");
        (await upm.ElsaAsync("/workflow-instances", new JsonObject { ["definitionId"] = id })).Json["totalCount"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task It_is_for_those_who_draw_and_of_steps_that_are_there()
    {
        using var upm = office.Client("upm");
        using var pa = office.Client("pa");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("a", "Elsa.Start")]));

        (await RunAsync(pa, id, "a")).Status.ShouldBe(403);
        (await RunAsync(upm, id, "gone")).Status.ShouldBe(404);
    }

    private static Task<Reply> RunAsync(HttpClient client, string definitionId, string activityId) => client.ElsaAsync("/tests/activities", new JsonObject
    {
        ["workflowDefinitionHandle"] = new JsonObject { ["definitionId"] = definitionId },
        ["activityHandle"] = new JsonObject { ["activityId"] = activityId },
    });
}
