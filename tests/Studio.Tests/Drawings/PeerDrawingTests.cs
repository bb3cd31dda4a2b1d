using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProductionOffice.Engine.Conformance;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.TestKit;
using Xunit.Abstractions;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>Definitions recorded from Elsa's own engine, opened, touched, saved and published in the designer: they mean and do what they did.</summary>
/// <remarks><c>OFFICE_STUDIO_PEERS=all</c> takes every flowchart among them, not a selection.</remarks>
[Collection(BrowserTests.Name)]
public sealed class PeerDrawingTests(BrowserOffice office, ITestOutputHelper output)
{
    private static readonly string[] Selection =
    [
        "flow-decision-true", "flow-flowswitch-matchany", "flow-flowfork-branches-join", "flow-nested", "flow-backward-loop", "flow-runjs-two-outcomes", "token-merge-race", "peer-explicit-join-all-1",
    ];

    [StudioFact]
    public async Task Outside_definitions_keep_their_meaning()
    {
        var runtime = office.Services.GetRequiredService<WorkflowRuntime>();
        var (page, complaints) = await office.DesignerAsync("upm");
        var board = new DrawingBoard(page);
        var isOpen = false;
        var (touched, differences) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Tools.Root, "tests/Conformance/elsa"), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var all = Environment.GetEnvironmentVariable("OFFICE_STUDIO_PEERS") == "all";
            if (!all && !Selection.Contains(name))
                continue;

            var conformance = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            var definition = (JsonObject)conformance["definition"]!;
            if ((string?)definition["root"]!["type"] != "Elsa.Flowchart" || (await runtime.ValidateAsync(DefinitionReader.Read(definition.ToJsonString()))).Any(p => p.IsError))
                continue;

            var id = (string)definition["definitionId"]!;
            var before = (JsonObject)definition.DeepClone();
            await runtime.SaveDefinitionAsync(definition.ToJsonString());
            var steps = definition["root"]!["activities"]!.AsArray().Count;
            if (isOpen)
                await SwitchAsync(page, id);
            else
                await board.OpenAsync($"/studio/workflows/{id}");
            isOpen = true;
            await Assertions.Expect(page.Locator(".x6-node")).ToHaveCountAsync(steps, new() { Timeout = DrawingBoard.Patience });

            await SavesAsync(page, publish: false, board.NudgeOneAsync);
            await SavesAsync(page, publish: true, board.PublishAsync);

            var published = JsonNode.Parse((await runtime.ListVersionsAsync(id)).Single(v => v.IsPublished).Json)!;
            differences.AddRange(DrawnMeaning.Differences(before, (JsonObject)published).Select(d => $"{name}: {d}"));
            conformance["definition"] = published;
            differences.AddRange((await WorkflowCaseSuite.RunCaseAsync(conformance.ToJsonString(), file)).Differences.Select(d => $"{name} does something else: {d}"));
            touched++;
        }

        output.WriteLine($"{touched} definitions opened, touched, saved and published.");
        touched.ShouldBeGreaterThanOrEqualTo(Selection.Length);
        differences.ShouldBeEmpty();
        complaints.ShouldBeEmpty();
    }

    /// <summary>The living designer loads another workflow when it is told its id.</summary>
    private static Task<IResponse> SwitchAsync(IPage page, string id) => page.RunAndWaitForResponseAsync(
        () => page.EvaluateAsync("id => document.querySelector('elsa-workflow-definition-editor').setAttribute('definition-id', id)", id),
        answer => answer.Url.Contains($"/by-definition-id/{id}?", StringComparison.Ordinal), new() { Timeout = DrawingBoard.Patience });

    private static async Task SavesAsync(IPage page, bool publish, Func<Task> act)
    {
        for (var tries = 6; ; tries--)
        {
            try
            {
                // A designer that still loads shows a change and does not save it.
                var answer = await page.RunAndWaitForResponseAsync(act, answer =>
                    answer.Request.Method == "POST" && answer.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal) && (bool?)JsonNode.Parse(answer.Request.PostData!)!["publish"] == publish,
                    new() { Timeout = DrawingBoard.Patience / 6 });
                answer.Status.ShouldBe(200, publish ? "publish" : "save");
                return;
            }
            catch (TimeoutException) when (tries > 1)
            {
            }
        }
    }
}
