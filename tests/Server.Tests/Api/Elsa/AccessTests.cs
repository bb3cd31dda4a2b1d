using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Api.Elsa;
using ProductionOffice.Server.Tests.Security;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Who may draw, who may look, and whose browser is believed.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class AccessTests(OfficeServer office)
{
    /// <summary>Every account of the office, and whether it draws, and whether it pushes on what runs.</summary>
    public static TheoryData<string?, bool, bool> Accounts => new()
    {
        { null, true, true }, { "upm", true, true }, { "coordinator", false, true }, { "producer", false, false }, { "lineproducer", false, false }, { "accountant", false, false },
        { "locations", false, false }, { "travel", false, false }, { "head-cam", false, false }, { "pa", false, false },
    };

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task Looking_is_for_everybody_and_changing_for_the_UPM(string? account, bool draws, bool runs)
    {
        using var upm = office.Client("upm");
        using var client = office.Client(account);
        var id = NewId();
        var definition = (await upm.SaveAsync(Flow(id, [Step("e", "Elsa.Event", ("eventName", "Never"))]), publish: true)).Definition();
        var instance = (await upm.ElsaAsync($"/workflow-definitions/{id}/execute", [])).Json["workflowState"]!["id"]!.ToString();

        foreach (var path in (string[])
        [
            "/features/installed", "/descriptors/activities", "/descriptors/expression-descriptors", "/workflow-definitions", $"/workflow-definitions/by-definition-id/{id}", $"/workflow-definitions/by-id/{definition["id"]}",
            $"/workflow-definitions/{id}/versions", $"/workflow-definitions/{id}/export", $"/workflow-definitions/{id}/consumers", $"/workflow-definitions/subgraph/{definition["id"]}", "/workflow-instances",
            $"/workflow-instances/{instance}", $"/workflow-instances/{instance}/journal", $"/workflow-instances/{instance}/variables", $"/workflow-instances/{instance}/execution-state",
            $"/activity-executions/list?WorkflowInstanceId={instance}",
        ])
            (await client.ElsaAsync(path)).Status.ShouldBe(200, path);

        var opened = await client.OpenAsync(id);
        opened["links"]!.AsArray().Any(l => (string?)l!["rel"] == "publish").ShouldBe(draws);
        (await client.ElsaAsync("/workflow-definitions")).Json["links"]!.AsArray().Any(l => (string?)l!["rel"] == "bulk-publish").ShouldBe(draws);

        var (may, mayNot) = (200, 403);
        (await client.SaveAsync(opened)).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaAsync($"/workflow-definitions/{id}/publish", [])).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaAsync($"/workflow-definitions/{id}/revert/1", [])).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaAsync("/workflow-definitions/import", Flow(NewId(), [Step("s", "Elsa.Start")]))).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaAsync("/bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray() })).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaAsync("/bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray() })).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaDeleteAsync($"/workflow-definitions/{id}")).Status.ShouldBe(draws ? 409 : mayNot);
        (await client.ElsaAsync($"/events/{Guid.NewGuid():N}/trigger", [])).Status.ShouldBe(runs ? may : mayNot);
        (await client.ElsaAsync($"/tasks/{Guid.NewGuid():N}/complete", [])).Status.ShouldBe(runs ? 404 : mayNot);
        (await client.ElsaAsync($"/cancel/workflow-instances/{instance}", [])).Status.ShouldBe(runs ? 204 : mayNot);
        (await client.ElsaAsync($"/workflow-instances/{instance}/export")).Status.ShouldBe(draws ? may : mayNot);
        (await client.ElsaDeleteAsync($"/workflow-instances/{instance}")).Status.ShouldBe(draws ? 204 : mayNot);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_in_words()
    {
        using var pa = office.Client("pa");

        var refused = await pa.ElsaAsync("/workflow-definitions/crew-hire/publish", []);

        refused.ContentType.ShouldBe("application/problem+json");
        refused.Json["detail"]!.ToString().ShouldContain("may not change workflows");
        (await pa.ElsaAsync("/no/such/address")).Code.ShouldBe("not-found");
        (await pa.ElsaAsync("/workflow-definitions/by-definition-id/none")).Status.ShouldBe(404);
        (await pa.ElsaAsync("/workflow-definitions?Page=x")).Json["detail"]!.ToString().ShouldContain("'x'");
    }

    [Theory]
    [InlineData("upm", true)]
    [InlineData("head-elc", true)]
    [InlineData("head-cam", false)]
    [InlineData("pa", false)]
    public async Task Values_of_a_hire_are_seen_by_those_who_see_its_terms(string account, bool sees)
    {
        var (instance, task) = await office.HireAsync("C041");
        using (var upm = office.Client("upm"))
            await upm.PostJsonAsync($"/office/v1/tasks/{task}", new JsonObject { ["outcome"] = "Send back", ["comment"] = "make it 41.25" });
        using var client = office.Client(account);

        var variables = await client.ElsaAsync($"/workflow-instances/{instance}/variables");
        var shown = await client.ElsaAsync($"/workflow-instances/{instance}");
        var journal = await client.ElsaAsync($"/workflow-instances/{instance}/journal?take=1000");

        variables.Json["items"]!.AsArray().Any(v => v!["value"] is not null).ShouldBe(sees);
        shown.Json["workflowState"]!["input"]!.AsObject().Count.ShouldBe(sees ? 1 : 0);
        (shown.Text + journal.Text).Contains("41.25", StringComparison.Ordinal).ShouldBe(sees);
    }
}

/// <summary>A session's cookie counts, and every change must come from a page of this office.</summary>
[Collection(SharedBoardOffice.Name)]
public sealed class OriginTests(BoardOffice office)
{
    [Theory]
    [InlineData(null, null, HttpStatusCode.BadRequest)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "null", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "own", HttpStatusCode.OK)]
    public async Task A_change_by_cookie_must_prove_its_origin(string? header, string? value, HttpStatusCode expected)
    {
        using var client = await office.SignInAsync("upm");
        using var request = new HttpRequestMessage(HttpMethod.Post, ElsaApi.Root + "/workflow-definitions")
        {
            Content = new StringContent(new JsonObject { ["model"] = Flow(NewId(), [Step("s", "Elsa.Start")]), ["publish"] = false }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (header is not null)
            request.Headers.Add(header, value == "own" ? office.Address.GetLeftPart(UriPartial.Authority) : value);

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Looking_needs_a_session_and_no_proof()
    {
        using var client = await office.SignInAsync("pa");
        using var stranger = office.Anonymous();

        using var seen = await client.GetAsync(ElsaApi.Root + "/workflow-definitions");
        using var refused = await stranger.GetAsync(ElsaApi.Root + "/workflow-definitions");

        seen.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
