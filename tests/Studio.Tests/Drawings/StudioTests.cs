using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ProductionOffice.Studio.Tests.Drawings;

[Collection(BrowserTests.Name)]
public sealed class StudioTests(BrowserOffice office, ITestOutputHelper output)
{
    private WorkflowRuntime Runtime => office.Services.GetRequiredService<WorkflowRuntime>();

    [StudioFact]
    public async Task A_shipped_workflow_opens_light_from_this_office_alone_and_without_what_is_for_programmers()
    {
        var (page, complaints) = await office.SignInAsync("upm", script: true, width: 1440);
        var bytes = 0L;
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.loadingFinished").OnEvent += (_, answer) => bytes += (long)(answer?.GetProperty("encodedDataLength").GetDouble() ?? 0);
        var board = new DrawingBoard(page);

        var drawn = await board.OpenAsync("/studio/workflows/crew-hire");
        await Expect(board.State).ToHaveTextAsync("All changes are saved");
        output.WriteLine($"First load {bytes / 1e6:0.00} MB, first drawn flowchart after {drawn / 1e3:0.0} s.");
        bytes.ShouldBeInRange(1_000_000, 10_000_000);

        await board.SelectAsync("UPM: may it be sent?");
        await Expect(page.Locator("label", new() { HasText = "Who decides" })).ToBeVisibleAsync();
        await HidesAsync(page);
        foreach (var text in new[] { "Code View", "Test", "Commit Strategy", "Log", "Info", "Settings", "Information", "Version history", "Auto-save" })
            (await page.Locator("#po-stage").GetByText(text, new() { Exact = true }).Locator("visible=true").CountAsync()).ShouldBe(0, text);
        complaints.ShouldBeEmpty();
    }

    [StudioFact]
    public async Task A_step_is_drawn_filled_in_published_and_the_workflow_started_and_watched()
    {
        await Runtime.SaveDefinitionAsync(Sketch.Json("drawn"));
        var (page, complaints) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        await board.OpenAsync("/studio/workflows/drawn");

        await board.DropAsync("Approvals", "Ask for approval", 430, 60);
        await board.ConnectAsync("Note it", "Done", "Ask for approval");
        await board.SavedAsync();
        await board.PublishAsync();
        await Expect(board.Banner).ToContainTextAsync("Not published yet.");
        await Expect(board.Banner).ToContainTextAsync("Who decides");

        await board.SelectAsync("Ask for approval");
        await board.FillAsync("What to decide", "Send the call sheet");
        await board.PickAsync("Who decides", "Accountant");
        await HasAsync("drawn", "productionAccountant");
        await board.PublishAsync();
        await Expect(board.State).ToContainTextAsync("Published");

        var published = (await Runtime.ListVersionsAsync("drawn")).Single(v => v.IsPublished);
        var steps = JsonNode.Parse(published.Json)!["root"]!["activities"]!.AsArray();
        steps.Count.ShouldBe(3);
        steps.Single(s => (string?)s!["type"] == "Office.RequestApproval")!.ToJsonString().ShouldContain("Send the call sheet");

        await board.StartAsync();
        await page.WaitForURLAsync("**/studio/instances/*");
        await page.WaitForFunctionAsync("() => window.office?.drawnAfter", null, new() { Timeout = 2 * DrawingBoard.Patience });
        await Expect(board.Step("Ask for approval")).ToBeVisibleAsync();
        await HidesAsync(page);
        await Expect(board.Step("Note it").Locator(".mud-badge")).ToContainTextAsync("1");
        complaints.Where(c => !c.Contains("400", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [StudioFact]
    public async Task Steps_that_nobody_has_placed_stand_apart_and_are_stored_as_they_were()
    {
        var stored = await Runtime.SaveDefinitionAsync(Sketch.WithoutPlaces("unplaced"));
        var (page, complaints) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        await board.OpenAsync("/studio/workflows/unplaced");

        var (begin, note) = (await board.Step("Begin here").BoundingBoxAsync(), await board.Step("Note it").BoundingBoxAsync());
        note!.X.ShouldBeGreaterThan(begin!.X + begin.Width);
        (await LatestAsync("unplaced")).Revision.ShouldBe(stored.Revision);
        await board.NudgeAsync(board.Step("Note it"));
        await board.SavedAsync();
        (await LatestAsync("unplaced")).Json.ShouldContain("position");
        complaints.ShouldBeEmpty();
    }

    [StudioFact]
    public async Task Two_who_draw_at_once_lose_nothing()
    {
        await Runtime.SaveDefinitionAsync(Sketch.Json("shared"));
        var (page, _) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        await board.OpenAsync("/studio/workflows/shared");
        await Runtime.SaveDefinitionAsync(Sketch.Json("shared").Replace("As it was", "As somebody else wants it", StringComparison.Ordinal));

        await board.DescribeAsync("As I want it");

        await Expect(board.Banner).ToContainTextAsync("while you had it open");
        await Expect(board.State).ToHaveTextAsync("Not saved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep mine as a new workflow" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/studio/workflows/sketch-shared"));
        var copy = await LatestAsync(new Uri(page.Url).Segments[^1]);
        copy.Json.ShouldContain("As I want it");
        (await LatestAsync("shared")).Json.ShouldContain("As somebody else wants it");
    }

    [StudioFact]
    public async Task What_was_drawn_while_the_office_did_not_answer_is_saved_when_it_does()
    {
        await Runtime.SaveDefinitionAsync(Sketch.Json("away"));
        var (page, _) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        await board.OpenAsync("/studio/workflows/away");

        await page.Context.SetOfflineAsync(true);
        await board.DescribeAsync("Written without an office");
        await Expect(board.Banner).ToContainTextAsync("Not saved: the office’s program does not answer. Your drawing is still here.");
        await Expect(board.State).ToHaveTextAsync("Not saved");
        (await page.EvaluateAsync<string>("sessionStorage.getItem('office-unsaved:away')")).ShouldContain("Written without an office");
        await page.Context.SetOfflineAsync(false);
        await Expect(board.Banner).ToContainTextAsync("Saved again at");
        await HasAsync("away", "Written without an office");

        // The office has it, but its answer is lost: that is no conflict with oneself.
        await page.RouteAsync("**/elsa/api/workflow-definitions", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        }, new() { Times = 1 });
        await board.DescribeAsync("The answer to this was lost");
        await HasAsync("away", "The answer to this was lost");
        await board.SavedAsync();
        await board.DescribeAsync("And this came after");
        await HasAsync("away", "And this came after");
        await board.SavedAsync();

        // Signed out meanwhile, and in again in another tab.
        var cookies = await page.Context.CookiesAsync();
        await page.Context.ClearCookiesAsync();
        await board.DescribeAsync("Written after the session ended");
        await Expect(board.Banner).ToContainTextAsync("you are no longer signed in");
        await page.Context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        await Expect(board.Banner).ToContainTextAsync("Saved again at");
        await HasAsync("away", "Written after the session ended");
    }

    [StudioFact]
    public async Task Who_may_not_design_looks_and_changes_nothing()
    {
        await Runtime.SaveDefinitionAsync(Sketch.Json("looked-at"));
        var (page, _) = await office.DesignerAsync("coordinator");
        var board = new DrawingBoard(page);
        await board.OpenAsync("/studio/workflows/looked-at");

        await Expect(board.State).ToContainTextAsync("Only the UPM changes drawings");
        await HidesAsync(page);
        (await page.Locator(".mud-toolbar .mud-button-group-root button").CountAsync()).ShouldBe(0);
        var status = await page.EvaluateAsync<int>("""
            () => fetch('/elsa/api/workflow-definitions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ model: { definitionId: 'looked-at-2', name: 'No', root: {} } }) }).then(a => a.status)
            """);
        status.ShouldBe(403);
    }

    [StudioFact]
    public async Task A_workflow_that_is_not_there_is_said_to_be_missing()
    {
        var (page, _) = await office.DesignerAsync("upm");

        var answer = await page.GotoAsync("/studio/workflows/no-such-thing");

        answer!.Status.ShouldBe(404);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Not found");
    }

    /// <summary>Each rule of the page finds what it hides: a newer designer that names things otherwise is noticed here.</summary>
    private static async Task HidesAsync(IPage page)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System))
        {
            var idle = await page.EvaluateAsync<string[]>("() => Object.entries(office.hidden).filter(([, found]) => !found).map(([rule]) => rule)");
            if (idle.Length == 0)
                return;
            if (patience.ElapsedMilliseconds > DrawingBoard.Patience)
                idle.ShouldBeEmpty("a rule of studio.hiding.js finds nothing");
        }
    }

    private Task HasAsync(string id, string text) => office.HasAsync(id, text);

    private async Task<StoredDefinition> LatestAsync(string id) => (await Runtime.ListVersionsAsync(id)).Single(v => v.IsLatest);
}
