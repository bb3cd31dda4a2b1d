using System.Text.Json.Nodes;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Starting, finding, waking and ending instances.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class InstanceTests(OfficeServer office)
{
    [Fact]
    public async Task They_are_found_by_what_is_asked()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("e", "Elsa.Event", ("eventName", "Never"))]), publish: true);
        var ids = new List<string>();
        foreach (var number in (int[])[1, 2, 3])
            ids.Add((await upm.ElsaAsync($"/workflow-definitions/{id}/execute", new JsonObject { ["correlationId"] = $"{id}:{number}", ["name"] = $"Run {number}" })).Json["workflowState"]!["id"]!.ToString());
        await upm.ElsaAsync($"/cancel/workflow-instances/{ids[0]}", []);

        (await FindAsync("{}")).ShouldBe([ids[2], ids[1], ids[0]]);
        (await FindAsync("""{"page":1,"pageSize":2}""")).ShouldBe([ids[0]]);
        (await FindAsync("""{"status":"Finished"}""")).ShouldBe([ids[0]]);
        (await FindAsync("""{"subStatuses":["Cancelled","Faulted"]}""")).ShouldBe([ids[0]]);
        (await FindAsync($$"""{"correlationId":"{{id}}:2"}""")).ShouldBe([ids[1]]);
        (await FindAsync("""{"searchTerm":"run 3"}""")).ShouldBe([ids[2]]);
        (await FindAsync($$"""{"searchTerm":"{{ids[1]}}"}""")).ShouldBe([ids[1]]);
        (await FindAsync("""{"orderBy":"Name","orderDirection":"Ascending"}""")).ShouldBe(ids);
        (await FindAsync("""{"version":2}""")).ShouldBeEmpty();
        (await FindAsync("""{"hasIncidents":true}""")).ShouldBeEmpty();
        (await FindAsync("""{"timestampFilters":[{"column":"FinishedAt","operator":"GreaterThan","timestamp":"2000-01-01T00:00:00Z"}]}""")).ShouldBe([ids[0]]);
        (await upm.ElsaAsync($"/workflow-instances?DefinitionId={id}&Statuses=Running&Page=0&PageSize=1")).Json["totalCount"]!.GetValue<int>().ShouldBe(2);
        (await upm.ElsaAsync("/workflow-instances", new JsonObject { ["status"] = "Sleeping" })).Json["detail"]!.ToString().ShouldContain("Sleeping");

        async Task<List<string>> FindAsync(string filter)
        {
            var body = JsonNode.Parse(filter)!.AsObject();
            body["definitionId"] = id;
            var answer = await upm.ElsaAsync("/workflow-instances", body);
            answer.Status.ShouldBe(200, answer.Text);
            return [.. answer.Json["items"]!.AsArray().Select(i => (string)i!["id"]!)];
        }
    }

    [Fact]
    public async Task What_may_not_start_says_so_in_the_header_the_Studio_reads()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        var model = Flow(id, [Step("e", "Elsa.Event", ("eventName", "Never"))]);
        model["options"] = new JsonObject { ["activationStrategyType"] = "Elsa.Workflows.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core" };
        await upm.SaveAsync(model, publish: true);
        using var first = await upm.PostAsync(new Uri($"/elsa/api/workflow-definitions/{id}/execute", UriKind.Relative), null);
        using var second = await upm.PostAsync(new Uri($"/elsa/api/workflow-definitions/{id}/execute", UriKind.Relative), null);

        first.Headers.GetValues("x-elsa-workflow-instance-id").Single().ShouldNotBeEmpty();
        second.IsSuccessStatusCode.ShouldBeTrue();
        second.Headers.GetValues("x-elsa-workflow-cannot-start").ShouldBe(["true"]);
    }

    [Fact]
    public async Task Drafts_run_for_those_who_draw_and_for_nobody_else()
    {
        using var upm = office.Client("upm");
        using var pa = office.Client("pa");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("s", "Elsa.Start")]));
        var latest = new JsonObject { ["versionOptions"] = "Latest" };

        (await pa.ElsaAsync($"/workflow-definitions/{id}/execute", (JsonObject)latest.DeepClone())).Status.ShouldBe(403);
        (await upm.ElsaAsync($"/workflow-definitions/{id}/execute", [])).Status.ShouldBe(404);
        (await upm.ElsaAsync($"/workflow-definitions/{id}/dispatch", latest)).Json["workflowInstanceId"]!.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Many_are_started_at_once()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("e", "Elsa.Event", ("eventName", "Never"))]), publish: true);

        var started = await upm.ElsaAsync($"/workflow-definitions/{id}/bulk-dispatch", new JsonObject { ["count"] = 3 });
        started.Status.ShouldBe(200, started.Text);
        var refused = await upm.ElsaAsync($"/workflow-definitions/{id}/bulk-dispatch", new JsonObject { ["count"] = 1000 });

        started.Json["workflowInstanceIds"]!.AsArray().Select(i => (string)i!).Distinct().Count().ShouldBe(3);
        refused.Status.ShouldBe(400);
        (await upm.ElsaAsync("/workflow-instances", new JsonObject { ["definitionId"] = id })).Json["totalCount"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task Tasks_and_events_go_on_with_what_they_bring()
    {
        using var upm = office.Client("upm");
        var (task, listener, name) = (NewId("task"), NewId("listener"), $"Ready{Guid.NewGuid():N}");
        await upm.SaveAsync(Flow(task, [Step("t", "Elsa.RunTask", ("taskName", "Print"))]), publish: true);
        await upm.SaveAsync(Flow(listener, [Step("e", "Elsa.Event", ("eventName", name))]), publish: true);
        var waiting = (await upm.ElsaAsync($"/workflow-definitions/{task}/execute", [])).Json["workflowState"]!;
        var listening = (await upm.ElsaAsync($"/workflow-definitions/{listener}/execute", [])).Json["workflowState"]!["id"]!.ToString();
        var taskId = waiting["bookmarks"]![0]!["payload"]!["taskId"]?.ToString() ?? waiting["bookmarks"]![0]!["payload"]!["TaskId"]!.ToString();

        (await upm.ElsaAsync($"/tasks/{taskId}/complete", new JsonObject { ["result"] = "done" })).Status.ShouldBe(200);
        (await upm.ElsaAsync($"/tasks/{taskId}/complete", new JsonObject { ["result"] = "done" })).Status.ShouldBe(404);
        (await upm.ElsaAsync($"/events/{name}/trigger", new JsonObject { ["input"] = new JsonObject { ["a"] = 1 } })).Json["resumed"]!.AsArray().Count.ShouldBe(1);

        foreach (var id in new[] { waiting["id"]!.ToString(), listening })
            (await upm.ElsaAsync($"/workflow-instances/{id}/execution-state")).Json["status"]!.ToString().ShouldBe("Finished");
    }

    [Fact]
    public async Task Many_are_cancelled_and_deleted_and_what_runs_stays()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("e", "Elsa.Event", ("eventName", "Never"))]), publish: true);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await upm.ElsaAsync($"/workflow-definitions/{id}/execute", [])).Json["workflowState"]!["id"]!.ToString());

        (await upm.ElsaDeleteAsync($"/workflow-instances/{ids[0]}")).Status.ShouldBe(409);
        (await upm.ElsaAsync("/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(ids[0], ids[1], "none") })).Json["cancelled"]!.GetValue<int>().ShouldBe(2);
        (await upm.ElsaAsync("/bulk-actions/delete/workflow-instances/by-id", new JsonObject { ["ids"] = new JsonArray([.. ids.Select(i => (JsonNode)i)]) })).Json["deleted"]!.GetValue<int>().ShouldBe(2);
        (await upm.ElsaAsync("/workflow-instances", new JsonObject { ["definitionId"] = id })).Json["items"]!.AsArray().Select(i => (string)i!["id"]!).ShouldBe([ids[2]]);
        (await upm.ElsaAsync("/bulk-actions/cancel/workflow-instances", [])).Status.ShouldBe(400);
    }
}
