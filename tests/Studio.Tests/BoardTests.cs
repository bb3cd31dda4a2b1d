using System.IO.Compression;
using Microsoft.Playwright;
using ProductionOffice.TestKit;

namespace ProductionOffice.Studio.Tests;

[Collection(BrowserTests.Name)]
public sealed class BoardTests(BrowserOffice office)
{
    [ChromiumFact]
    public Task A_hire_is_started_checked_approved_and_its_memo_downloaded() => WalkAsync("C020", script: true);

    [ChromiumFact]
    public Task The_same_works_with_script_switched_off() => WalkAsync("C021", script: false);

    [ChromiumFact]
    public async Task Every_page_fits_a_phone_names_its_controls_and_stays_light()
    {
        var (page, complaints) = await office.SignInAsync("upm", script: true, width: 360);
        foreach (var path in new[]
        {
            "/", "/overdue", "/paperwork?incomplete=1", "/approvals?who=all", "/workflows", "/start/crew-hire", "/instances", "/people?dept=CAM", "/people/C041",
            "/deliveries", "/documents", "/messages", "/settings", "/account",
        })
        {
            var answer = await page.GotoAsync(path);
            (await answer!.BodyAsync()).Length.ShouldBeLessThan(150_000, path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, path);
            (await page.EvaluateAsync<string[]>(Nameless)).ShouldBeEmpty(path);
        }

        complaints.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task The_keyboard_reaches_the_content_past_the_navigation()
    {
        var (page, _) = await office.SignInAsync("coordinator", script: true);
        await page.GotoAsync("/paperwork");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Skip to content");

        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("dept");
    }

    [ChromiumFact]
    public async Task The_paperwork_prints_as_a_table_with_who_printed_it()
    {
        var (page, _) = await office.SignInAsync("coordinator", script: true);
        await page.GotoAsync("/paperwork?incomplete=1");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        (await page.Locator(".top nav").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator(".filters").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator(".paper").InnerTextAsync()).ShouldContain("Confidential · printed by");
        (await page.PdfAsync(new() { PreferCSSPageSize = true })).Length.ShouldBeGreaterThan(5_000);
    }

    /// <summary>Controls without a name, pages without one first heading, tables without heads, ids given twice.</summary>
    private const string Nameless = """
        () => {
          const found = [];
          for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
            if (!e.labels?.length && !e.getAttribute('aria-label')) found.push('no label: ' + e.name);
          for (const e of document.querySelectorAll('a, button'))
            if (!e.textContent.trim()) found.push('no text: ' + e.outerHTML.slice(0, 80));
          if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
          for (const e of document.querySelectorAll('main > table th:not([scope]), .matrix th:not([scope])')) found.push('no scope: ' + e.textContent);
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push('id twice: ' + id);
          return found;
        }
        """;

    private async Task WalkAsync(string person, bool script)
    {
        var (producer, _) = await office.SignInAsync("lineproducer", script);
        await producer.GotoAsync($"/people/{person}");
        await producer.GetByRole(AriaRole.Link, new() { Name = "Start a hire" }).ClickAsync();
        await producer.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        var instance = new Uri(producer.Url).AbsolutePath["/i/".Length..];
        (await producer.Locator(".timeline").InnerTextAsync()).ShouldContain("asked to hire");

        await office.TaskAsync(instance, "Checked");
        var (coordinator, _) = await office.SignInAsync("coordinator", script);
        await coordinator.GotoAsync($"/i/{instance}");
        await coordinator.Locator(".lines a[href^='/approvals']").First.ClickAsync();
        await coordinator.GetByRole(AriaRole.Button, new() { Name = "Checked" }).ClickAsync();
        (await coordinator.GetByRole(AriaRole.Status).First.InnerTextAsync()).ShouldContain("Checked: Check the hire of");

        var task = await office.TaskAsync(instance, "Approve");
        var (upm, complaints) = await office.SignInAsync("upm", script);
        await upm.GotoAsync($"/approvals/{task.Id}");
        (await upm.GetByRole(AriaRole.Group, new() { Name = "Text of the document" }).InnerTextAsync()).ShouldContain("Deal Memo");
        await upm.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await office.TaskAsync(instance, "Signed");
        await upm.GotoAsync($"/i/{instance}");
        (await upm.Locator(".timeline").InnerTextAsync()).ShouldContain("waiting for the signature");

        var download = await upm.RunAndWaitForDownloadAsync(() => upm.Locator("a[href$='/file']").First.ClickAsync());
        download.SuggestedFilename.ShouldEndWith("v1.docx");
        using var memo = ZipFile.OpenRead(await download.PathAsync());
        memo.GetEntry("word/document.xml").ShouldNotBeNull();
        complaints.ShouldBeEmpty();
    }
}
