using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Tryout.Kept;

/// <summary>Try-outs kept as tests of their workflow: the list, and whether they still come out as they were.</summary>
internal sealed class KeptTests(WorkflowStore store, TryoutDesk desk, TimeProvider clock)
{
    private const int MostOfOne = 100;
    private const int LongestName = 120;
    private const int LongestCase = 4_000_000;

    /// <summary>The kept tests of a workflow, by name.</summary>
    public async Task<IReadOnlyList<KeptTestRow>> ListAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await context.KeptTests.AsNoTracking().Where(t => t.DefinitionId == definitionId).OrderBy(t => t.Name).ToListAsync(cancellationToken);
    }

    /// <exception cref="OfficeProblem">There is none.</exception>
    public async Task<KeptTestRow> FindAsync(string definitionId, string id, CancellationToken cancellationToken) =>
        (await ListAsync(definitionId, cancellationToken)).FirstOrDefault(t => t.Id == id) ?? throw OfficeProblem.NotFound("kept test", id, "Look under the tests of the workflow.");

    /// <summary>Keeps a try-out as it comes out now.</summary>
    /// <exception cref="OfficeProblem">The name is missing or taken, or the run has a step that cannot be done.</exception>
    public async Task<KeptTestRow> KeepAsync(string definitionId, TryoutPlan plan, TryoutSetting setting, string name, string by, CancellationToken cancellationToken)
    {
        name = CheckName(name);
        var written = await OfficeCase.WriteAsync(name, definitionId, plan, setting, cancellationToken);
        var text = JsonText.OneLine(written);
        if (text.Length > LongestCase)
            throw new OfficeProblem(422, "case-too-large", "This run is too long to be kept.", "Take steps back, or keep a shorter run.");
        var row = new KeptTestRow { Id = Secrets.NewToken()[..16], DefinitionId = definitionId, Name = name, Case = text, KeptAt = clock.GetUtcNow(), KeptBy = by };
        await store.WriteAsync(async context =>
        {
            if (await context.KeptTests.CountAsync(t => t.DefinitionId == definitionId, cancellationToken) >= MostOfOne)
                throw new OfficeProblem(422, "too-many-tests", $"A workflow keeps at most {MostOfOne} tests.", "Delete one that is not needed any more.");
            await RefuseTakenAsync(context, definitionId, name, row.Id, cancellationToken);
            context.KeptTests.Add(row);
        }, cancellationToken);
        return row;
    }

    /// <exception cref="OfficeProblem">There is no such test, or the name is missing or taken.</exception>
    public async Task RenameAsync(string definitionId, string id, string name, CancellationToken cancellationToken)
    {
        name = CheckName(name);
        await FindAsync(definitionId, id, cancellationToken);
        await store.WriteAsync(async context =>
        {
            await RefuseTakenAsync(context, definitionId, name, id, cancellationToken);
            if (await context.KeptTests.FindAsync([id], cancellationToken) is { } row)
                row.Name = name;
        }, cancellationToken);
    }

    /// <summary>Forgets a test; one that is gone already is no error.</summary>
    public Task DeleteAsync(string definitionId, string id, CancellationToken cancellationToken) =>
        store.WriteAsync(async context => context.KeptTests.RemoveRange(await context.KeptTests.Where(t => t.DefinitionId == definitionId && t.Id == id).ToListAsync(cancellationToken)), cancellationToken);

    /// <summary>Runs the kept tests of a workflow on a definition of it, for example a draft that is about to be published. Nothing is stored or sent.</summary>
    /// <param name="definition">The definition, Elsa 3 JSON; its <c>definitionId</c> says whose tests are run.</param>
    /// <param name="cancellationToken">Stops between tests.</param>
    public async Task<KeptTestReport> RunAsync(string definition, CancellationToken cancellationToken)
    {
        var results = new List<KeptTestResult>();
        string definitionId;
        try
        {
            definitionId = DefinitionReader.Read(definition).DefinitionId;
        }
        catch (DefinitionFormatException e)
        {
            throw new OfficeProblem(422, "definition-unreadable", e.Message, "Correct the definition first; its tests were not run.");
        }

        var tests = await ListAsync(definitionId, cancellationToken);
        if (tests.Count == 0)
            return new KeptTestReport([]);

        var setting = await desk.SettingAsync(definition, cancellationToken);
        foreach (var test in tests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(new KeptTestResult(test.Id, test.Name, await BreaksAsync(test, setting, cancellationToken)));
        }

        return new KeptTestReport(results);
    }

    /// <summary>A test as a file that <c>office workflow test</c> runs: with a definition, and those it starts.</summary>
    public async Task<JsonObject> ExportAsync(KeptTestRow test, string definition, CancellationToken cancellationToken)
    {
        var setting = await desk.SettingAsync(definition, cancellationToken);
        var file = Read(test);
        file["definition"] = JsonNode.Parse(definition);
        file["dependencies"] = new JsonArray([.. setting.Others.Select(o => JsonNode.Parse(o.Json))]);
        return file;
    }

    public static JsonObject Read(KeptTestRow test)
    {
        var file = JsonNode.Parse(test.Case)!.AsObject();
        file["name"] = test.Name;
        return file;
    }

    private static async Task<IReadOnlyList<string>> BreaksAsync(KeptTestRow test, TryoutSetting setting, CancellationToken cancellationToken)
    {
        try
        {
            return (await OfficeCase.RunAsync(Read(test), test.Name, setting.Json, setting.Others, setting.Templates, cancellationToken)).Differences;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or WorkflowException)
        {
            return [$"It could not be run: {e.Message}"];
        }
    }

    private static async Task RefuseTakenAsync(OfficeDbContext context, string definitionId, string name, string id, CancellationToken cancellationToken)
    {
        if (await context.KeptTests.AnyAsync(t => t.DefinitionId == definitionId && t.Name == name && t.Id != id, cancellationToken))
            throw new OfficeProblem(409, "name-taken", $"There already is a test '{name}' of this workflow.", "Choose another name, or delete the other test.");
    }

    private static string CheckName(string name)
    {
        var words = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length switch
        {
            0 => throw new OfficeProblem(422, "name-missing", "The test needs a name.", "Say in a few words what it shows, for example: Over budget, line producer refuses."),
            > LongestName => throw new OfficeProblem(422, "name-too-long", $"The name has {words.Length} characters.", $"Give at most {LongestName}."),
            _ => words,
        };
    }
}

/// <summary>What became of the kept tests of a workflow.</summary>
internal sealed record KeptTestReport(IReadOnlyList<KeptTestResult> Results)
{
    public int Passed => Results.Count(r => r.Passed);

    public int Broken => Results.Count - Passed;
}

/// <summary>What became of one kept test.</summary>
/// <param name="Id">The test.</param>
/// <param name="Name">Its name.</param>
/// <param name="Breaks">What comes out otherwise, in plain words; empty when it passed.</param>
internal sealed record KeptTestResult(string Id, string Name, IReadOnlyList<string> Breaks)
{
    public bool Passed => Breaks.Count == 0;
}
