using System.Text.Json.Nodes;
using ProductionOffice.Templates;

namespace ProductionOffice.Server.Commands;

/// <summary>What became of a template: a document, or all its errors.</summary>
internal sealed record TemplateResult(IReadOnlyList<TemplateProblem> Errors, IReadOnlyList<TemplateProblem> Warnings)
{
    public bool IsError => Errors.Count > 0;

    public string Word => IsError ? "error" : "ok";

    public static TemplateResult Of(TemplateException e) => new(e.Errors, e.Warnings);

    /// <summary>A file of the job cannot be used at all.</summary>
    public static TemplateResult Unusable(string code, string message) => new([new TemplateProblem { Code = code, Message = message }], []);

    public JsonObject ToJson() => new()
    {
        ["result"] = Word,
        ["warnings"] = new JsonArray([.. WarningsJson()]),
        ["errors"] = new JsonArray([.. ErrorsJson()]),
    };

    public IEnumerable<JsonNode> WarningsJson() => Warnings.Select(Json);

    public IEnumerable<JsonNode> ErrorsJson() => Errors.Select(Json);

    private static JsonObject Json(TemplateProblem problem)
    {
        var json = new JsonObject { ["code"] = problem.Code, ["severity"] = problem.Severity == ProblemSeverity.Error ? "error" : "warning" };
        Add("file", problem.File);
        Add("part", problem.Part);
        Add("place", problem.Place);
        Add("paragraph", problem.Paragraph);
        Add("column", problem.Column);
        Add("table", problem.Table);
        Add("row", problem.Row);
        Add("sheet", problem.Sheet);
        Add("cell", problem.Cell);
        Add("tag", problem.Tag);
        Add("name", problem.Name);
        json["message"] = problem.Message;
        json["suggest"] = new JsonArray([.. problem.Suggest.Select(s => JsonValue.Create(s))]);
        return json;

        void Add(string field, JsonNode? value)
        {
            if (value is not null)
                json[field] = value;
        }
    }
}
