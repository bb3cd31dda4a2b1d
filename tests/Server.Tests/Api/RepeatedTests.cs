using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>What no answer arrived of is sent again, with its key or without: nothing happens a second time.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class RepeatedTests(OfficeServer office)
{
    [Fact]
    public async Task A_workflow_moved_and_deleted_again_and_an_instance_taken_in_again_are_as_after_the_first_time()
    {
        using var upm = office.Client("upm");
        await PublishAsync(upm, "first");
        var instance = (string)(await upm.PostJsonAsync("/office/v1/workflows/repeated/start", new JsonObject())).Json["instanceId"]!;
        var export = (await ExportAsync(upm, instance)).AsObject();
        await PublishAsync(upm, "second");

        await TwiceAsync(upm, "/office/v1/workflows/repeated/migrate", new JsonObject(), 200);
        var moved = await ExportAsync(upm, instance);
        ((int)moved["instance"]!["definitionVersion"]!).ShouldBe(2);
        moved["journal"]!.AsArray().Count.ShouldBe(export["journal"]!.AsArray().Count + 1);
        moved["bookmarks"]!.AsArray().Count.ShouldBe(1);

        await TwiceAsync(upm, "/office/v1/workflows/repeated/delete", new JsonObject { ["includeRunning"] = true }, 404);
        await PublishAsync(upm, "third");
        await TwiceAsync(upm, "/office/v1/instances/import", export, 422);
        (await upm.GetJsonAsync("/office/v1/instances?definition=repeated")).Json.AsArray().Count.ShouldBe(1);
        (await ExportAsync(upm, instance))["bookmarks"]!.AsArray().Count.ShouldBe(1);
    }

    /// <summary>The same with its key has the same answer; as another request it changes nothing or is refused.</summary>
    private static async Task TwiceAsync(HttpClient client, string path, JsonObject body, int anew)
    {
        var first = await client.PostJsonAsync(path, body, path);
        first.Status.ShouldBe(200, first.Text);
        (await client.PostJsonAsync(path, body, path)).Text.ShouldBe(first.Text);
        var other = await client.PostJsonAsync(path, body, path + "-anew");
        other.Status.ShouldBe(anew, other.Text);
    }

    private static async Task<JsonNode> ExportAsync(HttpClient client, string instance) => (await client.GetJsonAsync($"/office/v1/instances/{instance}/export")).Json;

    private static async Task PublishAsync(HttpClient client, string key)
    {
        var wait = new JsonObject { ["id"] = "e", ["type"] = "Elsa.Event", ["eventName"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "Never" } } };
        var definition = new JsonObject
        {
            ["id"] = "repeated-v1",
            ["definitionId"] = "repeated",
            ["name"] = "repeated",
            ["version"] = 1,
            ["root"] = new JsonObject { ["id"] = "s", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(wait) },
        };
        var answer = await client.PostJsonAsync("/office/v1/workflows/publish", definition, "publish-repeated-" + key);
        answer.Status.ShouldBe(200, answer.Text);
    }
}
