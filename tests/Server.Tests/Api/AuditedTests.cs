using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>What people do and its row in the audit are one transaction.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class AuditedTests(OfficeServer office)
{
    // A statement that cannot be run; an aborted one would count as a conflict, which is tried again.
    private const string Refuse = "CREATE TRIGGER no_audit BEFORE INSERT ON po_audit BEGIN INSERT INTO po_gone VALUES (1); END";

    public static TheoryData<string, string> Verbs => new()
    {
        { "start", "start-workflow" }, { "withdraw", "withdraw" }, { "alter", "alter-instance" }, { "migrate", "migrate-workflow" }, { "retract", "retract-workflow" },
        { "revert", "revert-workflow" }, { "publish", "publish-workflow" }, { "delete", "delete-workflow" }, { "import", "import-instance" }, { "pair", "make-pairing-code" },
        { "elsa-cancel", "cancel-instance" }, { "elsa-retract", "retract-workflow" }, { "elsa-draft", "draft-workflow" }, { "elsa-event", "trigger-event" },
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Nothing_changes_without_its_row_and_each_change_has_one(string verb, string action)
    {
        using var upm = office.Client("upm");
        var id = $"audited-{verb}";
        await OkAsync(upm, "/office/v1/workflows/publish", Draw(id, "1"));
        var instance = (string)(await OkAsync(upm, $"/office/v1/workflows/{id}/start", [])).Json["instanceId"]!;
        await OkAsync(upm, "/office/v1/workflows/publish", Draw(id, "2"));
        var (path, body) = await RequestAsync(upm, verb, id, instance);
        var before = await SeenAsync(id);

        await SayAsync(Refuse);
        Reply refused;
        try
        {
            refused = await upm.PostJsonAsync(path, (JsonObject)body.DeepClone());
        }
        finally
        {
            await SayAsync("DROP TRIGGER no_audit");
        }

        var between = await SeenAsync(id);
        var rows = await RowsAsync(action);
        var done = await upm.PostJsonAsync(path, body);

        refused.Status.ShouldBeGreaterThanOrEqualTo(500, refused.Text);
        between.ShouldBe(before);
        done.Status.ShouldBeInRange(200, 299, done.Text);
        (await SeenAsync(id)).ShouldNotBe(before);
        (await RowsAsync(action)).ShouldBe(rows + 1);
        (await office.Services.GetRequiredService<AuditTrail>().FirstBrokenAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task What_changes_nothing_leaves_no_row()
    {
        using var upm = office.Client("upm");
        await OkAsync(upm, "/office/v1/workflows/publish", Draw("audited-idle", "1"));
        var instance = (string)(await OkAsync(upm, "/office/v1/workflows/audited-idle/start", [])).Json["instanceId"]!;
        var rows = await RowsAsync("retry");

        await OkAsync(upm, $"/office/v1/instances/{instance}/retry", []);
        var unknown = await upm.PostJsonAsync("/office/v1/parked/retry", new JsonObject { ["id"] = "work:nobody" });

        unknown.Status.ShouldBe(404);
        (await RowsAsync("retry")).ShouldBe(rows);
    }

    private static async Task<(string Path, JsonObject Body)> RequestAsync(HttpClient upm, string verb, string id, string instance)
    {
        switch (verb)
        {
            case "start":
                return ($"/office/v1/workflows/{id}/start", []);
            case "withdraw":
                return ($"/office/v1/instances/{instance}/withdraw", new JsonObject { ["reason"] = "rain" });
            case "alter":
                return ($"/office/v1/instances/{instance}/alter", new JsonObject { ["alterations"] = new JsonArray(new JsonObject { ["kind"] = "skip", ["activityInstanceId"] = "3" }) });
            case "revert":
                return ($"/office/v1/workflows/{id}/revert", new JsonObject { ["version"] = 1 });
            case "delete":
                return ($"/office/v1/workflows/{id}/delete", new JsonObject { ["includeRunning"] = true });
            case "publish":
                return ("/office/v1/workflows/publish", Draw(id, "3"));
            case "import":
                var export = await upm.GetJsonAsync($"/office/v1/instances/{instance}/export");
                // As it comes from another office: this one knows it by no id.
                return ("/office/v1/instances/import", (JsonObject)JsonNode.Parse(export.Text.Replace(instance, "audited-taken-in", StringComparison.Ordinal))!);
            case "pair":
                return ("/office/v1/kiosk/pairing-code", []);
            case "elsa-cancel":
                return ($"/elsa/api/cancel/workflow-instances/{instance}", []);
            case "elsa-retract":
                return ($"/elsa/api/workflow-definitions/{id}/retract", []);
            case "elsa-draft":
                return ("/elsa/api/workflow-definitions", new JsonObject { ["model"] = Draw(id, "3"), ["publish"] = false });
            case "elsa-event":
                return ($"/elsa/api/events/Never {id}/trigger", []);
            default:
                return ($"/office/v1/workflows/{id}/{verb}", []);
        }
    }

    private async Task<string> SeenAsync(string id)
    {
        await using var context = await office.Services.GetRequiredService<WorkflowStore>().ReadAsync(default);
        var definitions = (await context.Definitions.Where(d => d.DefinitionId == id).ToListAsync()).Where(d => d.IsPublished || d.Json.Contains("Note 3", StringComparison.Ordinal) is false)
            .Select(d => $"{d.VersionId} {d.IsPublished}").Order(StringComparer.Ordinal);
        var drafts = id.StartsWith("audited-elsa-draft", StringComparison.Ordinal) ? await context.Definitions.CountAsync(d => d.DefinitionId == id) : 0;
        var instances = (await context.Instances.Where(i => i.DefinitionId == id).ToListAsync()).Select(i => $"{i.Id} {i.SubStatus} {i.DefinitionVersion} {i.Version}").Order(StringComparer.Ordinal);
        var codes = id == "audited-pair" ? await context.Settings.Where(s => s.Key.Contains("pairing")).Select(s => s.Value).ToListAsync() : [];
        return string.Join('\n', [.. definitions, .. instances, $"{drafts}", .. codes]);
    }

    private async Task<int> RowsAsync(string action)
    {
        await using var context = await office.Services.GetRequiredService<WorkflowStore>().ReadAsync(default);
        return await context.Audit.CountAsync(a => a.Action == action);
    }

    private Task SayAsync(string sql) => office.Services.GetRequiredService<WorkflowStore>().WriteAsync(context => context.Database.ExecuteSqlRawAsync(sql), default);

    private static async Task<Reply> OkAsync(HttpClient client, string path, JsonObject body)
    {
        var answer = await client.PostJsonAsync(path, body);
        answer.Status.ShouldBe(200, answer.Text);
        return answer;
    }

    private static JsonObject Draw(string id, string note) => (JsonObject)JsonNode.Parse($$"""
        { "definitionId": "{{id}}", "name": "{{id}}", "description": "Note {{note}}",
          "root": { "id": "root", "type": "Elsa.Sequence", "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Never {{id}}" } } } ] } }
        """)!;
}
