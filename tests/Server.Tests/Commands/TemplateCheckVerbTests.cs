using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary><c>office template check</c> and <c>fields</c> as the shell sees them.</summary>
public sealed class TemplateCheckVerbTests
{
    private static readonly string Documents = Path.Combine(Tools.Root, "templates", "documents");
    private static readonly string Memo = Path.Combine(Documents, "deal-memo.docx");
    private static readonly string Hiring = Path.Combine(Tools.Root, "workflows", "definitions", "crew-hire.json");

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task Shipped_templates_fit_their_samples_and_the_workflows_that_fill_them()
    {
        (await RunAsync("template", "check", Memo, "--against", Path.Combine(Documents, "deal-memo.sample.json"))).Code.ShouldBe(0);
        (await RunAsync("template", "check", Path.Combine(Documents, "crew-list.xlsx"), "--against", Path.Combine(Documents, "crew-list.sample.json"))).Code.ShouldBe(0);
        (await RunAsync("template", "check", Documents, "--against", Path.Combine(Tools.Root, "workflows", "definitions"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_no_workflow_provides_is_told_with_the_nearest()
    {
        var workflow = await File.ReadAllTextAsync(Hiring);
        await File.WriteAllTextAsync(At("hire.json"), workflow.Replace("\"name\": \"person\"", "\"name\": \"worker\"", StringComparison.Ordinal));

        var run = await RunAsync("template", "check", Memo, "--against", "hire.json", "-o", "json");

        run.Code.ShouldBe(3);
        run.Json["errors"]!.AsArray().ShouldAllBe(error => error!["code"]!.ToString() == "T005" && error["name"]!.ToString().StartsWith("person.") && error["message"]!.ToString().Contains("what the workflow “Crew hire and deal memo” provides"));
    }

    [Fact]
    public async Task A_template_that_a_workflow_fills_and_nobody_has_is_told()
    {
        var workflow = await File.ReadAllTextAsync(Hiring);
        await File.WriteAllTextAsync(At("hire.json"), workflow.Replace("deal-memo.docx", "offer-letter.docx", StringComparison.Ordinal));

        var run = await RunAsync("template", "check", Documents, "--against", _folder, "-o", "json");

        run.Code.ShouldBe(3);
        run.Json["errors"]!.AsArray().Select(error => $"{error!["code"]} {error["name"]}").ShouldContain("T013 offer-letter.docx");
    }

    [Fact]
    public async Task Fields_are_a_schema_their_own_template_fits()
    {
        var schema = await RunAsync("template", "fields", Memo, "--schema");
        await File.WriteAllTextAsync(At("schema.json"), schema.Out);

        var run = await RunAsync("template", "check", Memo, "--against", "schema.json", "-o", "json");

        run.Code.ShouldBe(0);
        run.Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    private string At(string name) => Path.Combine(_folder, name);

    private Task<OfficeRun> RunAsync(params string[] arguments) => OfficeRun.InAsync(_folder, arguments);
}
