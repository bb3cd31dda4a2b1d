using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Definitions;

/// <summary>Reads single fields of a definition leniently: a field of another kind reads as absent.</summary>
internal static class DefinitionJson
{
    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool? Boolean(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(node.GetValue<string>(), out var flag) => flag,
        _ => null,
    };

    public static int? Integer(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number when double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => (int)number,
        JsonValueKind.String when int.TryParse(node.GetValue<string>(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static IEnumerable<JsonObject> Objects(JsonNode? node) => Items(node).OfType<JsonObject>();

    public static IReadOnlyList<string> Texts(JsonNode? node) => [.. Items(node).Select(Text).OfType<string>()];

    /// <summary>A list as is, or the <c>$values</c> of a reference-preserving serialiser.</summary>
    public static JsonArray Items(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject wrapped when wrapped["$values"] is JsonArray list => list,
        _ => [],
    };

    public static Value ToValue(JsonNode? node) => node is null ? Value.Null : Value.ParseJson(node.ToJsonString());

    public static VariableDefinition[] Variables(JsonNode? node) => [.. Objects(node).Select(Variable).OfType<VariableDefinition>()];

    public static VariableDefinition? Variable(JsonObject json)
    {
        var name = Text(json["name"]);
        var id = Text(json["id"]);
        if (name is null && id is null)
            return null;

        var type = Text(json["typeName"]) ?? "Object";
        var isArray = Boolean(json["isArray"]) == true;
        var value = Text(json["value"]) is { } text && type == "Object" ? TypeConversion.FromText(text) : ToValue(json["value"]);
        return new VariableDefinition(id ?? name!, name ?? id!, type, isArray, TypeConversion.ToType(value, type, isArray));
    }

    public static InputDefinition[] Inputs(JsonNode? node) =>
    [
        .. Objects(node).Where(json => Text(json["name"]) is not null).Select(json => new InputDefinition(
            Text(json["name"])!, Text(json["type"]) ?? "Object", Boolean(json["isArray"]) == true, Text(json["displayName"]), Text(json["description"])))
    ];

    public static OutputDefinition[] Outputs(JsonNode? node) =>
    [
        .. Objects(node).Where(json => Text(json["name"]) is not null).Select(json => new OutputDefinition(
            Text(json["name"])!, Text(json["type"]) ?? "Object", Text(json["displayName"])))
    ];
}
