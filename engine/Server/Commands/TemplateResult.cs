using System.Text.Json.Nodes;
using ProductionOffice.Templates;

namespace ProductionOffice.Server.Commands;

/// <summary>What became of a template: a document, or all its errors.</summary>
internal sealed record TemplateResult(IReadOnlyList<TemplateProblem> Errors, IReadOnlyList<TemplateProblem> Warnings)
{
    public bool IsError => Errors.Count > 0;

    public string Word => IsError ? "error" : "ok";

    public static TemplateResult Of(TemplateException e) => new(e.Errors, e.Warnings);

    public static TemplateResult Of(IReadOnlyList<TemplateProblem> problems) =>
        new([.. problems.Where(p => p.Severity == ProblemSeverity.Error)], [.. problems.Where(p => p.Severity == ProblemSeverity.Warning)]);

    /// <summary>A file of the job cannot be used at all.</summary>
    public static TemplateResult Unusable(string code, string message) => new([new TemplateProblem { Code = code, Message = message }], []);

    /// <summary><c>{"result","warnings","errors"}</c>, each problem with the fields that apply.</summary>
    public JsonObject ToJson() =>
        JsonNode.Parse(RenderJob.ToJson(new RenderResult { Document = IsError ? null : [], Errors = Errors, Warnings = Warnings }))!.AsObject();
}
