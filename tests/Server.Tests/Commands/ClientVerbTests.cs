using System.Text.Json.Nodes;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>The built program against a running office.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class ClientVerbTests(OfficeServer server)
{
    [Fact]
    public async Task A_hire_goes_from_request_to_deal_memo()
    {
        var started = await RunAsync("workflow", "run", "crew-hire", "--input", "person=C041", "--wait", "-o", "json", "--as", "head-elc");
        var instance = started.Json["instanceId"]!.ToString();
        var task = (await RunAsync("task", "list", "--instance", instance, "-o", "json")).Json[0]!;
        var done = await RunAsync("task", "do", task["id"]!.ToString(), "--outcome", "Checked", "--as", "coordinator", "-o", "json");
        using (var office = server.Client())
            await office.GetJsonAsync($"/office/v1/instances/{instance}?wait=30");
        var shown = await RunAsync("instance", "show", instance, "-o", "json");
        var documents = await RunAsync("doc", "list", "--instance", instance, "-o", "json");
        var timeline = await RunAsync("instance", "timeline", instance, "-o", "json");

        started.Code.ShouldBe(0);
        started.Json["waitingFor"]!.ToString().ShouldStartWith("Coordinator: ");
        ((string[])["id", "title", "role", "account", "instanceId", "definitionId", "outcomes", "due", "state"]).ShouldBeSubsetOf(Fields(task));
        task["outcomes"]!.AsArray().Select(o => o!.ToString()).ShouldBe(["Checked", "Send back"]);
        done.Json["state"]!.ToString().ShouldBe("done");
        ((string[])["id", "definitionId", "version", "status", "subStatus", "correlationId", "name", "waitingFor", "createdAt", "updatedAt"]).ShouldBeSubsetOf(Fields(shown.Json));
        shown.Json["waitingFor"]!.ToString().ShouldStartWith("UPM: Send the deal memo of Xiomara Blythe");
        ((string[])["id", "kind", "name", "version", "state", "instanceId", "sha256", "size"]).ShouldBeSubsetOf(Fields(documents.Json[0]!));
        ((string[])["at", "who", "what", "why", "activity"]).ShouldBeSubsetOf(Fields(timeline.Json[0]!));
        timeline.Json.AsArray().Select(e => e!["what"]!.ToString()).ShouldContain("Deal memo - Xiomara Blythe - v1.docx was made");
    }

    [Fact]
    public async Task A_document_is_fetched_to_a_file_and_to_standard_output()
    {
        var (instance, _) = await server.HireAsync("C041");
        var document = (await RunAsync("doc", "list", "--instance", instance, "-o", "json")).Json[0]!;
        var folder = Directory.CreateTempSubdirectory().FullName;

        var run = await OfficeRun.InAsync(folder, "doc", "get", document["id"]!.ToString(), "-f", "memo.docx", "--data", server.Data);

        run.Code.ShouldBe(0);
        new FileInfo(Path.Combine(folder, "memo.docx")).Length.ShouldBe(document["size"]!.GetValue<long>());
        Directory.GetFiles(folder).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Exit_codes_tell_not_found_not_allowed_and_conflict_apart()
    {
        var (_, task) = await server.HireAsync("C041");

        (await RunAsync("workflow", "run", "nope")).Code.ShouldBe(5);
        (await RunAsync("workflow", "run", "crew-hire", "--input", "person=C999")).Code.ShouldBe(5);
        (await RunAsync("instance", "show", "nope")).Code.ShouldBe(5);
        (await RunAsync("task", "do", task, "--outcome", "Nope")).Code.ShouldBe(3);
        (await RunAsync("task", "do", task, "--outcome", "Approve", "--as", "pa")).Code.ShouldBe(4);
        (await RunAsync("task", "do", task, "--outcome", "Approve", "--as", "upm")).Code.ShouldBe(0);
        (await RunAsync("task", "do", task, "--outcome", "Approve", "--as", "upm")).Code.ShouldBe(6);
        (await RunAsync("sign-in-link", "--as", "nobody")).Code.ShouldBe(4);
    }

    [Fact]
    public async Task A_refusal_is_one_line_for_people_and_one_object_for_programs()
    {
        var plain = await RunAsync("workflow", "run", "crew-hire", "--input", "person=C999");
        var json = await RunAsync("workflow", "run", "crew-hire", "--input", "person=C999", "-o", "json");

        plain.Out.ShouldBeEmpty();
        plain.Error.ShouldStartWith("office: There is nobody with the id or full name 'C999' in the directory. Did you mean");
        json.Out.ShouldBeEmpty();
        json.Problem["code"]!.ToString().ShouldBe("person-unknown");
        json.Problem["status"]!.GetValue<int>().ShouldBe(404);
        json.Problem["exitCode"]!.GetValue<int>().ShouldBe(5);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_let_in()
    {
        var run = await OfficeRun.OfAsync("task", "list", "--server", server.Address.ToString(), "--data", "/nowhere");

        run.Code.ShouldBe(4);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_owners_token_is_sent_to_the_owners_office_only()
    {
        var other = new UriBuilder(server.Address) { Host = "localhost" }.Uri;

        var run = await RunAsync("task", "list", "--server", other.ToString());

        run.Code.ShouldBe(4);
    }

    [Fact]
    public async Task Lists_are_cut_sorted_and_filtered()
    {
        var lines = await RunAsync("paperwork", "--filter", "department=Camera and kind=i9", "--sort", "-person", "--limit", "2", "--fields", "person,kind");
        var rows = await RunAsync("paperwork", "--filter", "department=camera and kind=i9", "--sort", "person", "--fields", "person,kind", "-o", "json");

        var names = rows.Json.AsArray().Select(r => r!["person"]!.ToString()).ToList();
        names.ShouldBe(names.Order(StringComparer.OrdinalIgnoreCase));
        Fields(rows.Json[0]!).ShouldBe(["person", "kind"]);
        lines.Out.ShouldBe(string.Concat(names.AsEnumerable().Reverse().Take(2).Select(n => $"{n}\ti9\n")));
    }

    [Fact]
    public async Task CSV_has_a_header_and_MD_a_table()
    {
        var csv = await RunAsync("delivery", "list", "--limit", "1", "--fields", "number,state", "-o", "csv");
        var md = await RunAsync("delivery", "list", "--limit", "1", "--fields", "number,state", "-o", "md");

        csv.Out.ShouldStartWith("number,state\r\n");
        md.Out.ShouldStartWith("| number | state |\n| --- | --- |\n| ");
    }

    [Fact]
    public async Task A_field_nobody_knows_is_a_usage_error()
    {
        var run = await RunAsync("delivery", "list", "--fields", "number,colour");

        run.Code.ShouldBe(2);
        run.Error.ShouldContain("'colour'");
        run.Error.ShouldContain("shelf");
    }

    [Fact]
    public async Task A_sign_in_link_is_one_line()
    {
        var run = await RunAsync("sign-in-link", "--as", "coordinator");

        run.Code.ShouldBe(0);
        run.Out.ShouldStartWith(server.Address.ToString().TrimEnd('/') + "/sign-in/link/");
        run.Out.TrimEnd().ShouldNotContain("\n");
    }

    [Fact]
    public async Task The_doctor_finds_a_running_office_well()
    {
        var run = await RunAsync("doctor", "-o", "json");

        run.Json.AsArray().ShouldAllBe(c => c!["result"]!.ToString() != "fail");
        run.Code.ShouldBe(0);
        run.Json.AsArray().Select(c => c!["check"]!.ToString()).ShouldContain("documents");
    }

    [Fact]
    public async Task A_backup_of_a_running_office_can_be_restored()
    {
        await server.HireAsync("C041");
        var folder = Directory.CreateTempSubdirectory().FullName;

        var saved = await OfficeRun.InAsync(folder, "backup", "copy", "--data", server.Data, "-o", "json");
        var restored = await OfficeRun.InAsync(folder, "restore", "copy", "--data", "new", "-o", "json");
        var taken = await OfficeRun.InAsync(folder, "restore", "copy", "--data", "new");
        await File.AppendAllTextAsync(Path.Combine(folder, "copy", "templates", "deal-memo.docx"), "x");
        var damaged = await OfficeRun.InAsync(folder, "restore", "copy", "--data", "other");

        saved.Code.ShouldBe(0);
        restored.Json["verified"]!.GetValue<bool>().ShouldBeTrue();
        File.Exists(Path.Combine(folder, "new", "office.db")).ShouldBeTrue();
        File.Exists(Path.Combine(folder, "new", "office-local.json")).ShouldBeFalse();
        taken.Code.ShouldBe(6);
        damaged.Code.ShouldBe(3);
        damaged.Error.ShouldContain("templates/deal-memo.docx was changed");
        Directory.Exists(Path.Combine(folder, "other")).ShouldBeFalse();
    }

    private Task<OfficeRun> RunAsync(params string[] args) => OfficeRun.OfAsync([.. args, "--data", server.Data]);

    private static List<string> Fields(JsonNode node) => [.. node.AsObject().Select(f => f.Key)];
}
