using System.Text.Json.Nodes;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>Verbs that need files and no office.</summary>
public sealed class FileVerbTests
{
    private static readonly string Memo = Path.Combine(Tools.Root, "templates", "documents", "deal-memo.docx");
    private static readonly string Sample = Path.Combine(Tools.Root, "templates", "documents", "deal-memo.sample.json");

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task A_template_gives_the_same_bytes_in_every_process()
    {
        var first = await RunAsync("template", "render", Memo, "--data", Sample, "--output", "one.docx", "-o", "json");
        var second = await RunAsync("template", "render", Memo, "--data", Sample, "--output", "two.docx", "-o", "json");

        first.Code.ShouldBe(0);
        first.Json["result"]!.ToString().ShouldBe("ok");
        second.Code.ShouldBe(0);
        (await BytesAsync("one.docx")).ShouldBe(await BytesAsync("two.docx"));
    }

    [Fact]
    public async Task A_template_with_errors_writes_nothing_and_names_them()
    {
        await File.WriteAllTextAsync(At("empty.json"), "{}");

        var run = await RunAsync("template", "render", Memo, "--data", "empty.json", "--output", "out.docx", "-o", "json");

        run.Code.ShouldBe(3);
        run.Json["result"]!.ToString().ShouldBe("error");
        run.Json["errors"]!.AsArray().ShouldNotBeEmpty();
        run.Json["errors"]![0]!["code"]!.ToString().ShouldBe("T005");
        File.Exists(At("out.docx")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_broken_job_stops_no_other()
    {
        await File.WriteAllTextAsync(At("jobs.json"), new JsonObject
        {
            ["jobs"] = new JsonArray(
                new JsonObject { ["id"] = "gone", ["template"] = "gone.docx", ["data"] = Sample, ["output"] = "gone-out.docx" },
                new JsonObject { ["id"] = "good", ["template"] = Memo, ["data"] = Sample, ["output"] = "good.docx" }),
        }.ToJsonString());

        var run = await RunAsync("template", "render", "--jobs", "jobs.json", "-o", "json");

        run.Code.ShouldBe(3);
        run.Json["jobs"]!.AsArray().Select(j => $"{j!["id"]} {j["result"]}").ShouldBe(["gone error", "good ok"]);
        File.Exists(At("good.docx")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_bench_tells_each_iteration()
    {
        await File.WriteAllTextAsync(At("jobs.json"), new JsonObject
        {
            ["jobs"] = new JsonArray(new JsonObject { ["id"] = "memo", ["template"] = Memo, ["data"] = Sample, ["output"] = "memo.docx", ["warmup"] = 1, ["iterations"] = 3 }),
        }.ToJsonString());

        var run = await RunAsync("template", "bench", "jobs.json", "result.json", "--compiled");

        run.Code.ShouldBe(0);
        var result = JsonNode.Parse(await File.ReadAllTextAsync(At("result.json")))!;
        result["results"]![0]!["ms"]!.AsArray().Count.ShouldBe(3);
        result["results"]![0]!["cpu"]!.AsArray().Count.ShouldBe(3);
        result["rssKb"]!.GetValue<long>().ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task Shipped_templates_and_workflows_are_sound()
    {
        var templates = await RunAsync("template", "check", Path.Combine(Tools.Root, "templates", "documents"), "-o", "json");
        var workflows = await RunAsync("workflow", "validate", Path.Combine(Tools.Root, "workflows", "definitions"), "-o", "json");

        templates.Code.ShouldBe(0, templates.Out);
        workflows.Code.ShouldBe(0, workflows.Out);
        workflows.Json["errors"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_workflow_with_errors_names_file_place_and_remedy()
    {
        await File.WriteAllTextAsync(At("bad.json"), """
            {"definitionId":"bad",
             "root":{"id":"r","type":"Elsa.Sequence","activities":[
              {"id":"w",
               "type":"Elsa.WriteLin"}]}}
            """);

        var run = await RunAsync("workflow", "validate", "bad.json");

        run.Code.ShouldBe(3);
        run.Out.ShouldContain("bad.json:4:$.root.activities[0].type: error UnknownActivity");
        run.Out.ShouldContain("Elsa.WriteLine");
    }

    [Fact]
    public async Task Workflow_cases_that_fail_give_code_3()
    {
        await File.WriteAllTextAsync(At("case.json"), """
            {"name":"hello","definition":{"id":"h-v1","definitionId":"h","version":1,"isLatest":true,"isPublished":true,
             "root":{"id":"w","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"hello"}}}},
             "expect":{"status":"Finished","subStatus":"Finished","lines":["goodbye"]}}
            """);

        var run = await RunAsync("workflow", "test", "case.json", "-o", "json");

        run.Code.ShouldBe(3);
        run.Json["failed"]!.GetValue<int>().ShouldBe(1);
        run.Json["cases"]![0]!["differences"]!.AsArray().ShouldNotBeEmpty();
        run.Json["cases"]![0]!["actual"]!["final"]!["lines"]![0]!.ToString().ShouldBe("hello");
    }

    [Fact]
    public async Task Expressions_answer_with_value_or_kind_of_error()
    {
        await File.WriteAllTextAsync(At("e.json"), """{"scopes":{"s":{"a":2}},"cases":[{"expr":"a * 21","scope":"s"},{"expr":"b","scope":"s"}]}""");

        var run = await RunAsync("expression", "test", "e.json", "-o", "json");

        run.Code.ShouldBe(0);
        run.Json["cases"]![0]!["actual"]!.GetValue<int>().ShouldBe(42);
        run.Json["cases"]![1]!["error"]!.ToString().ShouldBe("reference");
    }

    private Task<OfficeRun> RunAsync(params string[] args) => OfficeRun.InAsync(_folder, args);

    private string At(string name) => Path.Combine(_folder, name);

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(At(name));
}
