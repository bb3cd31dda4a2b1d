using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>Money is for the money line of the office and for the head of the person's own department.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class DealTermsTests(OfficeServer server)
{
    // C041 works in Set Lighting, department ELC.
    [Theory]
    [InlineData(null, true)]
    [InlineData("producer", true)]
    [InlineData("lineproducer", true)]
    [InlineData("upm", true)]
    [InlineData("coordinator", true)]
    [InlineData("accountant", true)]
    [InlineData("head-elc", true)]
    [InlineData("head-cam", false)]
    [InlineData("locations", false)]
    [InlineData("travel", false)]
    [InlineData("pa", false)]
    public async Task Deal_terms_are_seen_by_some_and_by_nobody_else(string? account, bool isSeen)
    {
        var (instance, task) = await server.HireAsync("C041");
        using var owner = server.Client();
        var document = (await owner.GetJsonAsync($"/office/v1/docs?instance={instance}")).Json[0]!["id"]!.ToString();
        using var office = server.Client(account);

        var shown = await office.GetJsonAsync($"/office/v1/tasks/{task}");
        var documents = (await office.GetJsonAsync($"/office/v1/docs?instance={instance}")).Json.AsArray();
        var content = await office.GetJsonAsync($"/office/v1/docs/{document}/content");
        var story = await office.GetJsonAsync($"/office/v1/instances/{instance}/timeline");

        shown.Text.Contains("43.00", StringComparison.Ordinal).ShouldBe(isSeen);
        documents.Count.ShouldBe(isSeen ? 1 : 0);
        content.Status.ShouldBe(isSeen ? 200 : 403);
        story.Text.ShouldNotContain("43.00");
    }

    [Theory]
    [InlineData("upm", true)]
    [InlineData("pa", false)]
    public async Task Reasons_that_may_name_figures_are_kept_from_those_who_may_not_see_them(string account, bool isSeen)
    {
        var (instance, task) = await server.HireAsync("C041");
        using var upm = server.Client("upm");
        await upm.PostJsonAsync($"/office/v1/tasks/{task}", new JsonObject { ["outcome"] = "Send back", ["comment"] = "make it 41.25" });
        using var office = server.Client(account);

        var story = await office.GetJsonAsync($"/office/v1/instances/{instance}/timeline");

        story.Text.ShouldContain("sent back");
        story.Text.Contains("41.25", StringComparison.Ordinal).ShouldBe(isSeen);
    }

    [Fact]
    public async Task A_head_sees_the_paperwork_of_the_own_department_only()
    {
        using var head = server.Client("head-cam");
        using var coordinator = server.Client("coordinator");

        var own = (await head.GetJsonAsync("/office/v1/paperwork")).Json.AsArray();
        var all = (await coordinator.GetJsonAsync("/office/v1/paperwork")).Json.AsArray();

        own.Select(p => p!["departmentId"]!.ToString()).Distinct().ShouldBe(["CAM"]);
        all.Count.ShouldBeGreaterThan(own.Count);
    }
}
