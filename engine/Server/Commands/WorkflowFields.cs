using System.Text.Json.Nodes;
using ProductionOffice.Expressions;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Server.Commands;

/// <summary>What a workflow hands to the templates it fills: its variables, and what <c>Office.GenerateDocument</c> adds.</summary>
internal static class WorkflowFields
{
    /// <summary>Whether the JSON is a workflow definition.</summary>
    public static bool IsDefinition(JsonObject json) => json["definitionId"] is not null && json["root"] is JsonObject;

    /// <summary>File names of the templates it fills.</summary>
    public static IReadOnlyList<string> TemplatesOf(JsonObject definition)
    {
        var names = new List<string>();
        Find(definition["root"]);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];

        void Find(JsonNode? node)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list)
                    Find(item);
            }
            else if (node is JsonObject activity)
            {
                if ((string?)(activity["type"] as JsonValue) == "Office.GenerateDocument" && activity["template"]?["expression"] is JsonObject expression
                    && (string?)expression["type"] == "Literal" && (string?)expression["value"] is { } name)
                {
                    names.Add(Path.GetFileName(name));
                }

                foreach (var (_, value) in activity)
                    Find(value);
            }
        }
    }

    /// <summary>The data as JSON Schema. Of variables that hold objects nothing more is known.</summary>
    public static JsonObject SchemaOf(JsonObject definition)
    {
        var properties = new JsonObject();
        foreach (var variable in (definition["variables"] as JsonArray ?? []).OfType<JsonObject>())
        {
            // Terms as issued are the only variable that no template is handed.
            if ((string?)variable["name"] is { } name && name != "issuedDeal")
                properties[name] = Of((string?)variable["typeName"], variable["isArray"]?.GetValue<bool>() == true);
        }

        foreach (var (name, field) in TemplateData.Sample.AsObject())
            properties[name] = Shape(field);
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Of(string? type, bool isArray) => isArray ? new JsonObject { ["type"] = "array" } : type?.Split('.')[^1] switch
    {
        "String" or "Guid" or "DateTime" or "DateTimeOffset" => Text(),
        "Boolean" => new JsonObject { ["type"] = "boolean" },
        "Int16" or "Int32" or "Int64" or "Single" or "Double" or "Decimal" => new JsonObject { ["type"] = "number" },
        _ => [],
    };

    /// <summary>The shape of a sample: objects have no further fields, a text may be missing.</summary>
    private static JsonObject Shape(Value sample) => sample.Kind switch
    {
        ValueKind.Object => Closed(sample.AsObject()),
        ValueKind.List => sample.AsList() is [var item, ..] ? new JsonObject { ["type"] = "array", ["items"] = Shape(item) } : new JsonObject { ["type"] = "array" },
        ValueKind.Number => new JsonObject { ["type"] = "number" },
        ValueKind.Boolean => new JsonObject { ["type"] = "boolean" },
        _ => Text(),
    };

    private static JsonObject Closed(ObjectValue fields) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Shape(field.Value)))),
        ["additionalProperties"] = false,
    };

    private static JsonObject Text() => new() { ["type"] = new JsonArray("string", "null") };
}
