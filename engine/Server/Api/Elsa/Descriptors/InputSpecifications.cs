using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Expressions;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary>Editors and types of inputs, of those the Studio has; any other would show as unsupported.</summary>
internal static class InputSpecifications
{
    private static readonly HashSet<string> Hints =
    [
        "singleline", "multiline", "checkbox", "checklist", "radiolist", "dropdown", "multitext", "dictionary", "datetime-picker", "code-editor", "expression-editor", "json-editor", "switch-editor",
        "flow-switch-editor", "dynamic-outcomes", "http-status-codes", "variable-picker", "input-picker", "output-picker", "outcome-picker", "type-picker", "workflow-definition-picker",
    ];

    /// <summary>The editor of an input.</summary>
    public static string Hint(InputDescriptor input, InputWords words, bool hasChoices)
    {
        if (hasChoices)
            return input.UIHint is "checklist" or "radiolist" ? input.UIHint : "dropdown";

        var hint = words.Hint ?? (input.UIHint == "multi-line" ? "multiline" : input.UIHint);
        return hint is "dropdown" or "checklist" or "radiolist" || !Hints.Contains(hint) ? "singleline" : hint;
    }

    /// <summary>What the editor must know.</summary>
    public static JsonObject? For(string hint, IReadOnlyList<Choice>? choices, string type) => hint switch
    {
        "dropdown" => new JsonObject { ["dropdown"] = new JsonObject { ["selectList"] = new JsonObject { ["items"] = Items(choices ?? []), ["isFlagsEnum"] = false } } },
        "checklist" => new JsonObject { ["checklist"] = new JsonObject { ["checkList"] = new JsonObject { ["items"] = Items(choices ?? []), ["isFlagsEnum"] = false } } },
        "radiolist" => new JsonObject { ["radiolist"] = new JsonObject { ["radioList"] = new JsonObject { ["items"] = Items(choices ?? []) } } },
        "dynamic-outcomes" => new JsonObject { ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray([.. Toolbox.FixedOutcomes(type).Select(o => (JsonNode)o)]) } },
        _ => null,
    };

    /// <summary>Elsa's word for a type.</summary>
    public static string TypeName(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return type.Name;
        if (type == typeof(ListValue))
            return "Object[]";
        if (type == typeof(ObjectValue))
            return "ObjectDictionary";
        if (type == typeof(TimeSpan) || type == typeof(DateTimeOffset))
            return type.Name;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => "String",
            TypeCode.Boolean => "Boolean",
            TypeCode.Int32 => "Int32",
            TypeCode.Int64 => "Int64",
            TypeCode.Double => "Double",
            _ => "Object",
        };
    }

    private static JsonArray Items(IReadOnlyList<Choice> choices) => new([.. choices.Select(c => (JsonNode)new JsonObject { ["text"] = c.Text, ["value"] = c.Value })]);
}
