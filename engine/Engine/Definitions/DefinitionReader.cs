using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Engine.Definitions;

/// <summary>Reads workflow definitions in Elsa 3 JSON.</summary>
public static class DefinitionReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    /// <summary>Reads a definition; fields it does not understand are kept.</summary>
    /// <param name="json">The whole document.</param>
    /// <param name="source">File name or id for messages.</param>
    /// <exception cref="DefinitionFormatException">It is not JSON, not an object, names no definition, or repeats a field.</exception>
    public static WorkflowDefinition Read(string json, string source = "definition")
    {
        var document = Parse(json, source);
        var definition = new WorkflowDefinition(document, source);
        if (definition.DefinitionId.Length == 0)
        {
            if (definition.Id.Length == 0)
                throw new DefinitionFormatException(source, "$.definitionId", "the definition has no id.", "Add \"definitionId\", for example \"crew-hire\".");

            definition.DefinitionId = definition.Id;
        }

        if (definition.Id.Length == 0)
            definition.Id = $"{definition.DefinitionId}-v{definition.Version}";
        return definition;
    }

    private static JsonObject Parse(string json, string source)
    {
        try
        {
            var node = JsonNode.Parse(json, documentOptions: Lenient);
            if (node is not JsonObject document)
                throw new DefinitionFormatException(source, "$", "this is not a workflow definition.", "A definition is a JSON object with \"definitionId\" and \"root\".");

            Touch(document);
            return document;
        }
        catch (JsonException problem)
        {
            throw new DefinitionFormatException(source, problem.Path ?? "$", $"not JSON: {problem.Message}", "Export the definition again.", problem);
        }
        catch (ArgumentException problem)
        {
            throw new DefinitionFormatException(source, "$", $"a field stands twice: {problem.Message}", "Remove one of the two.", problem);
        }
    }

    /// <summary>Objects check for repeated fields when first used; do that now, where the message can say so.</summary>
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var field in fields)
                    Touch(field.Value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Touch(item);
                break;
        }
    }
}

/// <summary>Writes workflow definitions in Elsa 3 JSON.</summary>
public static class DefinitionWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The definition with every field it was read with, in the same order.</summary>
    public static string Write(WorkflowDefinition definition, bool indented = false) => definition.Json.ToJsonString(indented ? Indented : Compact);
}
