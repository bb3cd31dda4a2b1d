using ProductionOffice.Engine.Conformance;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests.Conformance;

/// <summary>Cases recorded from Elsa's own engine; each runs with its state written and read between bursts.</summary>
public sealed class ElsaConformanceTests
{
    private static readonly string Folder = Path.Combine(Tools.Root, "tests/Conformance/elsa");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task State_is_that_of_Elsa(string name)
    {
        var file = Path.Combine(Folder, name + ".json");

        var result = await WorkflowCaseSuite.RunCaseAsync(await File.ReadAllTextAsync(file), file);

        result.Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Journal_is_that_of_Elsa_but_for_the_cases_where_we_differ_on_purpose()
    {
        var report = await WorkflowCaseSuite.RunAsync([Folder]);

        report.Cases.Where(c => c.JournalDifferences.Count > 0).Select(c => c.Name).ShouldBe(
        [
            "flow-join-waitany-cancels-blocked", // the join runs once
            "office-wrap-checklist", // a first run is logged as Started, not Resumed
            "pfe-object-expression-yields-no-items", // JSON text is items
            "token-merge-race-cancels-waiting-branch", // the flowchart completes after its last activity
        ]);
    }

    [Fact]
    public async Task Our_own_cases_pass_journal_included()
    {
        var report = await WorkflowCaseSuite.RunAsync([Path.Combine(Tools.Root, "tests/Engine.Tests/Conformance/Cases")]);

        report.Cases.SelectMany(c => c.Differences.Concat(c.JournalDifferences).Select(d => $"{c.Name}: {d}")).ShouldBeEmpty();
        report.Passed.ShouldBe(281);
    }

    [Fact]
    public async Task The_report_names_cases_differences_and_states()
    {
        var broken = await WorkflowCaseSuite.RunCaseAsync(
            (await File.ReadAllTextAsync(Path.Combine(Folder, "seq-three-lines.json"))).Replace("\"lines\": [", "\"lines\": [\"zero\", ", StringComparison.Ordinal), "x.json");
        var json = new WorkflowCaseReport([broken]).ToJson();

        json["failed"]!.GetValue<int>().ShouldBe(1);
        json["cases"]![0]!["differences"]![0]!.GetValue<string>().ShouldContain("lines");
        json["cases"]![0]!["actual"]!["final"]!["subStatus"]!.GetValue<string>().ShouldBe("Finished");
    }

    [Fact]
    public async Task A_file_that_is_no_case_is_a_failed_case()
    {
        var result = await WorkflowCaseSuite.RunCaseAsync("[]", "list.json");

        result.Passed.ShouldBeFalse();
    }
}
