using System.Text.Json.Nodes;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary><c>office workflow diff</c> against a running office.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class WorkflowDiffTests(OfficeServer server)
{
    [Fact]
    public async Task Two_versions_differ_in_sentences_and_the_same_one_in_none()
    {
        await PublishAsync("good morning");
        await PublishAsync("good night");

        var shown = await OfficeRun.OfAsync("workflow", "diff", "greeting", "--data", server.Data);
        var json = await OfficeRun.OfAsync("workflow", "diff", "greeting", "--from", "2", "--to", "1", "-o", "json", "--data", server.Data);
        var same = await OfficeRun.OfAsync("workflow", "diff", "greeting", "--from", "1", "--to", "1", "--data", server.Data);
        var unknown = await OfficeRun.OfAsync("workflow", "diff", "greeting", "--to", "9", "--data", server.Data);

        shown.Out.Trim().ShouldBe("'a': Text 'good morning' → 'good night'.");
        shown.Error.ShouldContain("1 difference from version 1 to version 2");
        json.Json["changes"]![0]!["sentence"]!.ToString().ShouldBe("'a': Text 'good night' → 'good morning'.");
        json.Json["changes"]![0]!["activityId"]!.ToString().ShouldBe("a");
        (same.Code, same.Out).ShouldBe((0, ""));
        unknown.Code.ShouldBe(5);
    }

    private async Task PublishAsync(string text)
    {
        using var upm = server.Client("upm");
        (await upm.PostJsonAsync("/office/v1/workflows/publish", new JsonObject
        {
            ["id"] = "greeting-v1",
            ["definitionId"] = "greeting",
            ["version"] = 1,
            ["root"] = new JsonObject
            {
                ["id"] = "a",
                ["type"] = "Elsa.WriteLine",
                ["version"] = 1,
                ["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text } },
            },
        })).Status.ShouldBe(200);
    }
}
