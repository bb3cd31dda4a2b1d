using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProductionOffice.Engine.Runtime;
using static Microsoft.Playwright.Assertions;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>
/// The UPM's guide, followed in the real designer and on the board: what it says can be done as it says.
/// Where <c>OFFICE_GUIDE_PICTURES</c> names a folder, the pictures of the guide are taken on the way.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class GuideTests(BrowserOffice office)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("OFFICE_GUIDE_PICTURES");

    private WorkflowRuntime Runtime => office.Services.GetRequiredService<WorkflowRuntime>();

    [StudioFact]
    public async Task A_limit_is_changed_an_approver_added_tried_and_published()
    {
        var (page, _) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        var id = await NewAsync(page, "spending-approval", "Purchase of expendables");
        await board.DrawnAsync();
        await Expect(board.Step("Take the request")).ToBeInViewportAsync(new() { Ratio = 1 });
        await TakeAsync(page, "studio");
        // Live, so that the check list has something to compare with.
        await Runtime.PublishAsync(id);
        await board.OpenAsync($"/studio/workflows/{id}");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Variables" }).ClickAsync();
        await page.Locator("tr", new() { Has = page.GetByRole(AriaRole.Cell, new() { Name = "limit", Exact = true }) }).Locator(".mud-menu button").ClickAsync();
        await page.GetByText("Edit", new() { Exact = true }).Last.ClickAsync();
        await Expect(page.GetByLabel("Default value")).ToHaveValueAsync("2500");
        await page.GetByLabel("Default value").FillAsync("4000");
        await page.GetByLabel("Default value").PressAsync("Tab");
        await TakeAsync(page, "limit");
        await page.GetByRole(AriaRole.Button, new() { Name = "OK" }).ClickAsync();
        await office.HasAsync(id, "4000");

        var before = await ConnectionsAsync(id);
        await board.FitAsync();
        await board.DropAsync("Approvals", "Ask for approval", 300, 60);
        await board.FillAsync("What to decide", "Is it in the art budget?");
        await board.PickAsync("Who decides", "Accountant");
        await board.DeselectAsync();
        await board.DisconnectAsync("UPM decides", "Approve", "Over the limit?");
        await board.ConnectAsync("UPM decides", "Approve", "Ask for approval");
        await board.ConnectAsync("Ask for approval", "Approve", "Over the limit?");
        await board.ConnectAsync("Ask for approval", "Refuse", "Tell who asked: refused");
        for (var patience = Stopwatch.StartNew(); await ConnectionsAsync(id) != before + 2; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
            patience.ElapsedMilliseconds.ShouldBeLessThan(DrawingBoard.Patience, "the office has not got what was drawn");
        await board.SelectAsync("Ask for approval");
        await Expect(page.Locator("label", new() { HasText = "Who decides" })).ToBeVisibleAsync();
        await TakeAsync(page, "approver");

        await page.GotoAsync($"/workflows/{id}/try?sample=1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the try-out" }).ClickAsync();
        await page.Locator("button[name=choice]", new() { HasText = "Approve" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "1 day" }).ClickAsync();
        await TakeAsync(page, "try");

        await page.GotoAsync("/workflows");
        await TakeAsync(page, "list");
        await page.GotoAsync($"/workflows/{id}/publish");
        await Expect(page.Locator("main")).ToContainTextAsync("2500 → 4000");
        await TakeAsync(page, "publish");
        if (await page.Locator("main input[type=checkbox]").CountAsync() is > 0)
            await page.Locator("main input[type=checkbox]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 2" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Purchase of expendables");
        (await Runtime.ListVersionsAsync(id)).Single(v => v.IsPublished).Version.ShouldBe(2);
        await page.GotoAsync($"/workflows/{id}/versions");
        await TakeAsync(page, "versions");
    }

    [StudioFact]
    public async Task The_gallery_shows_a_reminder_and_a_document()
    {
        var (page, _) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        await NewAsync(page, "collect-paperwork", "Collect NDAs");
        await board.DrawnAsync();
        await board.FitAsync();
        await board.SelectAsync("Wait two days");
        await Expect(page.Locator("label", new() { HasText = "How long" })).ToBeVisibleAsync();
        await TakeAsync(page, "reminder");

        await NewAsync(page, "document-for-signature", "Location letter");
        await board.DrawnAsync();
        await board.SelectAsync("Make the letter");
        await Expect(page.Locator("label", new() { HasText = "Template" })).ToBeVisibleAsync();
        await TakeAsync(page, "document");
    }

    private async Task<int> ConnectionsAsync(string id) =>
        JsonNode.Parse((await Runtime.ListVersionsAsync(id)).Single(v => v.IsLatest).Json)!["root"]!["connections"]!.AsArray().Count;

    /// <summary>Makes a draft out of the gallery and opens it; its id.</summary>
    private static async Task<string> NewAsync(IPage page, string from, string name)
    {
        await page.GotoAsync($"/workflows/new/{from}");
        await page.GetByLabel("Name of your workflow").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a draft and draw" }).ClickAsync();
        await page.WaitForURLAsync("**/studio/workflows/*");
        return new Uri(page.Url).Segments[^1];
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        if (Pictures is null)
            return;

        // What moves comes to rest.
        await page.Mouse.MoveAsync(700, 10);
        await page.WaitForTimeoutAsync(2000);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
