using System.Text.Json.Nodes;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>Versions, repairs and what was set aside, by the built program against a running office.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class WorkflowVerbTests(OfficeServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_workflow_goes_through_its_versions()
    {
        await PublishAsync("verbs", Wait("a"));
        var id = await StartAsync("verbs");
        await PublishAsync("verbs", Wait("b"));

        var dry = await RunAsync("workflow", "migrate", "verbs", "--dry-run");
        var versions = await RunAsync("workflow", "versions", "verbs", "--fields", "version,isPublished");
        var retracted = await RunAsync("workflow", "retract", "verbs", "-o", "json");
        var start = await RunAsync("workflow", "run", "verbs");
        var reverted = await RunAsync("workflow", "revert", "verbs", "--to", "1", "-o", "json");
        var kept = await RunAsync("workflow", "delete", "verbs");
        var gone = await RunAsync("workflow", "delete", "verbs", "--include-running", "-o", "json");

        dry.Code.ShouldBe(9, dry.Error);
        dry.Out.ShouldBe($"{id}\t\t1\tcannot move\t'a', where it stands, is gone\n");
        versions.Out.ShouldBe("2\tyes\n1\tno\n");
        ((bool)retracted.Json["isPublished"]!).ShouldBeFalse();
        start.Code.ShouldBe(5);
        ((int)reverted.Json["version"]!, (bool)reverted.Json["isPublished"]!, (bool)reverted.Json["isLatest"]!).ShouldBe((3, false, true));
        kept.Code.ShouldBe(6);
        gone.Code.ShouldBe(0, gone.Error);
        (await RunAsync("instance", "show", id)).Code.ShouldBe(5);
        (await RunAsync("workflow", "versions", "verbs")).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_instance_is_written_to_a_file_and_taken_in_again()
    {
        await PublishAsync("verbs-travel", Wait("a"));
        var id = await StartAsync("verbs-travel");

        var export = await RunAsync("instance", "export", id, "-f", "instance.json");
        var taken = await RunAsync("instance", "import", "instance.json");
        await RunAsync("workflow", "delete", "verbs-travel", "--include-running");
        await PublishAsync("verbs-travel", Wait("a"));
        var import = await RunAsync("instance", "import", "instance.json", "-o", "json");
        var skip = await RunAsync("instance", "skip", id, "--activity", "3", "--reason", "by phone", "-o", "json");

        export.Code.ShouldBe(0, export.Error);
        export.Out.ShouldBeEmpty();
        taken.Code.ShouldNotBe(0);
        ((string)import.Json["id"]!, (string)import.Json["subStatus"]!).ShouldBe((id, "Suspended"));
        ((string)skip.Json["subStatus"]!).ShouldBe("Finished");
    }

    [Fact]
    public async Task What_failed_is_listed_tried_again_and_goes_on_with_another_value()
    {
        await PublishAsync("verbs-failing", new JsonObject { ["id"] = "line", ["type"] = "Elsa.WriteLine", ["text"] = Script("getVariable('word').trim()") });
        var id = await StartAsync("verbs-failing");

        var parked = await RunAsync("parked", "list", "--filter", $"instanceId={id}", "-o", "json");
        var retried = await RunAsync("parked", "retry", $"failed:{id}", "-o", "json");
        var still = await RunAsync("parked", "list", "--filter", $"instanceId={id}", "--fields", "id");
        var set = await RunAsync("instance", "set", id, "word=by phone", "--retry", "--reason", "agreed", "-o", "json");
        var again = await RunAsync("parked", "retry", $"failed:{id}");

        var item = parked.Json.AsArray().ShouldHaveSingleItem()!;
        ((string)item["id"]!, (string)item["what"]!).ShouldBe(($"failed:{id}", "Workflow verbs-failing"));
        ((string)item["reason"]!).ShouldNotBeEmpty();
        ((bool)retried.Json["retried"]!).ShouldBeTrue();
        still.Out.ShouldBe($"failed:{id}\n");
        ((string)set.Json["subStatus"]!).ShouldBe("Finished", set.Error);
        again.Code.ShouldBe(5);
    }

    private Task<OfficeRun> RunAsync(params string[] args) => OfficeRun.InAsync(_folder, [.. args, "--data", server.Data]);

    private async Task<string> StartAsync(string definition)
    {
        var run = await RunAsync("workflow", "run", definition, "-o", "json");
        return (string)run.Json["instanceId"]!;
    }

    private async Task PublishAsync(string id, JsonNode activity)
    {
        var file = Path.Combine(_folder, id + ".workflow.json");
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["id"] = $"{id}-v1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "word", ["name"] = "word", ["typeName"] = "String" }),
            ["root"] = new JsonObject { ["id"] = "s", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(activity) },
        }.ToJsonString());
        var run = await RunAsync("workflow", "publish", file);
        run.Code.ShouldBe(0, run.Error);
    }

    private static JsonObject Wait(string id) => new() { ["id"] = id, ["type"] = "Elsa.Event", ["eventName"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "Never" } } };

    private static JsonObject Script(string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = value } };
}
