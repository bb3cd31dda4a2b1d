using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>What the program says without an office.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("office")]
    [InlineData("workflow-run", "workflow", "run")]
    [InlineData("instance-list", "instance", "list")]
    [InlineData("task-do", "task", "do")]
    [InlineData("paperwork", "paperwork")]
    [InlineData("template-render", "template", "render")]
    [InlineData("template-preview", "template", "preview")]
    [InlineData("backup", "backup")]
    public async Task Help_pages_are_as_approved(string name, params string[] command)
    {
        var run = await OfficeRun.OfAsync([.. command, "--help"]);

        run.Code.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        Approved.Match(run.Out, name);
    }

    [Theory]
    [InlineData("Did you mean 'task'?", "tsk")]
    [InlineData("Did you mean 'list'?", "task", "lst")]
    [InlineData("--outcome", "task", "do", "t1")]
    [InlineData("Did you mean '--outcome'?", "task", "do", "t1", "--outcom", "Approve")]
    [InlineData("csv", "task", "list", "-o", "xml")]
    [InlineData("30s", "workflow", "run", "crew-hire", "--wait", "--timeout", "soon")]
    [InlineData("name=value", "workflow", "run", "crew-hire", "--input", "person")]
    [InlineData("not an address", "task", "list", "--server", "nowhere")]
    public async Task A_usage_error_names_the_word_and_the_way_out(string said, params string[] command)
    {
        var run = await OfficeRun.OfAsync(command);

        run.Code.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(said);
        run.Error.TrimEnd().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_usage_error_is_an_object_for_programs()
    {
        var run = await OfficeRun.OfAsync("task", "do", "t1", "-o", "json");

        run.Code.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Problem["code"]!.ToString().ShouldBe("usage");
        run.Problem["exitCode"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task An_office_that_does_not_answer_is_unreachable()
    {
        var run = await OfficeRun.OfAsync("task", "list", "--server", "http://127.0.0.1:9");

        run.Code.ShouldBe(8);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe("office: The office at http://127.0.0.1:9/ does not answer: connection refused. Start it with 'office serve', or name another with --server URL.\n");
    }

    [Fact]
    public async Task Without_any_office_it_says_how_to_start_one()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;

        var run = await OfficeRun.InAsync(folder, "task", "list");

        run.Code.ShouldBe(8);
        run.Error.ShouldContain("office serve");
    }

    [Fact]
    public async Task A_missing_file_is_not_found()
    {
        var run = await OfficeRun.OfAsync("expression", "test", "nowhere.json");

        run.Code.ShouldBe(5);
        run.Error.ShouldContain("'nowhere.json'");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_shell_gets_its_completion(string shell)
    {
        var run = await OfficeRun.OfAsync("completion", shell);

        run.Code.ShouldBe(0);
        run.Out.ShouldContain("[suggest:");
    }

    [Fact]
    public async Task Words_are_suggested_to_the_shell()
    {
        var run = await OfficeRun.OfAsync("[suggest:12]", "office task ");

        run.Out.Split('\n').ShouldContain("list");
    }
}
