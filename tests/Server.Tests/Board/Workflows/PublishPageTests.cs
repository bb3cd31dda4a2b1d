using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.Server.Tests.Tryout;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;

namespace ProductionOffice.Server.Tests.Board.Workflows;

[Collection(SharedBoardOffice.Name)]
public sealed class PublishPageTests(BoardOffice office)
{
    [Fact]
    public async Task A_draft_is_published_after_its_difference_was_shown_and_what_runs_stays()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Extras approval");
        var running = await client.StartAsync(id, "Twenty extras");
        await office.ChangeAsync(id, d => d.Step("decide")["role"]!["expression"]!["value"] = "lineProducer");
        var page = WebUtility.HtmlDecode(await client.ReadAsync($"/workflows/{id}/publish"));

        using var published = await client.PublishAsync(id, ("running", "stay"));

        page.ShouldContain("'UPM decides': Who decides UPM → Line producer.");
        page.ShouldContain("1 of 1 can move.");
        published.Headers.Location!.OriginalString.ShouldBe($"/workflows/{id}/published");
        (await client.ReadAsync($"/workflows/{id}/published")).ShouldContain("1 on version 1");
        (await VersionOfAsync(running)).ShouldBe(1);
        var versions = WebUtility.HtmlDecode(await client.ReadAsync($"/workflows/{id}/versions"));
        versions.ShouldContain("What changed from version 1 to version 2");
        versions.ShouldContain("Rosalind Achterberg");
    }

    [Fact]
    public async Task What_can_move_moves_and_what_cannot_says_why()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Drone approval");
        var moving = await client.StartAsync(id, "A drone");
        await office.ChangeAsync(id, d => d.Step("decide")["hours"]!["expression"]!["value"] = 6);
        using (var published = await client.PublishAsync(id, ("running", "move")))
            published.Headers.Location!.OriginalString.ShouldBe($"/workflows/{id}/published?moved=1");
        (await VersionOfAsync(moving)).ShouldBe(2);

        await office.ChangeAsync(id, d => Rename(d, "decide", "decideAnew"));
        var plan = WebUtility.HtmlDecode(await client.ReadAsync($"/workflows/{id}/publish"));
        using var second = await client.PublishAsync(id, ("running", "move"));
        var result = WebUtility.HtmlDecode(await client.ReadAsync(second.Headers.Location!.OriginalString));

        plan.ShouldContain("0 of 1 can move; 1 would stay");
        plan.ShouldContain("'UPM decides', where it stands, is gone");
        result.ShouldContain("Could not move");
        (await VersionOfAsync(moving)).ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_published_that_was_saved_again_while_the_page_was_open()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeAsync("simple-approval", "Pyro approval");
        var runtime = office.Services.GetRequiredService<WorkflowRuntime>();
        var seen = (await runtime.ListVersionsAsync(id))[0].Revision;
        await office.ChangeAsync(id, d => d["description"] = "Somebody else was here");

        using var refused = await client.PostAsync($"/workflows/{id}/publish", $"/workflows/{id}/publish", ("revision", seen));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("while this page was open");
        (await runtime.ListVersionsAsync(id)).ShouldAllBe(v => !v.IsPublished);
        await Should.ThrowAsync<DefinitionConflictException>(() => runtime.PublishAsync(id, seen));
    }

    [Fact]
    public async Task Errors_block_and_warnings_ask()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeAsync("simple-approval", "Animal approval");
        await office.ChangeAsync(id, d => d.Step("decide").Remove("role"));
        var page = WebUtility.HtmlDecode(await client.ReadAsync($"/workflows/{id}/publish"));
        using var blocked = await client.PublishAsync(id, ("accept", "true"));
        await office.ChangeAsync(id, d =>
        {
            d.Step("decide")["role"] = JsonNode.Parse("""{"typeName":null,"expression":{"type":"Literal","value":"unitProductionManager"}}""");
            d["root"]!["connections"]!.AsArray().RemoveAt(2);
        });
        using var asked = await client.PublishAsync(id);
        var question = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        using var published = await client.PublishAsync(id, ("accept", "true"));

        page.ShouldContain("'UPM decides' (Ask for approval) needs 'Who decides'.");
        page.ShouldContain("Open the step and fill that box in.");
        blocked.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        asked.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        question.ShouldContain("Nothing follows when 'UPM decides' ends with 'Refuse'");
        question.ShouldNotContain("typeName");
        published.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_kept_test_that_comes_out_different_asks_as_a_warning_does()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Weapons approval");
        var kept = office.Services.GetRequiredService<KeptTests>();
        var setting = await office.SettingAsync(id);
        await kept.KeepAsync(id, new TryoutPlan(new JsonObject { ["subject"] = "Two rubber guns" }, "pa", office.Clock.GetUtcNow(), []), setting, "As it is asked for", "upm", CancellationToken.None);
        var query = office.Services.GetRequiredService<PublishQuery>();

        await office.ChangeAsync(id, d => d["description"] = "Says yes or no.");
        var same = await query.ReadAsync(id, false, false, false, null, CancellationToken.None);
        await office.ChangeAsync(id, d => d.Step("decide")["title"] = JsonNode.Parse("""{"typeName":"String","expression":{"type":"Literal","value":"Something else"}}"""));
        var other = await query.ReadAsync(id, false, false, false, null, CancellationToken.None);

        (same.Tests.ShouldHaveSingleItem().Passed, same.NeedsAccepting).ShouldBe((true, same.Warnings.Count > 0));
        other.Tests.ShouldHaveSingleItem().Passed.ShouldBe(false);
        other.Tests[0].Says!.ShouldContain("“UPM, Rosalind Achterberg: Something else” is asked for and was not");
        other.NeedsAccepting.ShouldBeTrue();
    }

    [Fact]
    public async Task Going_back_makes_a_draft_that_is_the_same_as_the_old_version()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Boat approval");
        await office.ChangeAsync(id, d => d.Step("decide")["hours"]!["expression"]!["value"] = 6);
        using (await client.PublishAsync(id))
        {
        }

        using var reverted = await client.PostAsync($"/workflows/{id}/versions", $"/workflows/{id}/revert", ("version", "1"));
        using var unknown = await client.PostAsync($"/workflows/{id}/versions", $"/workflows/{id}/revert", ("version", "9"));
        var page = WebUtility.HtmlDecode(await client.ReadAsync(reverted.Headers.Location!.OriginalString));

        page.ShouldContain("Publish draft 3");
        page.ShouldContain("'UPM decides': Hours to decide 6 → 24.");
        WebUtility.HtmlDecode(await client.ReadAsync($"/workflows/{id}/versions?from=1&to=3")).ShouldContain("Nothing differs");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var context = await office.Store.ReadAsync(CancellationToken.None);
        (await context.Audit.Where(a => a.Target == id).OrderBy(a => a.Seq).Select(a => a.Action).ToListAsync()).ShouldBe(["new-workflow", "publish-workflow", "publish-workflow", "revert-workflow"]);
    }

    private static void Rename(JsonObject definition, string id, string newId)
    {
        definition.Step(id)["id"] = newId;
        foreach (var end in definition["root"]!["connections"]!.AsArray().SelectMany(c => new[] { c!["source"]!, c["target"]! }).Where(e => (string?)e["activity"] == id))
            end["activity"] = newId;
    }

    private async Task<int> VersionOfAsync(string instance)
    {
        await using var context = await office.Store.ReadAsync(CancellationToken.None);
        return await context.Instances.Where(i => i.Id == instance).Select(i => i.DefinitionVersion).SingleAsync();
    }
}
