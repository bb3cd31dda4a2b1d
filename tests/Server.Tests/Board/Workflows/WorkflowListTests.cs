using System.Net;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board.Workflows;

[Collection(SharedBoardOffice.Name)]
public sealed class WorkflowListTests(BoardOffice office)
{
    private static readonly string[] Pages =
    [
        "/workflows/new", "/workflows/new/simple-approval", "/workflows/import", "/workflows/crew-hire/versions", "/workflows/crew-hire/publish", "/workflows/crew-hire/published",
        "/workflows/crew-hire/copy", "/workflows/crew-hire/delete", "/workflows/crew-hire/export",
    ];

    private static readonly string[] Forms =
    [
        "/workflows/new/simple-approval", "/workflows/import", "/workflows/crew-hire/publish", "/workflows/crew-hire/copy", "/workflows/crew-hire/revert",
        "/workflows/crew-hire/off", "/workflows/crew-hire/on", "/workflows/crew-hire/delete",
    ];

    [Theory]
    [InlineData("coordinator")]
    [InlineData("lineproducer")]
    [InlineData("accountant")]
    [InlineData("pa")]
    [InlineData("head-elc")]
    public async Task Who_may_not_design_sees_no_page_and_sends_no_form_of_it(string account)
    {
        using var client = await office.SignInAsync(account);
        var before = await Dump.OfAsync(office);
        foreach (var path in Pages)
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        foreach (var path in Forms)
        {
            using var answer = await client.PostAsync("/account", path, ("name", "Mine"), ("sure", "true"), ("version", "1"));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await Dump.OfAsync(office)).ShouldBe(before);
        var list = await client.ReadAsync("/workflows");
        list.ShouldNotContain("/publish");
        list.ShouldNotContain("/studio/");
        list.ShouldNotContain("New workflow");
    }

    [Fact]
    public async Task Looking_at_them_changes_nothing()
    {
        using var client = await office.SignInAsync("upm");
        var before = await Dump.OfAsync(office);
        foreach (var path in Pages.Append("/workflows").Append("/workflows/crew-hire/versions?from=1&to=1").Append("/workflows/crew-hire/publish?plan=1"))
            await client.ReadAsync(path);

        (await Dump.OfAsync(office)).ShouldBe(before);
    }

    [Fact]
    public async Task Pages_of_a_workflow_that_is_not_there_say_so()
    {
        using var client = await office.SignInAsync("upm");
        foreach (var page in new[] { "versions", "publish", "copy", "delete", "export" })
        {
            using var answer = await client.GetAsync($"/workflows/nothing-of-that-name/{page}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        }
    }

    [Fact]
    public async Task Others_see_what_they_may_start_and_no_more()
    {
        using var upm = await office.SignInAsync("upm");
        using var head = await office.SignInAsync("head-elc");
        using var pa = await office.SignInAsync("pa");
        var live = await upm.MakeLiveAsync("simple-approval", "Night shoot approval");
        var draft = await upm.MakeAsync("simple-approval", "Night shoot approval, not yet");

        var seen = await head.ReadAsync("/workflows");

        seen.ShouldContain($"/start/{live}");
        seen.ShouldNotContain(draft);
        seen.ShouldNotContain("Delivery at the front desk");
        (await pa.ReadAsync("/workflows")).ShouldContain("There is no workflow that you can start");
        (await upm.ReadAsync("/workflows")).ShouldContain($"/workflows/{draft}/publish");
    }

    [Fact]
    public async Task What_is_switched_off_cannot_be_started_and_is_switched_on_as_it_was_though_a_draft_waits()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Rain cover approval");
        var running = await client.StartAsync(id, "A tent");
        await office.ChangeAsync(id, d => d["description"] = "Another purpose");

        using var off = await client.PostAsync("/workflows", $"/workflows/{id}/off");
        (await client.ReadAsync(off.Headers.Location!.OriginalString)).ShouldContain("was version 1; cannot be started");
        using var refused = await client.GetAsync($"/start/{id}");
        (await office.TaskAsync(running, "Approve")).State.ShouldBe("open");
        using var again = await client.PostAsync("/workflows", $"/workflows/{id}/off");
        using var on = await client.PostAsync("/workflows", $"/workflows/{id}/on");

        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        on.StatusCode.ShouldBe(HttpStatusCode.Found);
        var list = await client.ReadAsync("/workflows");
        list.ShouldContain("draft 2 waits");
        (await client.ReadAsync($"/start/{id}")).ShouldNotContain("Another purpose");
    }

    [Fact]
    public async Task Deleting_asks_first_and_keeps_what_runs_unless_told_otherwise()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Catering approval");
        var running = await client.StartAsync(id, "Soup");
        var page = $"/workflows/{id}/delete";
        (await client.ReadAsync(page)).ShouldContain("under way");
        (await client.ReadAsync(page)).ShouldNotContain("came with the program");
        (await client.ReadAsync("/workflows/crew-hire/delete")).ShouldContain("the program does not bring it back");

        using var unsure = await client.PostAsync(page, page);
        using var inUse = await client.PostAsync(page, page, ("sure", "true"));
        (await client.ReadAsync($"/i/{running}")).ShouldContain("Soup");
        using var gone = await client.PostAsync(page, page, ("sure", "true"), ("running", "true"));

        unsure.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        inUse.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        gone.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await client.ReadAsync("/workflows")).ShouldNotContain("Catering approval");
        using var lost = await client.GetAsync($"/i/{running}");
        lost.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_shipped_workflow_says_that_it_comes_back()
    {
        using var client = await office.SignInAsync("upm");

        (await client.ReadAsync("/workflows/delivery/delete")).ShouldContain("It came with the program");
    }

    [Fact]
    public async Task A_run_leads_to_its_diagram()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Parking approval");
        var running = await client.StartAsync(id, "A field");

        (await client.ReadAsync($"/i/{running}")).ShouldContain($"/studio/instances/{running}");
        (await client.ReadAsync($"/instances?workflow={id}")).ShouldContain($"/i/{running}");
    }
}
