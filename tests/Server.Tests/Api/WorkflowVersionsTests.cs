using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>Versions, migration, repair by hand and export over the API.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class WorkflowVersionsTests(OfficeServer office)
{
    [Fact]
    public async Task Running_instances_move_to_the_new_version_after_a_dry_run()
    {
        using var upm = office.Client("upm");
        await PublishAsync(upm, "moving", Wait("e"));
        var id = await StartAsync(upm, "moving");
        await PublishAsync(upm, "moving", Wait("e", "added"));

        var dry = await upm.PostJsonAsync("/office/v1/workflows/moving/migrate", new JsonObject { ["dryRun"] = true });
        var before = await upm.GetJsonAsync($"/office/v1/instances/{id}");
        var done = await upm.PostJsonAsync("/office/v1/workflows/moving/migrate", new JsonObject());
        var after = await upm.GetJsonAsync($"/office/v1/instances/{id}");

        ((bool)dry.Json["instances"]![0]!["canMove"]!).ShouldBeTrue();
        ((int)before.Json["version"]!).ShouldBe(1);
        ((bool)done.Json["instances"]![0]!["isMoved"]!).ShouldBeTrue();
        ((int)after.Json["version"]!).ShouldBe(2);
        after.Json["diagnosis"]!.ToString().ShouldEndWith("for the event 'Never' (at 'e').");
        (await upm.GetJsonAsync("/office/v1/workflows/moving/versions")).Json.AsArray().Select(v => ((int)v!["version"]!, (bool)v["isPublished"]!)).ShouldBe([(2, true), (1, false)]);
    }

    [Fact]
    public async Task An_instance_that_cannot_move_says_why_and_stays()
    {
        using var upm = office.Client("upm");
        await PublishAsync(upm, "staying", Wait("e"));
        var id = await StartAsync(upm, "staying");
        await PublishAsync(upm, "staying", Wait("other"));

        var done = await upm.PostJsonAsync("/office/v1/workflows/staying/migrate", new JsonObject());

        done.Json["instances"]![0]!["reasons"]![0]!.ToString().ShouldBe("'e', where it stands, is gone");
        ((int)(await upm.GetJsonAsync($"/office/v1/instances/{id}")).Json["version"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_waiting_step_is_skipped_by_the_upm_only()
    {
        using var upm = office.Client("upm");
        using var pa = office.Client("pa");
        await PublishAsync(upm, "skipped", Wait("e"));
        var id = await StartAsync(upm, "skipped");
        var body = new JsonObject { ["alterations"] = new JsonArray(new JsonObject { ["kind"] = "skip", ["activityInstanceId"] = "3" }), ["reason"] = "by phone" };

        (await pa.PostJsonAsync($"/office/v1/instances/{id}/alter", (JsonObject)body.DeepClone())).Status.ShouldBe(403);
        (await upm.PostJsonAsync($"/office/v1/instances/{id}/alter", new JsonObject { ["alterations"] = new JsonArray(new JsonObject { ["kind"] = "skip" }) })).Status.ShouldBe(409);
        var answer = await upm.PostJsonAsync($"/office/v1/instances/{id}/alter", body);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json["subStatus"]!.ToString().ShouldBe("Finished");
    }

    [Fact]
    public async Task An_instance_is_exported_deleted_with_its_workflow_and_taken_in_again()
    {
        using var upm = office.Client("upm");
        await PublishAsync(upm, "travelling", Wait("e"));
        var id = await StartAsync(upm, "travelling");

        var export = await upm.GetJsonAsync($"/office/v1/instances/{id}/export");
        (await upm.PostJsonAsync("/office/v1/instances/import", (JsonObject)export.Json.DeepClone())).Text.ShouldContain("already");
        (await upm.PostJsonAsync("/office/v1/workflows/travelling/delete", new JsonObject())).Status.ShouldBe(409);
        (await upm.PostJsonAsync("/office/v1/workflows/travelling/delete", new JsonObject { ["includeRunning"] = true })).Status.ShouldBe(200);
        (await upm.GetJsonAsync($"/office/v1/instances/{id}")).Status.ShouldBe(404);
        (await upm.PostJsonAsync("/office/v1/instances/import", (JsonObject)export.Json.DeepClone())).Text.ShouldContain("is not here");
        await PublishAsync(upm, "travelling", Wait("e"));
        var taken = await upm.PostJsonAsync("/office/v1/instances/import", (JsonObject)export.Json.DeepClone());

        taken.Status.ShouldBe(200, taken.Text);
        (await upm.GetJsonAsync($"/office/v1/instances/{id}")).Json["subStatus"]!.ToString().ShouldBe("Suspended");
    }

    [Fact]
    public async Task All_problems_of_a_definition_come_at_once()
    {
        using var pa = office.Client("pa");
        var definition = Definition("bad", [Line("a"), new JsonObject { ["id"] = "g", ["type"] = "Office.GenerateDocument", ["template"] = Literal("nope.docx"), ["kind"] = Literal("dealMemo") }, new JsonObject { ["id"] = "x", ["type"] = "Office.Nothing" }]);

        var answer = await pa.PostJsonAsync("/office/v1/workflows/validate", definition);

        ((bool)answer.Json["valid"]!).ShouldBeFalse();
        answer.Json["problems"]!.AsArray().Select(p => p!["code"]!.ToString()).ShouldBe(["UnknownActivity", "UnknownTemplate"], ignoreOrder: true);
    }

    private static async Task PublishAsync(HttpClient client, string id, JsonNode[] activities)
    {
        var answer = await client.PostJsonAsync("/office/v1/workflows/publish", Definition(id, activities));
        answer.Status.ShouldBe(200, answer.Text);
    }

    private static async Task<string> StartAsync(HttpClient client, string id) => (await client.PostJsonAsync($"/office/v1/workflows/{id}/start", new JsonObject())).Json["instanceId"]!.ToString();

    private static JsonNode[] Wait(string eventId, params string[] lines) =>
        [new JsonObject { ["id"] = eventId, ["type"] = "Elsa.Event", ["eventName"] = Literal("Never") }, .. lines.Select(Line)];

    private static JsonNode Line(string id) => new JsonObject { ["id"] = id, ["type"] = "Elsa.WriteLine", ["text"] = Literal(id) };

    private static JsonObject Literal(string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    private static JsonObject Definition(string id, JsonNode[] activities) => new()
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["root"] = new JsonObject { ["id"] = "s", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(activities) },
    };
}
