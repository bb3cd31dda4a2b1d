using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Api.Elsa;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Lists, versions, files and bulk actions.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class DefinitionTests(OfficeServer office)
{
    [Fact]
    public async Task Lists_are_paged_filtered_and_ordered()
    {
        using var upm = office.Client("upm");
        var stem = $"page{Guid.NewGuid():N}"[..12];
        foreach (var letter in "cab")
            await upm.SaveAsync(Flow($"{stem}-{letter}", [Step("s", "Elsa.Start")]));

        var first = await upm.ElsaAsync($"/workflow-definitions?versionOptions=Latest&Page=0&PageSize=2&SearchTerm={stem.ToUpperInvariant()}&OrderBy=Name&OrderDirection=Ascending");
        var second = await upm.ElsaAsync($"/workflow-definitions?versionOptions=Latest&Page=1&PageSize=2&SearchTerm={stem}&OrderBy=Name&OrderDirection=Ascending");
        var newest = await upm.ElsaAsync($"/workflow-definitions?SearchTerm={stem}&OrderBy=Created&OrderDirection=Descending&PageSize=1");

        Names(first).ShouldBe([$"{stem}-a", $"{stem}-b"]);
        Names(second).ShouldBe([$"{stem}-c"]);
        (first.Json["totalCount"]!.GetValue<int>(), second.Json["totalCount"]!.GetValue<int>()).ShouldBe((3, 3));
        Names(newest).ShouldBe([$"{stem}-b"]);
        Names(await upm.ElsaAsync($"/workflow-definitions?Ids={stem}-a-v1&Ids={stem}-c-v1&OrderBy=Name")).ShouldBe([$"{stem}-a", $"{stem}-c"]);
        (await upm.ElsaAsync("/workflow-definitions?IsSystem=True")).Json["totalCount"]!.GetValue<int>().ShouldBe(0);
        (await upm.ElsaAsync($"/workflow-definitions/many-by-id?ids={stem}-a-v1&ids=none&ids={stem}-b-v1")).Json["count"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Versions_are_chosen_published_retracted_reverted_and_deleted()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("one", "Elsa.Start")]), publish: true);
        var opened = await upm.OpenAsync(id);
        opened["root"]!["activities"]!.AsArray().Add(Step("two", "Elsa.End"));
        await upm.SaveAsync(opened);

        (await VersionAsync("Latest"), await VersionAsync("Published"), await VersionAsync("Draft"), await VersionAsync("LatestOrPublished"), await VersionAsync("1")).ShouldBe((2, 1, 2, 2, 1));
        (await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions=LatestAndPublished")).Status.ShouldBe(404);
        (await upm.ElsaAsync($"/workflow-definitions/{id}/publish", [])).Definition()["version"]!.GetValue<int>().ShouldBe(2);
        (await upm.ElsaAsync($"/workflow-definitions/{id}/publish", [])).Json["alreadyPublished"]!.GetValue<bool>().ShouldBeTrue();
        (await upm.ElsaAsync($"/workflow-definitions/{id}/revert/1", [])).Json["root"]!["activities"]!.AsArray().Count.ShouldBe(1);
        (await VersionAsync("Latest")).ShouldBe(3);
        (await upm.ElsaAsync($"/workflow-definitions/{id}/retract", [])).Json["isPublished"]!.GetValue<bool>().ShouldBeFalse();
        (await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions=Published")).Status.ShouldBe(404);
        (await upm.ElsaAsync($"/workflow-definitions/{id}/versions")).Json["items"]!.AsArray().Select(v => (int)v!["version"]!).ShouldBe([3, 2, 1]);
        (await upm.ElsaDeleteAsync($"/workflow-definition-versions/{id}-v3")).Status.ShouldBe(204);
        (await VersionAsync("Latest")).ShouldBe(2);
        (await upm.ElsaDeleteAsync($"/workflow-definitions/{id}")).Status.ShouldBe(204);
        (await upm.ElsaDeleteAsync($"/workflow-definitions/{id}")).Status.ShouldBe(404);

        async Task<int> VersionAsync(string options) => (int)(await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions={options}")).Json["version"]!;
    }

    [Fact]
    public async Task Files_go_out_and_come_in_as_drafts_beside_what_there_is()
    {
        using var upm = office.Client("upm");
        var (a, b) = (NewId(), NewId());
        await upm.SaveAsync(Flow(a, [Step("s", "Elsa.Start")]), publish: true);
        await upm.SaveAsync(Flow(b, [Step("s", "Elsa.Start")]));

        using var archive = await upm.PostAsync(new Uri(ElsaApi.Root + "/bulk-actions/export/workflow-definitions", UriKind.Relative), new StringContent($$"""{"ids":["{{a}}-v1","{{b}}-v1"]}""", Encoding.UTF8, "application/json"));
        var bytes = await archive.Content.ReadAsByteArrayAsync();
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
            zip.Entries.Select(e => e.FullName).ShouldBe([$"{a}-v1.json", $"{b}-v1.json"], ignoreOrder: true);
        var imported = await ImportAsync(upm, ("all.zip", bytes), ("one.json", Encoding.UTF8.GetBytes(Flow(NewId(), [Step("s", "Elsa.Start")]).ToJsonString())));

        imported.Json["count"]!.GetValue<int>().ShouldBe(3);
        (await upm.OpenAsync(a))["version"]!.GetValue<int>().ShouldBe(1, "what is the same stays as it is");
        var other = (await upm.ElsaAsync("/workflow-definitions/import", Flow(a, [Step("t", "Elsa.Start")]))).Json;
        ((int)other["version"]!, (bool)other["isPublished"]!).ShouldBe((2, false));
        (await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{a}?versionOptions=Published")).Json["version"]!.GetValue<int>().ShouldBe(1);
        (await upm.ElsaAsync("/workflow-definitions/import", Flow(b, [Step("t", "Elsa.Start")]))).Json["version"]!.GetValue<int>().ShouldBe(2);
        (await ImportAsync(upm, ("broken.json", "{"u8.ToArray()))).Errors().Single().ShouldContain("cannot be read");
        (await ImportAsync(upm, ("broken.zip", "no zip"u8.ToArray()))).Errors().Single().ShouldContain("broken.zip");
        (await upm.ElsaAsync("/workflow-definitions/import", new JsonObject { ["name"] = "Nothing" })).Errors().Single().ShouldContain("'Nothing' is no workflow");
    }

    [Fact]
    public async Task Bulk_actions_do_what_can_be_done_and_say_what_cannot()
    {
        using var upm = office.Client("upm");
        var (good, bad, running) = (NewId(), NewId(), NewId());
        await upm.SaveAsync(Flow(good, [Step("s", "Elsa.Start")]));
        await upm.SaveAsync(Flow(bad, [Step("n", "Office.Notify")]));
        await upm.SaveAsync(Flow(running, [Step("e", "Elsa.Event", ("eventName", "Never"))]), publish: true);
        var instance = (await upm.ElsaAsync($"/workflow-definitions/{running}/execute", [])).Json["workflowState"]!["id"]!.ToString();

        var published = (await upm.ElsaAsync("/bulk-actions/publish/workflow-definitions/by-definition-ids", Ids(good, bad, running, "none"))).Json;
        var retracted = (await upm.ElsaAsync("/bulk-actions/retract/workflow-definitions/by-definition-ids", Ids(good, bad, "none"))).Json;
        var deleted = (await upm.ElsaAsync("/bulk-actions/delete/workflow-definitions/by-definition-id", Ids(good, running, "none"))).Json;
        var versions = (await upm.ElsaAsync("/bulk-actions/delete/workflow-definitions/by-id", new JsonObject { ["ids"] = new JsonArray($"{bad}-v1", "none") })).Json;

        (Texts(published["published"]), Texts(published["alreadyPublished"]), Texts(published["notFound"]), Texts(published["skipped"])).ShouldBe((good, running, "none", bad));
        published["errors"]![bad]!.ToString().ShouldContain("\"n\" needs \"To\"");
        (Texts(retracted["retracted"]), Texts(retracted["alreadyRetracted"]), Texts(retracted["notFound"])).ShouldBe((good, bad, "none"));
        deleted["deletedCount"]!.GetValue<int>().ShouldBe(1);
        versions["deletedCount"]!.GetValue<int>().ShouldBe(1);
        (await upm.ElsaAsync($"/workflow-instances/{instance}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Definitions_used_as_steps_know_their_consumers()
    {
        using var upm = office.Client("upm");
        var (child, parent) = (NewId("child"), NewId("parent"));
        await upm.SaveAsync(Flow(child, [Step("s", "Elsa.Start")]), publish: true);
        var step = Step("c", "SomeChild");
        (step["workflowDefinitionId"], step["workflowDefinitionVersionId"]) = (child, $"{child}-v1");
        await upm.SaveAsync(Flow(parent, [step]));
        var opened = await upm.OpenAsync(child);
        opened["description"] = "changed";

        var saved = await upm.SaveAsync(opened, publish: true);
        var updated = await upm.ElsaAsync($"/workflow-definitions/{child}/update-references", []);

        saved.Json["consumingWorkflowCount"]!.GetValue<int>().ShouldBe(1);
        Texts((await upm.ElsaAsync($"/workflow-definitions/{child}/consumers")).Json["consumingWorkflowDefinitionIds"]).ShouldBe(parent);
        Texts(updated.Json["affectedWorkflows"]).ShouldBe(parent);
        (await upm.OpenAsync(parent)).Step("c")["workflowDefinitionVersionId"]!.ToString().ShouldBe($"{child}-v2");
    }

    [Fact]
    public async Task Scripts_are_told_what_they_can_call()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        var model = Flow(id, [Step("s", "Elsa.Start")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "crew size", ["typeName"] = "Int32" });
        await upm.SaveAsync(model);

        var types = await upm.ElsaAsync($"/scripting/javascript/type-definitions/{id}", []);

        types.Text.ShouldContain("declare function getCrewSize(): number;");
        types.Text.ShouldContain("declare function getVariable(name: string): any;");
    }

    private static async Task<Reply> ImportAsync(HttpClient client, params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "files", name);
        }

        using var answer = await client.PostAsync(new Uri(ElsaApi.Root + "/workflow-definitions/import-files", UriKind.Relative), form);
        return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType);
    }

    private static JsonObject Ids(params string[] ids) => new() { ["definitionIds"] = new JsonArray([.. ids.Select(i => (JsonNode)i)]) };

    private static string Texts(JsonNode? list) => string.Join(",", list!.AsArray().Select(i => (string)i!));

    private static List<string> Names(Reply reply) => [.. reply.Json["items"]!.AsArray().Select(d => (string)d!["name"]!)];
}
