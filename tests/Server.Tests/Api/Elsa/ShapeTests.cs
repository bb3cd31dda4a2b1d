using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProductionOffice.TestKit;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Answers as they stand, approved by eye against what the Studio has accepted; ids and moments left out.</summary>
[Collection(OfficeServerTests.Name)]
public sealed partial class ShapeTests(OfficeServer office)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Small_descriptors()
    {
        using var upm = office.Client("upm");
        var all = new JsonObject();
        foreach (var path in (string[])
        [
            "/features/installed", "/descriptors/expression-descriptors", "/descriptors/variables", "/descriptors/storage-drivers", "/descriptors/workflow-activation-strategies", "/descriptors/incident-strategies",
            "/descriptors/log-persistence-strategies", "/descriptors/commit-strategies/workflows", "/descriptors/commit-strategies/activities", "/descriptors/output-converters?sourceType=String&destinationType=Object",
        ])
            all[path] = (await upm.ElsaAsync(path)).Json;

        Match(all, "small-descriptors");
    }

    [Fact]
    public async Task One_descriptor()
    {
        using var upm = office.Client("upm");

        Match((await upm.ElsaAsync("/descriptors/activities/Office.AskToChoose")).Json, "descriptor");
        Match((await upm.ElsaAsync("/descriptors/activities/Elsa.If")).Json, "descriptor-with-embedded-ports");
    }

    [Fact]
    public async Task Definitions()
    {
        using var upm = office.Client("upm");
        using var pa = office.Client("pa");
        await upm.ElsaDeleteAsync("/workflow-definitions/shapes");
        var saved = await upm.SaveAsync(Flow("shapes", [Step("s", "Elsa.Start"), Step("u", "Acme.Rocket"), Step("e", "Elsa.End")], ("s", "Done", "u"), ("u", "Lift off", "e")));

        Match(saved.Json, "save");
        Match((await pa.ElsaAsync("/workflow-definitions/by-definition-id/shapes?versionOptions=Latest")).Json, "read-only");
        Match((await upm.ElsaAsync("/workflow-definitions?versionOptions=Latest&DefinitionIds=shapes&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderDirection=Ascending")).Json, "list");
        Match((await upm.ElsaAsync($"/workflow-definitions/subgraph/{saved.Definition()["id"]}")).Json, "subgraph");
        Match((await upm.ElsaAsync($"/workflow-definitions/subgraph/segments/{saved.Definition()["id"]}?childNodeId=Workflow1:flow:s")).Json, "segments");
        Match((await upm.SaveAsync(saved.Definition(), publish: true)).Json, "refused");
    }

    [Fact]
    public async Task Instances()
    {
        using var upm = office.Client("upm");
        await upm.SaveAsync(
            Flow("shapes-running", [Step("s", "Elsa.Start"), Step("e", "Elsa.Event", ("eventName", "Never")), Step("f", "Elsa.Fault", ("message", "Broken"))], ("s", "Done", "e"), ("e", "Done", "f")), publish: true);
        var started = await upm.ElsaAsync("/workflow-definitions/shapes-running/execute", new JsonObject { ["correlationId"] = "c-1", ["name"] = "A run", ["input"] = new JsonObject { ["who"] = "Kei" } });
        var id = started.Json["workflowState"]!["id"]!.ToString();

        Match(started.Json, "execute");
        Match((await upm.ElsaAsync($"/workflow-instances/{id}")).Json, "instance");
        Match((await upm.ElsaAsync($"/workflow-instances/{id}/execution-state")).Json, "execution-state");
        Match((await upm.ElsaAsync("/workflow-instances", new JsonObject { ["page"] = 0, ["pageSize"] = 10, ["definitionIds"] = new JsonArray("shapes-running"), ["status"] = "Running", ["isSystem"] = false })).Json, "instances");
        Match((await upm.ElsaAsync($"/workflow-instances/{id}/journal?skip=0&take=110", new JsonObject { ["filter"] = new JsonObject { ["activityIds"] = null, ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow", "Elsa.Flowchart"), ["eventNames"] = null } })).Json, "journal");
        var report = new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray("Workflow1:flow:s", "Workflow1:flow:e", "Workflow1:flow:f") };
        Match((await upm.ElsaAsync("/activity-executions/report", report)).Json, "report");
        var summaries = (await upm.ElsaAsync($"/activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1:flow:e")).Json;
        Match(summaries, "summaries");
        var execution = summaries["items"]![0]!["id"]!.ToString();
        Match((await upm.ElsaAsync($"/activity-executions/by-id?id={execution}")).Json, "execution");
        (await upm.ElsaAsync($"/activity-executions/{execution}/call-stack")).Json["totalCount"]!.GetValue<int>().ShouldBe(3);

        await upm.ElsaAsync("/events/Never/trigger", new JsonObject { ["correlationId"] = "c-1" });
        Match((await upm.ElsaAsync($"/workflow-instances/{id}")).Json["workflowState"]!["incidents"]!, "incidents");
        (await upm.ElsaAsync("/activity-executions/report", (JsonObject)report.DeepClone())).Json["stats"]!.AsArray().Last()!["isFaulted"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static void Match(JsonNode json, string name)
    {
        var text = json.ToJsonString(Indented);
        text = Moment().Replace(text, "\"MOMENT\"");
        text = Revision().Replace(text, "\"revision\": \"REVISION\"");
        text = Hash().Replace(text, "\"HASH\"");
        var ids = Instance().Matches(text).Select(m => m.Groups[1].Value).Distinct().ToList();
        for (var i = 0; i < ids.Count; i++)
            text = text.Replace(ids[i], $"INSTANCE{i}", StringComparison.Ordinal);
        Approved.Match(text, name);
    }

    [GeneratedRegex("\"\\d{4}-\\d\\d-\\d\\dT[^\"]*\"")]
    private static partial Regex Moment();

    [GeneratedRegex("\"revision\": \"[0-9a-f]+\"")]
    private static partial Regex Revision();

    [GeneratedRegex("\"[0-9A-F]{64}\"")]
    private static partial Regex Hash();

    [GeneratedRegex("\"([0-9a-z]{12})[\".-]")]
    private static partial Regex Instance();
}
