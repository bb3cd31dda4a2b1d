using System.Net;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Api.Elsa;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Sessions recorded from the Studio, played again: each call is answered, and each answer has the shape that the Studio has accepted.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class FixtureTests(OfficeServer office)
{
    private string? _revision;

    [Fact]
    public async Task What_the_editor_asked_sent_and_published()
    {
        using var upm = office.Client("upm");
        var id = NewId("fixture");
        var first = (await upm.SaveAsync(Sent("definition-before-edit", id))).Definition();
        _revision = first.Revision();
        Shaped("definition-before-edit", first);
        await ReplayAsync(upm, Recorded("call-order-editor")["open"]!, id);

        foreach (var recorded in new[] { "save-request-after-drop-and-connect", "save-request-after-property-edits" })
        {
            var saved = await upm.SaveAsync(Sent(recorded, id));
            Shaped("save-response", saved.Json);
            _revision = saved.Definition().Revision();
        }

        var published = await upm.SaveAsync(Sent("publish-request", id), publish: true);
        published.Status.ShouldBe(200, published.Text);
        Shaped("publish-response", published.Json);
        ((bool)published.Json["workflowDefinition"]!["isPublished"]!).ShouldBeTrue();

        // The same with nobody to decide.
        _revision = published.Definition().Revision();
        var unfinished = Sent("publish-request", id);
        unfinished.Step("appr1").Remove("role");
        var refused = await upm.SaveAsync(unfinished, publish: true);
        refused.Status.ShouldBe(400);
        Shaped("validation-error-400", refused.Json);
        refused.Errors().Single().ShouldContain("UPM approves deal memo");
    }

    [Fact]
    public async Task A_new_workflow()
    {
        using var upm = office.Client("upm");
        var request = Recorded("create-request");
        request["model"]!["name"] = NewId("fixture-new");

        var created = await upm.ElsaAsync("/workflow-definitions", request);

        created.Status.ShouldBe(200, created.Text);
        // A new one has neither steps nor variables yet.
        var expected = Recorded("save-response");
        ((JsonObject)expected["workflowDefinition"]!).Remove("root");
        JsonShape.Differences(expected, created.Json).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_viewer_asked()
    {
        using var upm = office.Client("upm");
        var id = NewId("fixture-run");
        await upm.SaveAsync(Sent("publish-request", id), publish: true);
        var started = (await upm.ElsaAsync($"/workflow-definitions/{id}/execute", new JsonObject { ["correlationId"] = "crew-042" })).Json["workflowState"]!;
        var instance = (string)started["id"]!;
        var names = new Dictionary<string, string> { ["inst-1"] = instance, ["ver-1"] = (string)started["definitionVersionId"]! };
        var execution = (await upm.ElsaAsync($"/activity-execution-summaries/list?WorkflowInstanceId={instance}&ActivityNodeId=Workflow1:FlowRoot:appr1")).Json;
        names["ae3"] = (string)execution["items"]![0]!["id"]!;

        await ReplayAsync(upm, Lists("call-order-instance-viewer"), id, names);
        JsonShape.Differences(Recorded("activity-executions")["summariesList"], execution).ShouldBeEmpty();
        var shown = (await upm.ElsaAsync($"/activity-executions/by-id?id={names["ae3"]}")).Json;
        JsonShape.Differences(Recorded("activity-executions")["byId"], shown).ShouldBeEmpty();
        ((string?)shown["activityState"]!["title"]).ShouldBe("Deal memo - key grip");
        Shaped("instance", (await upm.ElsaAsync($"/workflow-instances/{instance}")).Json);
        Shaped("execution-state", (await upm.ElsaAsync($"/workflow-instances/{instance}/execution-state")).Json);
        var report = Recorded("activity-execution-report");
        report["request"]!["workflowInstanceId"] = instance;
        JsonShape.Differences(report["response"], (await upm.ElsaAsync("/activity-executions/report", (JsonObject)report["request"]!.DeepClone())).Json).ShouldBeEmpty();
        var journal = Recorded("journal");
        var lines = (await upm.ElsaAsync($"/workflow-instances/{instance}/journal{journal["request"]!["query"]}", (JsonObject)journal["request"]!["body"]!.DeepClone())).Json;
        JsonShape.Differences(journal["response"], lines).ShouldBeEmpty();
        lines["items"]!.AsArray().Where(l => (string?)l!["eventName"] != "Note").Select(l => $"{l!["activityId"]} {l["eventName"]}").ShouldBe(
            journal["response"]!["items"]!.AsArray().Select(l => $"{l!["activityId"]} {l["eventName"]}"));
        lines["items"]!.AsArray().Single(l => (string?)l!["activityId"] == "doc1" && (string?)l["eventName"] == "Completed")!["payload"]!["Outcomes"]!.ToJsonString().ShouldBe("""["Done"]""");
        var list = Recorded("instance-list");
        JsonShape.Differences(list["response"], (await upm.ElsaAsync("/workflow-instances", (JsonObject)list["request"]!.DeepClone())).Json).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_lists_and_the_toolbox_asked()
    {
        using var upm = office.Client("upm");
        await ReplayAsync(upm, Lists("call-order-lists"), "crew-hire");
        foreach (var page in Lists("definition-list").AsArray())
            JsonShape.Differences(page!["response"], (await upm.ElsaAsync($"/workflow-definitions{page["query"]}")).Json).ShouldBeEmpty();
        foreach (var (call, answer) in Recorded("small-descriptors"))
            JsonShape.Differences(answer, (await upm.ElsaAsync(call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..])).Json, call).ShouldBeEmpty();
        Shaped("activity-descriptors", (await upm.ElsaAsync("/descriptors/activities?Refresh=True")).Json);
    }

    /// <summary>Asks again what is read; what changes something is sent by the tests with its recorded body.</summary>
    private static async Task ReplayAsync(HttpClient client, JsonNode calls, string id, Dictionary<string, string>? names = null)
    {
        foreach (var call in calls.AsArray())
        {
            var address = (string)call!["path"]! + (string?)call["query"];
            foreach (var (recorded, real) in names ?? [])
                address = address.Replace(recorded, real, StringComparison.Ordinal);
            address = address.Replace("deal-memo", id, StringComparison.Ordinal);
            if ((string?)call["method"] == "GET")
                (await client.ElsaAsync(address)).Status.ShouldBe((int)call["status"]!, address);
            else if (!address.StartsWith("/workflow-definitions", StringComparison.Ordinal))
                (await client.ElsaAsync(address, [])).Status.ShouldBe((int)HttpStatusCode.OK, address);
        }
    }

    private static void Shaped(string recorded, JsonNode answer) => JsonShape.Differences(Ours(recorded), answer, recorded).ShouldBeEmpty();

    /// <summary>A recorded body with steps of this office for those of the recording's stub.</summary>
    private static JsonObject Ours(string recorded)
    {
        var body = Recorded(recorded);
        // The stub's toolbox is its own.
        foreach (var kind in ElsaJson.Items(body["items"]).OfType<JsonObject>().Where(k => ((string?)k["typeName"])?.StartsWith("ProductionOffice.", StringComparison.Ordinal) == true).ToList())
            kind.Parent!.AsArray().Remove(kind);
        return JsonNode.Parse(body.ToJsonString()
            .Replace("ProductionOffice.RequestApproval", "Office.RequestApproval", StringComparison.Ordinal)
            .Replace("\"subject\"", "\"title\"", StringComparison.Ordinal).Replace("\"approver\"", "\"role\"", StringComparison.Ordinal)
            .Replace("line-producer", "lineProducer", StringComparison.Ordinal).Replace("\"Approved\"", "\"Approve\"", StringComparison.Ordinal)
            .Replace("ProductionOffice.GenerateDocument", "Elsa.WriteLine", StringComparison.Ordinal).Replace("\"template\"", "\"text\"", StringComparison.Ordinal)
            .Replace("ProductionOffice.NotifyPerson", "Elsa.WriteLine", StringComparison.Ordinal))!.AsObject();
    }

    /// <summary>A recorded model under an id of its own.</summary>
    private JsonObject Sent(string recorded, string id)
    {
        var json = Ours(recorded);
        var model = (JsonObject)(json["model"] ?? json).DeepClone();
        (model["definitionId"], model["name"], model["id"]) = (id, id, null);
        model["customProperties"] = _revision is null ? [] : new JsonObject { ["revision"] = _revision };
        return model;
    }
}
