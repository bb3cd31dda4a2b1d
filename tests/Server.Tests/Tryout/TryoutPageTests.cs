using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.Server.Tryout.Kept;

namespace ProductionOffice.Server.Tests.Tryout;

[Collection(SharedBoardOffice.Name)]
public sealed partial class TryoutPageTests(BoardOffice office)
{
    [Fact]
    public async Task A_try_out_goes_from_the_form_to_the_end_and_touches_nothing_real()
    {
        using var client = await office.SignInAsync("upm");
        await office.SettledAsync();
        var (rows, files) = (await Dump.OfAsync(office), Files());

        var page = await BeginAsync(client, "C041");
        (await client.ReadAsync(page)).ShouldContain("Check the hire of Xiomara Blythe");
        await ChooseAsync(client, page, "0:check", "Checked");
        await ChooseAsync(client, page, "0:approveMemo", "Approve");
        (await PostAsync(client, page, ("pass", "7"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var shown = await client.ReadAsync(page);
        shown.ShouldContain("Reminder: please sign Deal memo - Xiomara Blythe - v1.docx");
        shown.ShouldContain("$43.00");
        await ChooseAsync(client, page, "0:signature", "Signed");
        await ChooseAsync(client, page, "0:countersign", "Countersign");
        await ChooseAsync(client, page, "0:arrival", "Checks in");
        using var file = await client.GetAsync(page + "/documents/1");
        var end = await client.ReadAsync(page);
        (await client.ReadAsync("/workflows/crew-hire/simulate?run=1&starts=10&weeks=1")).ShouldContain("They wait longest at");
        await client.ReadAsync("/workflows/crew-hire/simulate.csv?run=1&starts=10&weeks=1");
        await client.ReadAsync("/workflows/crew-hire/tests?run=1");

        end.ShouldContain("This run is at its end");
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        file.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("Sample - Deal memo - Xiomara Blythe - v1 signed.docx");
        (await file.Content.ReadAsByteArrayAsync())[..2].ShouldBe("PK"u8.ToArray());
        (await Dump.OfAsync(office)).ShouldBe(rows);
        Files().ShouldBe(files);
    }

    [Fact]
    public async Task Taking_back_offers_the_words_again_and_starting_over_keeps_the_input()
    {
        using var client = await office.SignInAsync("upm");
        var page = await BeginAsync(client, "C041");
        await ChooseAsync(client, page, "0:check", "Send back", "Wrong account code");
        (await client.ReadAsync(page)).ShouldContain("Revise the deal of Xiomara Blythe");

        await PostAsync(client, page, ("do", "back"));
        var back = await client.ReadAsync(page);
        await ChooseAsync(client, page, "0:check", "Checked");
        await PostAsync(client, page, ("do", "over"));
        var over = await client.ReadAsync(page);

        back.ShouldContain("Wrong account code</textarea>");
        back.ShouldContain("Check the hire of Xiomara Blythe");
        over.ShouldContain("Just begun");
        over.ShouldContain("Check the hire of Xiomara Blythe");
    }

    [Fact]
    public async Task What_cannot_be_done_keeps_the_page_and_what_was_typed()
    {
        using var client = await office.SignInAsync("upm");
        var page = await BeginAsync(client, "C041");

        using var reason = await ChooseAsync(client, page, "0:check", "Send back", "");
        await ChooseAsync(client, page, "0:check", "Send back", "No parking");
        using var value = await PostAsync(client, page, ("wait", "0:reviseRequest"), ("choice", "Revise"), ("comment", "Two nights"), ("field.rate", "a lot"));
        using var old = await client.PostAsync(page, page, ("wait", "0:reviseRequest"), ("choice", "Give up"), ("comment", "Typed long ago"), ("steps", "0"));

        reason.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var text = await value.Content.ReadAsStringAsync();
        text.ShouldContain("is not an amount");
        text.ShouldContain("value=\"a lot\"");
        text.ShouldContain("Two nights</textarea>");
        old.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await old.Content.ReadAsStringAsync()).ShouldContain("Typed long ago</textarea>");
    }

    [Fact]
    public async Task The_form_says_beside_the_box_what_is_wrong()
    {
        using var client = await office.SignInAsync("upm");

        using var answer = await client.PostAsync("/workflows/crew-hire/try", "/workflows/crew-hire/try", ("in.person", "Nobody Known"), ("in.rate", "43"), ("on", "2027-03-09"), ("by", "upm"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("There is nobody with the id or full name");
        page.ShouldContain("value=\"Nobody Known\"");
    }

    [Fact]
    public async Task Somebody_made_up_can_be_hired()
    {
        using var client = await office.SignInAsync("upm");
        var form = await client.ReadAsync("/workflows/crew-hire/try?sample=1");
        form.ShouldContain("value=\"Sample person\"");

        using var answer = await client.PostAsync("/workflows/crew-hire/try", "/workflows/crew-hire/try", [.. Values(form)]);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await client.ReadAsync(answer.Headers.Location!.OriginalString)).ShouldContain("Hire Sample person");
    }

    [Fact]
    public async Task A_try_out_the_office_has_forgotten_goes_on_from_its_page()
    {
        using var client = await office.SignInAsync("upm");
        var page = await BeginAsync(client, "C041");
        var shown = await client.ReadAsync(page);
        for (var i = 0; i < 12; i++)
            await BeginAsync(client, "C041");
        using var gone = await client.GetAsync(page);

        using var answer = await client.PostAsync("/account", page, ("seal", Seal().Match(shown).Groups[1].Value), ("steps", "0"), ("wait", "0:check"), ("choice", "Checked"), ("comment", ""));

        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await client.ReadAsync(page)).ShouldContain("Send the deal memo of Xiomara Blythe");
    }

    [Fact]
    public async Task It_belongs_to_who_began_it_and_the_seal_opens_for_nobody_else()
    {
        using var owner = await OwnerAsync();
        using var upm = await office.SignInAsync("upm");
        var page = await BeginAsync(upm, "C041");
        var seal = Seal().Match(await upm.ReadAsync(page)).Groups[1].Value;

        using var read = await owner.GetAsync(page);
        using var sent = await owner.PostAsync("/account", page, ("seal", seal), ("steps", "0"), ("do", "over"));

        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        sent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_owner_of_the_machine_may_try_but_sees_no_terms_of_the_crew()
    {
        using var owner = await OwnerAsync();
        var page = await BeginAsync(owner, "C041");
        await ChooseAsync(owner, page, "0:check", "Checked");

        var shown = await owner.ReadAsync(page);
        using var file = await owner.GetAsync(page + "/documents/0");

        shown.ShouldContain("Deal terms are not shown to your role");
        shown.ShouldNotContain("43.00");
        file.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("coordinator")]
    [InlineData("accountant")]
    [InlineData("lineproducer")]
    [InlineData("pa")]
    [InlineData("head-elc")]
    public async Task Who_may_not_publish_may_not_try(string account)
    {
        using var client = await office.SignInAsync(account);
        foreach (var path in new[] { "/workflows/crew-hire/try", "/workflows/crew-hire/try/x", "/workflows/crew-hire/tests", "/workflows/crew-hire/simulate", "/workflows/crew-hire/simulate.csv" })
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        using var sent = await client.PostAsync("/account", "/workflows/crew-hire/try", ("in.person", "C041"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_run_is_kept_named_anew_run_and_deleted_on_the_page()
    {
        using var client = await office.SignInAsync("upm");
        var page = await BeginAsync(client, "C020");
        await ChooseAsync(client, page, "0:check", "Checked");
        (await PostAsync(client, page, ("do", "keep"), ("name", "Page: one check"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var test = (await office.Services.GetRequiredService<KeptTests>().ListAsync("crew-hire", default)).Single(t => t.Name == "Page: one check");
        using var twice = await PostAsync(client, page, ("do", "keep"), ("name", "Page: one check"));

        const string Tests = "/workflows/crew-hire/tests";
        (await client.PostAsync(Tests, $"{Tests}/{test.Id}", ("do", "rename"), ("name", "Page: the check"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var run = await client.ReadAsync(Tests + "?run=1");
        using var file = await client.GetAsync($"{Tests}/{test.Id}/file");
        (await client.PostAsync(Tests, $"{Tests}/{test.Id}", ("do", "delete"))).StatusCode.ShouldBe(HttpStatusCode.Found);

        twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await twice.Content.ReadAsStringAsync()).ShouldContain("value=\"Page: one check\"");
        run.ShouldContain("Page: the check");
        run.ShouldContain("Passes");
        (await file.Content.ReadAsStringAsync()).ShouldContain("\"startsAt\"");
        (await client.ReadAsync(Tests)).ShouldNotContain("Page: the check");
    }

    [Fact]
    public async Task Assumptions_that_cannot_be_read_are_named_and_kept()
    {
        using var client = await office.SignInAsync("upm");

        using var answer = await client.GetAsync("/workflows/crew-hire/simulate?run=1&starts=many&share.check.Send%20back=130");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("“many” is no whole number from 1 to 500");
        page.ShouldContain("value=\"many\"");
        page.ShouldContain("value=\"130\"");
    }

    [Fact]
    public void Pages_of_a_workflow_go_before_addresses_that_workflows_answer() =>
        office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText).ShouldContain("/workflows/{definitionId}/try/{session}");

    private static async Task<string> BeginAsync(BoardClient client, string person)
    {
        using var answer = await client.PostAsync("/workflows/crew-hire/try", "/workflows/crew-hire/try", ("in.person", person), ("by", "lineproducer"), ("on", "2027-03-09"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        return answer.Headers.Location!.OriginalString.Split('#')[0];
    }

    private static Task<HttpResponseMessage> ChooseAsync(BoardClient client, string page, string wait, string choice, string comment = "") =>
        PostAsync(client, page, ("wait", wait), ("choice", choice), ("comment", comment));

    /// <summary>Sends a form of the page as it stands.</summary>
    private static async Task<HttpResponseMessage> PostAsync(BoardClient client, string page, params (string Name, string Value)[] fields) =>
        await client.PostAsync(page, page, [("steps", Steps().Match(await client.ReadAsync(page)).Groups[1].Value), .. fields]);

    private async Task<BoardClient> OwnerAsync()
    {
        var client = office.Anonymous();
        await client.TakeLinkAsync(await office.Services.GetRequiredService<Server.Security.SignInLinks>().NewOwnerAsync(Server.Security.Caller.OwnerName, default));
        return client;
    }

    private static IEnumerable<(string Name, string Value)> Values(string form) =>
        Input().Matches(form).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value))).Where(f => f.Item1 != "formToken")
            .Concat([("in.department", Chosen("f-department", form)), ("in.rateType", Chosen("f-rateType", form))]);

    private static string Chosen(string id, string form) => Regex.Match(form, $"<select id=\"{id}\".*?<option value=\"([^\"]+)\" selected", RegexOptions.Singleline).Groups[1].Value;

    private List<string> Files()
    {
        var folder = office.Services.GetRequiredService<DataFolder>();
        return [.. new[] { folder.Documents, folder.Mail, folder.Templates }.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")];
    }

    [GeneratedRegex("name=\"steps\" value=\"(\\d+)\"")]
    private static partial Regex Steps();

    [GeneratedRegex("name=\"seal\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();

    [GeneratedRegex("<input[^>]* name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Input();
}
