using System.Text.Json.Nodes;
using ProductionOffice.Engine;
using ProductionOffice.Engine.Conformance;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Tryout.Kept;
using ProductionOffice.Workflows;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Server.Commands;

/// <summary>Checks definition files and runs case files, without an office.</summary>
internal static class WorkflowFiles
{
    public static async Task<int> Validate(Streams io, string? format, IReadOnlyList<string> paths, string? templates)
    {
        var files = new JsonArray();
        var rows = new List<JsonObject>();
        foreach (var (file, problems) in await FindProblemsAsync(PathList.Expand(paths, ".json"), templates))
        {
            var places = new JsonPlaces(problems.Count == 0 ? "" : await File.ReadAllTextAsync(file));
            var found = problems.Select(p => Json(file, places.LineOf(p.Path), p)).ToList();
            rows.AddRange(found);
            files.Add(new JsonObject
            {
                ["file"] = file,
                ["valid"] = problems.All(p => !p.IsError),
                ["problems"] = new JsonArray([.. found.Select(p => p.DeepClone())]),
            });
        }

        var errors = rows.Count(r => (bool)r["isError"]!);
        switch (format)
        {
            case "json":
                io.Out.WriteLine(JsonText.Indented(new JsonObject { ["files"] = files, ["errors"] = errors, ["warnings"] = rows.Count - errors }));
                break;
            case "csv" or "md":
                Listing.Write(io, format, rows, ["file", "line", "activityId", "path", "code", "message", "remedy"]);
                break;
            default:
                foreach (var row in rows)
                    io.Out.WriteLine(PlainText.OneLine($"{(string)row["file"]!}:{(int)row["line"]!}:{(string)row["path"]!}: {((bool)row["isError"]! ? "error" : "warning")} {(string)row["code"]!}: {Named(row)}{(string)row["message"]!} {(string?)row["remedy"]}"));
                foreach (var file in files.Where(f => (bool)f!["valid"]!))
                    io.Out.WriteLine($"{(string)file!["file"]!}: ok");
                break;
        }

        return errors > 0 ? ExitCode.Invalid : ExitCode.Ok;
    }

    public static async Task<int> TestAsync(Streams io, string? format, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var report = await WorkflowCaseSuite.RunAsync(PathList.Expand(paths, ".json"), OfficeActivities.Registry(), (document, file) => OfficeCase.RunAsync(document, file, cancellationToken), cancellationToken);
        return Report(io, format, report.ToJson());
    }

    /// <summary>Writes what cases came to, as <see cref="WorkflowCaseReport.ToJson"/> has it.</summary>
    public static int Report(Streams io, string? format, JsonObject report)
    {
        var cases = report["cases"]!.AsArray().OfType<JsonObject>().ToList();
        switch (format)
        {
            case "json":
                io.Out.WriteLine(JsonText.Indented(report));
                break;
            case "csv" or "md":
                Listing.Write(io, format, [.. cases.Select(c => new JsonObject { ["name"] = (string?)c["name"], ["passed"] = (bool)c["passed"]!, ["differences"] = string.Join("; ", Texts(c)), ["file"] = (string?)c["file"] })], ["name", "passed", "differences", "file"]);
                break;
            default:
                foreach (var test in cases)
                {
                    io.Out.WriteLine($"{((bool)test["passed"]! ? "passed" : "failed")}\t{(string?)test["name"]}");
                    foreach (var difference in Texts(test))
                        io.Out.WriteLine($"\t{difference}");
                }

                io.Error.WriteLine($"{(int)report["passed"]!} passed, {(int)report["failed"]!} failed");
                break;
        }

        return (int)report["failed"]! > 0 ? ExitCode.Invalid : ExitCode.Ok;

        static IEnumerable<string> Texts(JsonObject test) => test["differences"]!.AsArray().Select(d => (string)d!);
    }

    /// <summary>All problems of each file; files given together know each other's definitions.</summary>
    public static async Task<IReadOnlyList<(string File, IReadOnlyList<DefinitionProblem> Problems)>> FindProblemsAsync(IReadOnlyList<string> files, string? templates)
    {
        var texts = new List<(string Name, string Json)>();
        foreach (var file in files)
            texts.Add((file, await File.ReadAllTextAsync(file)));
        return await FindProblemsAsync(texts, templates ?? files.Select(TemplatesBeside).FirstOrDefault(t => t is not null));
    }

    /// <summary>The folder <c>templates/documents</c> or <c>templates</c> of the nearest folder around a file that has one.</summary>
    private static string? TemplatesBeside(string file)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(file)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var known in new[] { Path.Combine(folder, "templates", "documents"), Path.Combine(folder, "templates") })
            {
                if (Directory.Exists(known) && Directory.EnumerateFiles(known, "*.docx").Concat(Directory.EnumerateFiles(known, "*.xlsx")).Any())
                    return known;
            }
        }

        return null;
    }

    public static async Task<IReadOnlyList<(string Name, IReadOnlyList<DefinitionProblem> Problems)>> FindProblemsAsync(IReadOnlyList<(string Name, string Json)> texts, string? templates)
    {
        var shelf = templates is null ? null : new TemplateShelf(templates);
        IReadOnlyList<DefinitionCheck> checks = shelf is null ? [] : [new TemplateFieldCheck(shelf.TryFind, () => shelf.Names).Check];
        var results = new List<(string, IReadOnlyList<DefinitionProblem>)>();
        var definitions = new List<(string Name, WorkflowDefinition Definition)>();
        foreach (var (name, json) in texts)
        {
            try
            {
                definitions.Add((name, DefinitionReader.Read(json, name)));
            }
            catch (DefinitionFormatException e)
            {
                results.Add((name, [new DefinitionProblem("Unreadable", true, null, e.Path, null, e.Problem, e.Remedy)]));
            }
        }

        var registry = OfficeActivities.Registry();
        var runtime = new WorkflowRuntime(new MemoryWorkflowStore(), registry, TimeProvider.System, new WorkflowRuntimeOptions { Checks = checks });
        foreach (var (_, definition) in definitions)
        {
            var published = definition.Clone();
            (published.IsPublished, published.IsLatest) = (true, true);
            try
            {
                await runtime.ImportDefinitionAsync(DefinitionWriter.Write(published));
            }
            catch (WorkflowException)
            {
                // Its own problems are told below.
            }
        }

        foreach (var (name, definition) in definitions)
            results.Add((name, definitions.Count > 1 ? await runtime.ValidateAsync(definition) : WorkflowValidator.Validate(definition, registry, checks)));
        return results;
    }

    /// <summary>The label people see on the canvas, where the message only has the id.</summary>
    private static string Named(JsonObject row) =>
        (string?)row["activity"] is { } name && name != (string?)row["activityId"] ? $"{name}: " : "";

    private static JsonObject Json(string file, int line, DefinitionProblem problem) => new()
    {
        ["file"] = file,
        ["line"] = line,
        ["isError"] = problem.IsError,
        ["code"] = problem.Code,
        ["activityId"] = problem.ActivityId,
        ["activity"] = problem.ActivityName,
        ["path"] = problem.Path,
        ["value"] = problem.Value,
        ["message"] = problem.Message,
        ["remedy"] = problem.Remedy,
    };
}
