using System.Text;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Api.Elsa.Definitions;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary><c>/scripting/javascript/type-definitions</c>: what a script of a workflow can call, for the code editor's suggestions.</summary>
internal static class TypeDefinitionsApi
{
    private const string Functions = """
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityIdOrName: string, outputName?: string): any;
        declare function getLastResult(): any;
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(value: string): void;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function isNullOrEmpty(value: string): boolean;
        declare function isNullOrWhiteSpace(value: string): boolean;
        declare function toJson(value: any): string;

        """;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", ShowAsync);
    }

    private static async Task<IResult> ShowAsync(string definitionId, WorkflowStore store, CancellationToken cancellationToken) =>
        Results.Text(Of(StudioForm.Read((await store.FindAsync(definitionId, "Latest", cancellationToken)).Json)), "application/x-typescript", Encoding.UTF8);

    private static string Of(JsonObject definition)
    {
        var text = new StringBuilder(Functions);
        var variables = Named(definition["variables"], "typeName");
        foreach (var (name, type) in variables)
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"declare function get{name}(): {type};\ndeclare function set{name}(value: {type}): void;");
        foreach (var (name, type) in Named(definition["inputs"], "type").ExceptBy(variables.Select(v => v.Name), i => i.Name))
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"declare function get{name}(): {type};");
        text.AppendLine("declare var variables: {");
        foreach (var (name, type) in variables)
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"  {name}: {type};");
        return text.AppendLine("};").ToString();
    }

    private static List<(string Name, string Type)> Named(JsonNode? list, string type) =>
        [.. ElsaJson.Items(list).OfType<JsonObject>().Select(v => (Pascal(ElsaJson.Text(v["name"]) ?? ""), Type(ElsaJson.Text(v[type]), ElsaJson.IsTrue(v["isArray"])))).Where(v => v.Item1.Length > 0).DistinctBy(v => v.Item1)];

    /// <summary>The name as accessors spell it: letters and digits, each word with a capital.</summary>
    private static string Pascal(string name) => string.Concat(name.Split([.. name.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static string Type(string? alias, bool isArray) => (alias switch
    {
        "String" or "Guid" or "TimeSpan" => "string",
        "Boolean" => "boolean",
        "Int32" or "Int64" or "Double" or "Decimal" => "number",
        "DateTime" or "DateTimeOffset" => "Date",
        _ => "any",
    }) + (isArray ? "[]" : "");
}
