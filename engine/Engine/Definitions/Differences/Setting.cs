using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>A value as a definition holds it, in one spelling of the many that mean the same.</summary>
/// <param name="Kind">Literal, Variable, Input, JavaScript, Liquid, Output, Target, Json or None.</param>
/// <param name="Text">The value in that spelling.</param>
internal sealed record Setting(string Kind, string Text)
{
    public static Setting None { get; } = new("None", "");

    /// <summary>Reads an input, output or plain field; what is not there is what it is by default.</summary>
    public static Setting Of(JsonNode? json, InputDescriptor? input)
    {
        var setting = Read(json, input);
        if (setting != None || input is null)
            return setting;

        return input.DefaultValue is { } value ? Literal(JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)), input)
            : input.Type == typeof(bool) ? new Setting("Literal", "no")
            : None;
    }

    /// <summary>JSON with fields in order of their names and without what says nothing.</summary>
    public static string Canonical(JsonNode? json) => Clean(json)?.ToJsonString() ?? "";

    private static Setting Read(JsonNode? json, InputDescriptor? input)
    {
        if (json is not JsonObject wrapped)
            return json is null ? None : input is null && json is JsonArray ? OfJson(json) : Literal(json, input);
        if (wrapped["expression"] is JsonObject expression)
            return Expression(expression, input);
        if (ActivityBinder.Target(wrapped) is { } target)
            return new Setting("Target", target);
        return wrapped.ContainsKey("typeName") && wrapped.Count(f => f.Value is not null) <= 1 ? None : OfJson(wrapped);
    }

    private static Setting Expression(JsonObject expression, InputDescriptor? input)
    {
        var (type, value) = (DefinitionJson.Text(expression["type"]) ?? "Literal", expression["value"]);
        return type switch
        {
            "Literal" => value is JsonObject or JsonArray ? OfJson(value) : Literal(value, input),
            "Object" or "Json" => Parsed(DefinitionJson.Text(value)) is { } parsed ? OfJson(parsed) : value is JsonValue ? Literal(value, input) : OfJson(value),
            "Variable" or "Input" or "Output" => new Setting(type, Named(value)),
            _ => new Setting(type, DefinitionJson.Text(value) ?? value?.ToJsonString() ?? ""),
        };
    }

    private static Setting Literal(JsonNode? value, InputDescriptor? input)
    {
        if (value is null)
            return None;

        var text = DefinitionJson.Text(value) ?? value.ToJsonString();
        var type = input is null ? null : Nullable.GetUnderlyingType(input.Type) ?? input.Type;
        if ((type == typeof(bool) || value.GetValueKind() is JsonValueKind.True or JsonValueKind.False) && bool.TryParse(text, out var flag))
            return new Setting("Literal", flag ? "yes" : "no");
        if (type is not null && (type == typeof(double) || type == typeof(decimal) || type == typeof(int) || type == typeof(long)) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new Setting("Literal", number.ToString("0.############", CultureInfo.InvariantCulture));
        return new Setting("Literal", text);
    }

    private static Setting OfJson(JsonNode? value) => Canonical(value) is { Length: > 0 } text ? new Setting("Json", text) : None;

    /// <summary>The name in a reference; the designer writes the whole variable as text.</summary>
    private static string Named(JsonNode? value)
    {
        var reference = value as JsonObject ?? Parsed(DefinitionJson.Text(value)) as JsonObject;
        if (reference is null)
            return DefinitionJson.Text(value) ?? "";

        var activity = DefinitionJson.Text(reference["activityId"]) ?? DefinitionJson.Text(reference["activity"]);
        return activity is not null
            ? $"{DefinitionJson.Text(reference["outputName"]) ?? DefinitionJson.Text(reference["output"])} of {activity}"
            : DefinitionJson.Text(reference["id"]) ?? DefinitionJson.Text(reference["name"]) ?? "";
    }

    private static JsonNode? Parsed(string? text)
    {
        if (text is null || text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return null;

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Clean(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject fields:
                var kept = fields.Select(f => KeyValuePair.Create(f.Key, Clean(f.Value))).Where(f => f.Value is not null).OrderBy(f => f.Key, StringComparer.Ordinal).ToList();
                return kept.Count == 0 ? null : new JsonObject(kept);
            case JsonArray list:
                var items = list.Select(Clean).ToList();
                return items.TrueForAll(i => i is null) ? null : new JsonArray([.. items]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.False:
                return null;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                return JsonValue.Create(TypeConversion.ToNumber(DefinitionJson.ToValue(value)));
            default:
                return json?.DeepClone();
        }
    }
}
