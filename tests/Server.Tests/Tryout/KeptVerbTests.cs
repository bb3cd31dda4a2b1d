using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Tests.Api;
using ProductionOffice.Server.Tests.Commands;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;

namespace ProductionOffice.Server.Tests.Tryout;

/// <summary>Kept tests by the built program against a running office.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class KeptVerbTests(OfficeServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-kept-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kept_tests_are_run_by_the_program_and_publishing_says_which_break()
    {
        await PublishAsync("May the cat come in?");
        var (desk, tests) = (server.Services.GetRequiredService<TryoutDesk>(), server.Services.GetRequiredService<KeptTests>());
        var setting = await desk.SettingAsync((await desk.FindAsync("kept-verbs", "published", default)).Json, default);
        var plan = new TryoutPlan([], null, new DateTimeOffset(2027, 3, 1, 18, 0, 0, TimeSpan.Zero), [new TryoutStep(TryoutStep.Answer) { ActivityId = "ask", Choice = "Approve" }]);
        await tests.KeepAsync("kept-verbs", plan, setting, "The cat comes in", "upm", default);

        var good = await RunAsync("workflow", "test", "--kept", "kept-verbs", "-o", "json");
        var published = await PublishAsync("May the dog come in?");
        var bad = await RunAsync("workflow", "test", "--kept", "kept-verbs");
        var old = await RunAsync("workflow", "test", "--kept", "kept-verbs", "--version", "1");
        var both = await RunAsync("workflow", "test", "x.json", "--kept", "kept-verbs");
        var none = await RunAsync("workflow", "test");

        good.Code.ShouldBe(0, good.Error);
        ((int)good.Json["passed"]!, (int)good.Json["failed"]!).ShouldBe((1, 0));
        published.Error.ShouldContain("1 of 1 kept tests come out otherwise on this version:\n  The cat comes in: After the start:");
        bad.Code.ShouldBe(ExitCode.Invalid);
        bad.Out.ShouldContain("failed\tThe cat comes in");
        bad.Out.ShouldContain("May the cat come in?” is not asked for any more");
        old.Code.ShouldBe(0, old.Out + old.Error);
        (both.Code, none.Code).ShouldBe((ExitCode.Usage, ExitCode.Usage));
    }

    private async Task<OfficeRun> PublishAsync(string question)
    {
        var file = Path.Combine(_folder, "workflow.json");
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["id"] = "kept-verbs-v1",
            ["definitionId"] = "kept-verbs",
            ["name"] = "Kept verbs",
            ["version"] = 1,
            ["root"] = new JsonObject
            {
                ["id"] = "s",
                ["type"] = "Elsa.Sequence",
                ["activities"] = new JsonArray(new JsonObject
                {
                    ["id"] = "ask",
                    ["type"] = "Office.RequestApproval",
                    ["title"] = Literal(question),
                    ["role"] = Literal("unitProductionManager"),
                }),
            },
        }.ToJsonString());
        var run = await RunAsync("workflow", "publish", file);
        run.Code.ShouldBe(0, run.Error);
        return run;

        static JsonObject Literal(string text) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text } };
    }

    private Task<OfficeRun> RunAsync(params string[] args) => OfficeRun.InAsync(_folder, [.. args, "--data", server.Data]);
}
