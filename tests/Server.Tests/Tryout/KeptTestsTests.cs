using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Tests.Commands;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;
using static ProductionOffice.Server.Tests.Tryout.TryoutOffice;

namespace ProductionOffice.Server.Tests.Tryout;

[Collection(SharedBoardOffice.Name)]
public sealed class KeptTestsTests(BoardOffice office) : IAsyncLifetime
{
    private KeptTests Tests => office.Services.GetRequiredService<KeptTests>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var test in await Tests.ListAsync("crew-hire", default))
            await Tests.DeleteAsync("crew-hire", test.Id, default);
    }

    [Fact]
    public async Task A_kept_run_passes_on_the_definition_it_was_kept_of()
    {
        await KeepAsync("All the way", "C041", Choose("check", "Checked"), Choose("approveMemo", "Approve"), Days(3), Choose("signature", "Signed"), Choose("countersign", "Countersign"));
        await KeepAsync("Over budget", "C030", Choose("approveBudget", "Refuse"));

        var report = await Tests.RunAsync((await office.SettingAsync()).Json, default);

        report.Results.SelectMany(r => r.Breaks).ShouldBeEmpty();
        report.Results.Select(r => r.Name).ShouldBe(["All the way", "Over budget"]);
    }

    [Fact]
    public async Task It_breaks_in_plain_words_when_the_definition_comes_out_otherwise()
    {
        await KeepAsync("To the signature", "C041", Choose("check", "Checked"), Choose("approveMemo", "Approve"));
        var json = (await office.SettingAsync()).Json;

        (await BreaksAsync(json.Replace("Send the deal memo of", "Let go the deal memo of", StringComparison.Ordinal)))
            .ShouldBe(["After step 1 (“Checked” at 'Coordinator checks'): “UPM, Rosalind Achterberg: Send the deal memo of Xiomara Blythe” is not asked for any more",
                "After step 1 (“Checked” at 'Coordinator checks'): “UPM, Rosalind Achterberg: Let go the deal memo of Xiomara Blythe” is asked for and was not"]);
        (await BreaksAsync(Without(json, "check"))).ShouldContain(b => b.StartsWith("After the start: “Coordinator, Ines Valderrama: Check the hire of Xiomara Blythe” is not asked for any more", StringComparison.Ordinal));
        (await BreaksAsync(Without(json, "signature"))).ShouldContain(b => b.Contains("For your signature: Deal memo - Xiomara Blythe - v1.docx” is not sent any more", StringComparison.Ordinal));
        (await BreaksAsync(json.Replace("deal-memo.docx", "gone.docx", StringComparison.Ordinal))).ShouldContain(b => b.Contains("There is no template 'gone.docx'", StringComparison.Ordinal));
        (await BreaksAsync(json)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_cannot_be_done_any_more_is_named()
    {
        await KeepAsync("Checked only", "C041", Choose("check", "Checked"));
        // Nothing is held against a state here: the step itself is what is gone.
        var test = (await Tests.ListAsync("crew-hire", default)).Single();
        var @case = KeptTests.Read(test);
        @case["expectAfterStart"] = null;

        var result = await OfficeCase.RunAsync(@case, "case.json", Without((await office.SettingAsync()).Json, "check"), [], null, default);

        result.Differences.ShouldHaveSingleItem().ShouldStartWith("Step 1 (“Checked” at 'check') cannot be done: 'Checked' cannot be chosen at 'check': nothing waits there.");
    }

    [Fact]
    public async Task It_holds_no_terms_but_of_those_it_is_about()
    {
        await KeepAsync("Terms", "C041", Choose("check", "Checked"));

        var people = KeptTests.Read((await Tests.ListAsync("crew-hire", default)).Single())["office"]!["people"]!["persons"]!.AsArray();

        people.Where(p => p!["deal"] is not null).Select(p => (string)p!["id"]!).ShouldBe(["C041"]);
        people.Count.ShouldBeLessThan(office.Directory.Current.People.Count);
    }

    [Fact]
    public async Task It_passes_though_the_directory_has_changed()
    {
        var test = await KeepAsync("Own people", "C041", Choose("check", "Checked"));
        var setting = await office.SettingAsync();

        var result = await OfficeCase.RunAsync(KeptTests.Read(test), "case", setting.Json, [], null, default);

        result.Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Saved_as_a_file_it_is_run_by_the_program_and_passes()
    {
        var test = await KeepAsync("File", "C041", Choose("check", "Send back"), Choose("reviseRequest", "Give up"));
        var json = (await office.SettingAsync()).Json;
        var folder = Directory.CreateTempSubdirectory("office-kept-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "good.json"), (await Tests.ExportAsync(test, json, default)).ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(folder, "bad.json"), (await Tests.ExportAsync(test, json.Replace("Not hired", "No job for", StringComparison.Ordinal), default)).ToJsonString());

        var good = await OfficeRun.InAsync(folder, "workflow", "test", "good.json", "-o", "json");
        var bad = await OfficeRun.InAsync(folder, "workflow", "test", "bad.json");

        good.Code.ShouldBe(0, good.Out + good.Error);
        ((int)good.Json["passed"]!).ShouldBe(1);
        bad.Code.ShouldBe(ExitCode.Invalid, bad.Out);
        bad.Out.ShouldContain("Not hired: Xiomara Blythe” is not sent any more");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Names_are_needed_and_unique_and_can_be_changed()
    {
        var first = await KeepAsync("One", "C041");
        await KeepAsync("Two", "C041");

        (await Should.ThrowAsync<OfficeProblem>(() => KeepAsync(" two  ".Trim().ToUpperInvariant() is "TWO" ? "Two" : "", "C041"))).Code.ShouldBe("name-taken");
        (await Should.ThrowAsync<OfficeProblem>(() => KeepAsync("  ", "C041"))).Code.ShouldBe("name-missing");
        (await Should.ThrowAsync<OfficeProblem>(() => Tests.RenameAsync("crew-hire", first.Id, "Two", default))).Code.ShouldBe("name-taken");
        await Tests.RenameAsync("crew-hire", first.Id, "  Number   one ", default);
        await Tests.DeleteAsync("delivery", first.Id, default);

        (await Tests.ListAsync("crew-hire", default)).Select(t => t.Name).ShouldBe(["Number one", "Two"]);
    }

    private async Task<Server.Persistence.KeptTestRow> KeepAsync(string name, string person, params TryoutStep[] steps) =>
        await Tests.KeepAsync("crew-hire", office.Plan(person, steps), await office.SettingAsync(), name, "upm", default);

    private async Task<IReadOnlyList<string>> BreaksAsync(string json) => (await Tests.RunAsync(json, default)).Results.Single().Breaks;

    /// <summary>The definition with an activity replaced by one that does nothing.</summary>
    private static string Without(string json, string activity)
    {
        var definition = JsonNode.Parse(json)!;
        var connections = definition["root"]!["connections"]!.AsArray();
        var activities = definition["root"]!["activities"]!.AsArray();
        var old = activities.Single(a => (string?)a!["id"] == activity)!;
        var at = activities.IndexOf(old);
        activities[at] = new JsonObject { ["id"] = activity, ["nodeId"] = $"Workflow1:flow:{activity}", ["name"] = activity, ["type"] = "Elsa.WriteLine", ["version"] = 1, ["text"] = null };
        var first = true;
        foreach (var connection in connections.Where(c => (string?)c!["source"]!["activity"] == activity).ToList())
        {
            if (first)
                connection!["source"]!["port"] = "Done";
            else
                connections.Remove(connection);
            first = false;
        }

        return definition.ToJsonString();
    }
}
