using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Templates.Checking;

/// <summary>The fields of a template as a JSON Schema (draft 2020-12) that its data has to fit.</summary>
internal static class FieldSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string name, IReadOnlyList<TemplateField> fields)
    {
        var root = new Node();
        foreach (var field in fields)
            Add(root, field);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = name,
        };
        foreach (var (key, value) in Object(root, mayMiss: false))
            schema[key] = value?.DeepClone();
        return schema.ToJsonString(Indented);
    }

    private static void Add(Node node, TemplateField field)
    {
        foreach (var step in field.Path.Split('.'))
        {
            var isItem = step.EndsWith("[]", StringComparison.Ordinal);
            var name = isItem ? step[..^2] : step;
            if (name == "length" && node.Fields.Count == 0)
                return;
            if (!node.Fields.TryGetValue(name, out var next))
                node.Fields[name] = next = new Node();
            next.IsNeeded |= !field.Optional;
            node = isItem ? next.Item ??= new Node() : next;
        }

        node.Kind = field.Kind;
        node.Places = field.Places;
    }

    private static JsonObject Of(Node node)
    {
        var schema = node.Item is { } item
            ? new JsonObject { ["type"] = Types("array", "null"), ["items"] = item.Fields.Count > 0 || item.Kind is not null ? Of(item) : new JsonObject() }
            : node.Fields.Count > 0
                ? Object(node, mayMiss: node.Kind is not null)
                : Plain(node.Kind);
        if (node.Places.Count > 0)
            schema["description"] = string.Join("; ", node.Places.Take(3)) + (node.Places.Count > 3 ? $" and {node.Places.Count - 3} more" : "");
        return schema;
    }

    private static JsonObject Object(Node node, bool mayMiss)
    {
        var properties = new JsonObject();
        var needed = new JsonArray();
        foreach (var (name, field) in node.Fields)
        {
            properties[name] = Of(field);
            if (field.IsNeeded)
                needed.Add(name);
        }

        var schema = new JsonObject { ["type"] = mayMiss ? Types("object", "null") : "object", ["properties"] = properties };
        if (needed.Count > 0)
            schema["required"] = needed;
        return schema;
    }

    private static JsonObject Plain(FieldKind? kind) => kind switch
    {
        FieldKind.Number or FieldKind.Money => new JsonObject { ["type"] = Types("number", "null") },
        FieldKind.Date => new JsonObject { ["type"] = Types("string", "null"), ["pattern"] = "^(\\d{4}-\\d{2}-\\d{2}|\\d{1,2}:\\d{2})" },
        FieldKind.List => new JsonObject { ["type"] = Types("array", "null") },
        FieldKind.Picture => new JsonObject { ["type"] = Types("string", "array", "object", "null") },
        FieldKind.Truth => [],
        _ => new JsonObject { ["type"] = Types("string", "number", "boolean", "array", "null") },
    };

    private static JsonArray Types(params string[] types) => [.. types.Select(type => JsonValue.Create(type))];

    private sealed class Node
    {
        public Dictionary<string, Node> Fields { get; } = [];

        public Node? Item { get; set; }

        public FieldKind? Kind { get; set; }

        public bool IsNeeded { get; set; }

        public IReadOnlyList<string> Places { get; set; } = [];
    }
}
