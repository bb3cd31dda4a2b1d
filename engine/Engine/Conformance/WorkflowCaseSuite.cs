using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Engine.Conformance;

/// <summary>Runs case files: a definition, what happens to it, and what must be seen afterwards.</summary>
/// <remarks>
/// The schema is that of <c>tests/Conformance/elsa/README.md</c>. Each case gets a store in memory and a clock of its own, so years of waiting cost
/// nothing. UPMs test their own workflows with the same files.
/// </remarks>
public static class WorkflowCaseSuite
{
    /// <summary>Runs all case files of files and folders (<c>*.json</c>, by name).</summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="registry">Activity types; null for Elsa's own.</param>
    /// <param name="office">Runs cases that play in an office (those with a member <c>office</c>), given the case and its file; null when there is no office.</param>
    /// <param name="cancellationToken">Stops before the next case.</param>
    /// <exception cref="FileNotFoundException">A path is neither a file nor a folder.</exception>
    public static async Task<WorkflowCaseReport> RunAsync(
        IEnumerable<string> paths, Activities.ActivityRegistry? registry = null, Func<JsonObject, string, Task<WorkflowCaseResult>>? office = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var cases = new List<WorkflowCaseResult>();
        foreach (var file in paths.SelectMany(Files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            cases.Add(await RunFileAsync(file, registry ?? Activities.ActivityRegistry.Standard, office));
        }

        return new WorkflowCaseReport(cases);
    }

    /// <summary>Runs one case.</summary>
    /// <param name="json">The case file's text.</param>
    /// <param name="file">Its name, for the report.</param>
    /// <param name="registry">Activity types; null for Elsa's own.</param>
    /// <param name="office">Runs cases that play in an office; null when there is no office.</param>
    public static async Task<WorkflowCaseResult> RunCaseAsync(string json, string file, Activities.ActivityRegistry? registry = null, Func<JsonObject, string, Task<WorkflowCaseResult>>? office = null)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        try
        {
            var document = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("A case is a JSON object.");
            if (office is not null && document["office"] is JsonObject)
                return await office(document, file);
            return await new CaseRun(document, file, registry ?? Activities.ActivityRegistry.Standard).RunAsync();
        }
        catch (Exception problem) when (problem is JsonException or WorkflowException or InvalidOperationException or ArgumentException)
        {
            return new WorkflowCaseResult(name, file, [$"The case could not be run: {problem.Message}"], [], new JsonObject());
        }
    }

    private static async Task<WorkflowCaseResult> RunFileAsync(string file, Activities.ActivityRegistry registry, Func<JsonObject, string, Task<WorkflowCaseResult>>? office)
    {
        string json;
        try
        {
            json = await File.ReadAllTextAsync(file);
        }
        catch (IOException problem)
        {
            return new WorkflowCaseResult(Path.GetFileNameWithoutExtension(file), file, [problem.Message], [], new JsonObject());
        }

        return await RunCaseAsync(json, file, registry, office);
    }

    private static IEnumerable<string> Files(string path)
    {
        if (Directory.Exists(path))
            return Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal);
        if (File.Exists(path))
            return [path];
        throw new FileNotFoundException($"There is no case file or folder '{path}'.", path);
    }
}

/// <summary>What a case came to.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="File">Its file.</param>
/// <param name="Differences">In plain words; empty when it passed. The journal does not count.</param>
/// <param name="JournalDifferences">Where the journal differs; a second score.</param>
/// <param name="Actual">States as seen: <c>afterStart</c>, <c>afterStimuli</c>, <c>final</c>.</param>
public sealed record WorkflowCaseResult(string Name, string File, IReadOnlyList<string> Differences, IReadOnlyList<string> JournalDifferences, JsonObject Actual)
{
    /// <summary>Whether everything but the journal is as expected.</summary>
    public bool Passed => Differences.Count == 0;
}

/// <summary>What a run of cases came to.</summary>
/// <param name="Cases">In the order they ran.</param>
public sealed record WorkflowCaseReport(IReadOnlyList<WorkflowCaseResult> Cases)
{
    /// <summary>Number of cases that passed.</summary>
    public int Passed => Cases.Count(c => c.Passed);

    /// <summary>Number of cases that did not.</summary>
    public int Failed => Cases.Count - Passed;

    /// <summary>The report as <c>office workflow test -o json</c> prints it.</summary>
    public JsonObject ToJson() => new()
    {
        ["cases"] = new JsonArray([.. Cases.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Name,
            ["file"] = c.File,
            ["passed"] = c.Passed,
            ["differences"] = new JsonArray([.. c.Differences.Select(d => (JsonNode)d)]),
            ["journalDifferences"] = new JsonArray([.. c.JournalDifferences.Select(d => (JsonNode)d)]),
            ["actual"] = c.Actual.DeepClone(),
        })]),
        ["passed"] = Passed,
        ["failed"] = Failed,
    };
}
