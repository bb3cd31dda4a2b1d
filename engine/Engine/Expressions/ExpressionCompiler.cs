using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

/// <summary>Turns the expressions of a definition into what can be evaluated.</summary>
internal static class ExpressionCompiler
{
    /// <summary>Expression types that are understood.</summary>
    public static readonly string[] Types = ["Literal", "Object", "Variable", "Input", "Output", "JavaScript", "Liquid"];

    /// <summary>Reads an input as it stands in an activity; null when it reads as no input.</summary>
    public static CompiledExpression? Input(JsonNode? json) => json switch
    {
        null => null,
        JsonValue scalar => CompiledExpression.Literal(DefinitionJson.ToValue(scalar)),
        JsonArray list => CompiledExpression.Literal(DefinitionJson.ToValue(list)),
        JsonObject input when input["expression"] is JsonObject expression => Compile(expression),
        _ => null,
    };

    /// <summary>Reads <c>{"type","value"}</c>.</summary>
    public static CompiledExpression Compile(JsonObject expression)
    {
        var type = DefinitionJson.Text(expression["type"]) ?? "Literal";
        var value = expression["value"];
        return type switch
        {
            "Literal" or "Object" or "Json" => CompiledExpression.Literal(DefinitionJson.ToValue(value), type),
            "Variable" => Variable(value),
            "Input" => Named(value) is { } input ? new InputExpression(input) : new BrokenExpression(type, "An Input expression names no input."),
            "Output" => Output(value),
            "JavaScript" => JavaScript(DefinitionJson.Text(value) ?? value?.ToJsonString() ?? "undefined"),
            "Liquid" => Liquid(DefinitionJson.Text(value) ?? ""),
            _ => new ForeignExpression(type),
        };
    }

    public static CompiledExpression JavaScript(string source)
    {
        try
        {
            return new ScriptExpression(Script.Parse(source), source);
        }
        catch (ExpressionException problem)
        {
            return new BrokenExpression("JavaScript", problem.Message);
        }
    }

    private static CompiledExpression Liquid(string source)
    {
        try
        {
            return new LiquidExpression(LiquidTemplate.Parse(source), source);
        }
        catch (ExpressionException problem)
        {
            return new BrokenExpression("Liquid", problem.Message);
        }
    }

    private static CompiledExpression Variable(JsonNode? value)
    {
        if (DefinitionJson.Text(value) is { } id)
            return new VariableExpression(id, id);
        if (value is JsonObject reference && (DefinitionJson.Text(reference["id"]) ?? DefinitionJson.Text(reference["name"])) is { } known)
            return new VariableExpression(known, DefinitionJson.Text(reference["name"]));
        return new BrokenExpression("Variable", "A Variable expression names no variable.");
    }

    private static CompiledExpression Output(JsonNode? value)
    {
        if (value is JsonObject reference && (DefinitionJson.Text(reference["activityId"]) ?? DefinitionJson.Text(reference["activity"])) is { } activity)
            return new OutputExpression(activity, DefinitionJson.Text(reference["outputName"]) ?? DefinitionJson.Text(reference["output"]));
        return new BrokenExpression("Output", "An Output expression names no activity.");
    }

    private static string? Named(JsonNode? value) => value switch
    {
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>(),
        JsonObject reference => DefinitionJson.Text(reference["name"]),
        _ => null,
    };
}
