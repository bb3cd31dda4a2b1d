using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board.Workflows;

[Collection(SharedBoardOffice.Name)]
public sealed partial class NewWorkflowTests(BoardOffice office)
{
    [Fact]
    public async Task The_gallery_shows_each_starting_point_with_its_purpose_and_a_picture()
    {
        using var client = await office.SignInAsync("upm");
        var page = await client.ReadAsync("/workflows/new");

        Picture().Count(page).ShouldBeGreaterThanOrEqualTo(5);
        page.ShouldContain("Document for signature");
        page.ShouldContain("the UPM says yes or no");
        page.ShouldNotContain(" style=");
    }

    [Fact]
    public async Task A_new_workflow_is_a_draft_of_that_name_that_opens_in_the_designer()
    {
        using var client = await office.SignInAsync("upm");
        using var made = await client.PostAsync("/workflows/new/spending-approval", "/workflows/new/spending-approval", ("name", "  Rental   over 900 "));

        made.Headers.Location!.OriginalString.ShouldBe("/studio/workflows/rental-over-900");
        var list = await client.ReadAsync("/workflows");
        list.ShouldContain("Rental over 900");
        list.ShouldContain("version 1, never published");
        using var start = await client.GetAsync("/start/rental-over-900");
        start.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "Give it a name")]
    [InlineData("crew hire and deal memo", "There is a workflow called")]
    public async Task A_name_that_cannot_be_is_told_beside_its_box_with_what_was_typed(string name, string problem)
    {
        using var client = await office.SignInAsync("upm");
        using var answer = await client.PostAsync("/workflows/new/simple-approval", "/workflows/new/simple-approval", ("name", name));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain(problem);
        page.ShouldContain($"value=\"{name}\"");
    }

    [Fact]
    public async Task A_duplicate_is_a_workflow_of_its_own()
    {
        using var client = await office.SignInAsync("upm");
        using var made = await client.PostAsync("/workflows/crew-hire/copy", "/workflows/crew-hire/copy", ("name", "Crew hire, second unit"));

        made.Headers.Location!.OriginalString.ShouldBe("/studio/workflows/crew-hire-second-unit");
        (await client.ReadAsync("/workflows/crew-hire-second-unit/publish")).ShouldContain("Nothing is wrong with it.");
        (await client.ReadAsync("/workflows/crew-hire/versions")).ShouldNotContain("Version 2");
    }

    [Fact]
    public async Task An_exported_file_is_taken_in_as_a_workflow_of_its_own_or_as_the_next_version()
    {
        using var client = await office.SignInAsync("upm");
        var id = await client.MakeLiveAsync("simple-approval", "Stunt approval");
        var file = JsonNode.Parse(await client.ReadAsync($"/workflows/{id}/export"))!.AsObject();
        file.Step("decide")["hours"]!["expression"]!["value"] = 6;
        var json = file.ToJsonString();

        using var asked = await client.PostAsync("/workflows/import", "/workflows/import", ("json", json));
        using var next = await client.PostAsync("/workflows/import", "/workflows/import", ("json", json), ("as", "version"));
        using var other = await client.PostAsync("/workflows/import", "/workflows/import", ("json", json), ("as", "new"));

        asked.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await asked.Content.ReadAsStringAsync()).ShouldContain("There is a workflow with this id already");
        next.Headers.Location!.OriginalString.ShouldBe($"/workflows/{id}/versions?done=imported");
        WebUtility.HtmlDecode(await client.ReadAsync($"/workflows/{id}/versions")).ShouldContain("'UPM decides': Hours to decide 24 → 6.");
        other.Headers.Location!.OriginalString.ShouldBe($"/workflows/{id}-2/versions?done=imported");
    }

    [Fact]
    public async Task A_file_with_errors_is_shown_with_all_of_them_at_once_and_kept_in_the_form()
    {
        using var client = await office.SignInAsync("upm");
        var file = JsonNode.Parse(await client.ReadAsync("/workflows/crew-hire/export"))!.AsObject();
        (file["definitionId"], file["name"]) = ("broken-hire", "Broken hire");
        file.Step("check")["type"] = "Office.RequestAproval";
        file.Step("tellAccountant").Remove("subject");
        file.Step("memo")["template"]!["expression"]!["value"] = "no-such.docx";

        using var shown = await UploadAsync(client, file.ToJsonString());
        var page = WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync());
        using var taken = await client.PostAsync("/workflows/import", "/workflows/import", ("json", file.ToJsonString()), ("anyway", "true"));

        shown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("'Coordinator checks': unknown activity 'Office.RequestAproval'.");
        page.ShouldContain("'Tell the accountant' (Tell somebody) needs 'Subject'.");
        page.ShouldContain("no-such.docx");
        page.ShouldContain("\"definitionId\":\"broken-hire\"");
        taken.Headers.Location!.OriginalString.ShouldBe("/workflows/broken-hire/versions?done=imported");
        using var refused = await client.PublishAsync("broken-hire");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("", "No file was chosen")]
    [InlineData("{ not json", "cannot be read as a workflow")]
    [InlineData("{\"root\":{}}", "has no id")]
    public async Task What_is_no_workflow_is_refused_in_words(string json, string problem)
    {
        using var client = await office.SignInAsync("upm");
        using var answer = await client.PostAsync("/workflows/import", "/workflows/import", ("json", json));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(problem);
    }

    [Theory]
    [InlineData("Crew hire (Stage 4)", "crew-hire-stage-4")]
    [InlineData("Équipement – prêt", "equipement-pret")]
    [InlineData("???", "workflow")]
    [InlineData("New", "new-2")]
    [InlineData("Taken", "taken-2")]
    public void An_id_is_made_of_the_name(string name, string id) => DefinitionCopy.NewId(name, ["taken"]).ShouldBe(id);

    private static async Task<HttpResponseMessage> UploadAsync(BoardClient client, string json)
    {
        var token = Token().Match(await client.ReadAsync("/workflows/import")).Groups[1].Value;
        var form = new MultipartFormDataContent { { new StringContent(token), "formToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(json)), "file", "broken.json" } };
        return await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/workflows/import") { Content = form });
    }

    [GeneratedRegex("<svg class=\"flow")]
    private static partial Regex Picture();

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
