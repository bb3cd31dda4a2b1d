using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Expressions;
using ProductionOffice.Templates;
using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Server.Commands;

/// <summary>What <c>template check --against</c> holds templates against: a sample, a JSON Schema, a workflow, or a folder of workflows.</summary>
internal sealed class TemplateAgainst
{
    private readonly DataShape? _shape;
    private readonly List<(string Name, IReadOnlyList<string> Templates, JsonObject Definition)> _workflows = [];
    private readonly string _path;

    private TemplateAgainst(string path)
    {
        _path = path;
        foreach (var file in PathList.Expand([path], ".json"))
        {
            var json = Read(file);
            if (json is JsonObject definition && WorkflowFields.IsDefinition(definition))
                _workflows.Add(((string?)definition["name"] ?? Path.GetFileNameWithoutExtension(file), WorkflowFields.TemplatesOf(definition), definition));
            else if (!Directory.Exists(path))
                _shape = IsSchema(json) ? DataShape.OfSchema(json!.ToJsonString()) : DataShape.OfSample(Value.ParseJson(json?.ToJsonString() ?? "null"));
        }

        if (_shape is null && _workflows.Count == 0)
            throw new CommandFailure(ExitCode.Invalid, "against-unreadable", $"'{path}' holds no workflow definition.", "Give sample data, a JSON Schema, a workflow definition or a folder of them.");
    }

    public static TemplateAgainst Of(string path) => new(path);

    /// <summary>Problems of one template.</summary>
    public TemplateResult Check(string template, Func<string, byte[]?> includes)
    {
        var bytes = File.ReadAllBytes(template);
        if (_shape is not null)
            return TemplateResult.Of(TemplateCheck.Check(bytes, template, _shape, includes));

        var name = Path.GetFileName(template);
        var using_ = _workflows.Where(w => w.Templates.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (using_.Count == 0 && _workflows.Count == 1)
            using_ = _workflows;
        if (using_.Count == 0)
        {
            var own = TemplateCheck.Check(bytes, template, null, includes);
            return TemplateResult.Of([.. own, new TemplateProblem { Code = "W005", Severity = ProblemSeverity.Warning, File = name, Name = name, Message = $"No workflow of '{_path}' fills this template, so its names could not be checked." }]);
        }

        // The same mistake is told once, whichever workflow shows it.
        var problems = using_.SelectMany(w => TemplateCheck.Check(bytes, template, Shape(w), includes)).Where(p => p.Code != "W005").Distinct(SamePlace.Instance);
        return TemplateResult.Of([.. problems, .. using_.SelectMany(w => Unused(w, bytes, template, includes))]);
    }

    /// <summary>Templates the workflows fill that are not among those checked.</summary>
    public IEnumerable<TemplateProblem> Missing(IEnumerable<string> templates)
    {
        var known = templates.Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _workflows.SelectMany(w => w.Templates.Where(t => !known.Contains(t)).Select(t => new TemplateProblem
        {
            Code = "T013",
            File = t,
            Name = t,
            Message = $"The workflow “{w.Name}” fills “{t}”, but there is no such template here.",
        }));
    }

    private static DataShape Shape((string Name, IReadOnlyList<string> Templates, JsonObject Definition) workflow) =>
        DataShape.OfSchema(WorkflowFields.SchemaOf(workflow.Definition).ToJsonString(), $"what the workflow “{workflow.Name}” provides");

    private static IEnumerable<TemplateProblem> Unused((string Name, IReadOnlyList<string> Templates, JsonObject Definition) workflow, byte[] bytes, string template, Func<string, byte[]?> includes)
    {
        // Workflows know much that is on no paper: one line is enough.
        var names = TemplateCheck.Check(bytes, template, Shape(workflow), includes).Where(p => p.Code == "W005").Select(p => p.Name).ToList();
        if (names.Count > 0)
            yield return new TemplateProblem { Code = "W005", Severity = ProblemSeverity.Warning, File = Path.GetFileName(template), Name = names[0], Message = $"The workflow “{workflow.Name}” also has what this template does not use: {string.Join(", ", names)}." };
    }

    private static JsonNode? Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException e)
        {
            throw JsonText.Unreadable(file, e);
        }
    }

    private static bool IsSchema(JsonNode? json) => json is JsonObject schema && (schema.ContainsKey("$schema") || (schema["properties"] is JsonObject && schema["type"] is not null));

    private sealed class SamePlace : IEqualityComparer<TemplateProblem>
    {
        public static readonly SamePlace Instance = new();

        public bool Equals(TemplateProblem? x, TemplateProblem? y) => Key(x) == Key(y);

        public int GetHashCode(TemplateProblem problem) => Key(problem).GetHashCode();

        private static (string?, string?, string?, int?, string?, string?) Key(TemplateProblem? p) => (p?.Code, p?.Part, p?.Place, p?.Column, p?.Tag, p?.Name);
    }
}
