using System.Text.Json.Nodes;
using ProductionOffice.Server.Commands;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>Long template jobs: each for itself, told on the way, whole files only.</summary>
public sealed class TemplateRunTests : IDisposable
{
    private static readonly string Memo = Path.Combine(Tools.Root, "templates", "documents", "deal-memo.docx");
    private static readonly string Sample = Path.Combine(Tools.Root, "templates", "documents", "deal-memo.sample.json");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_thousand_documents_are_made_in_one_process()
    {
        await WriteAsync(Enumerable.Range(0, 1000).Select(i => new JsonObject { ["id"] = $"memo-{i}", ["template"] = Memo, ["data"] = Sample, ["output"] = $"out/{i}.docx" }));

        var run = await RunAsync("template", "render", "--jobs", "jobs.json", "-o", "json");

        run.Code.ShouldBe(0, run.Error);
        run.Json["jobs"]!.AsArray().Count.ShouldBe(1000);
        run.Json["jobs"]![999]!["id"]!.ToString().ShouldBe("memo-999");
        var files = Directory.GetFiles(At("out"));
        files.Length.ShouldBe(1000);
        var first = await File.ReadAllBytesAsync(At("out/0.docx"));
        files.ShouldAllBe(file => File.ReadAllBytes(file).SequenceEqual(first));
    }

    [Fact]
    public async Task What_one_job_lacks_is_its_own_error()
    {
        File.Copy(Sample, At("kei.json"));
        await File.WriteAllTextAsync(At("bad.json"), "{");
        await WriteAsync(
        [
            new JsonObject { ["id"] = "no-template", ["data"] = "kei.json", ["output"] = "a.docx" },
            new JsonObject { ["id"] = "no-data", ["template"] = Memo, ["output"] = "b.docx" },
            new JsonObject { ["id"] = "no-output", ["template"] = Memo, ["data"] = "kei.json" },
            new JsonObject { ["id"] = "bad-data", ["template"] = Memo, ["data"] = "bad.json", ["output"] = "c.docx" },
            new JsonObject { ["id"] = "bad-options", ["template"] = Memo, ["data"] = "kei.json", ["output"] = "d.docx", ["options"] = 7 },
            new JsonObject { ["id"] = "bad-zone", ["template"] = Memo, ["data"] = "kei.json", ["output"] = "e.docx", ["options"] = new JsonObject { ["timezone"] = "Nowhere" } },
            new JsonObject { ["id"] = "folder", ["template"] = Memo, ["data"] = "kei.json", ["output"] = "." },
            new JsonObject { ["id"] = 8, ["template"] = Memo, ["data"] = "kei.json", ["output"] = "good.docx" },
        ]);

        var run = await RunAsync("template", "render", "--jobs", "jobs.json", "-o", "json");

        run.Code.ShouldBe(3);
        var jobs = run.Json["jobs"]!.AsArray();
        jobs.Select(job => (string?)job!["result"]).ShouldBe(["error", "error", "error", "error", "error", "error", "error", "ok"]);
        jobs.SkipLast(1).ShouldAllBe(job => !job!["errors"]![0]!["message"]!.ToString().Contains("defect"), run.Out);
        Directory.GetFiles(_folder.FullName).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ShouldBe(["bad.json", "good.docx", "jobs.json", "kei.json"]);
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"jobs\":{}}", "no list of jobs")]
    [InlineData("{\"jobs\":[7]}", "no list of jobs")]
    [InlineData("{\"jobs\":[{},]}", "line 1, column")]
    public async Task A_list_that_cannot_be_read_is_told_with_its_place(string list, string said)
    {
        await File.WriteAllTextAsync(At("jobs.json"), list);

        var run = await RunAsync("template", "render", "--jobs", "jobs.json");

        run.Code.ShouldBe(3);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(said);
        run.Error.ShouldContain("jobs.json");
    }

    [Fact]
    public void An_interruption_leaves_the_file_that_was_there()
    {
        File.WriteAllText(At("out.docx"), "before");
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();

        Should.Throw<OperationCanceledException>(() => TemplateOutput.Write(new byte[3 << 20], At("out.docx"), interrupted.Token));

        File.ReadAllText(At("out.docx")).ShouldBe("before");
        Directory.GetFiles(_folder.FullName).Length.ShouldBe(1);
    }

    [Fact]
    public void A_long_job_says_a_line_for_each_tenth_and_nothing_when_it_is_short()
    {
        var clock = new FakeClock("2027-03-09T09:00:00Z");
        var said = new StringWriter();
        using (var progress = new TemplateProgress(said, isTerminal: false, 20, clock))
        {
            progress.Begin("a.docx");
            clock.Advance(TimeSpan.FromSeconds(2));
            said.ToString().ShouldBeEmpty();
            progress.Done();
            progress.Done();
            clock.Advance(TimeSpan.FromSeconds(2));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        said.ToString().ReplaceLineEndings("\n").ShouldBe("2/20  10 %  a.docx\n2 of 20 documents in 5.0 s\n");
    }

    [Fact]
    public void On_a_terminal_one_line_is_written_over_and_taken_away()
    {
        var clock = new FakeClock("2027-03-09T09:00:00Z");
        var said = new StringWriter();
        using (var progress = new TemplateProgress(said, isTerminal: true, 1, clock))
        {
            progress.Begin("big.xlsx");
            clock.Advance(TimeSpan.FromSeconds(3));
        }

        said.ToString().ShouldBe("\rbig.xlsx  3 s\r             \r");
    }

    private Task WriteAsync(IEnumerable<JsonObject> jobs) => File.WriteAllTextAsync(At("jobs.json"), new JsonObject { ["jobs"] = new JsonArray([.. jobs]) }.ToJsonString());

    private Task<OfficeRun> RunAsync(params string[] args) => OfficeRun.InAsync(_folder.FullName, args);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
