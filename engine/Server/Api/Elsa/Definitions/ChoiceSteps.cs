using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>
/// A request for approval with choices of its own has a port for each; the Studio draws such ports only for a list of texts.
/// So it shows as a step of its own, "Ask to choose", and is stored as what it is.
/// </summary>
internal static class ChoiceSteps
{
    public const string Type = "Office.AskToChoose";
    public const string Stored = "Office.RequestApproval";
    private static readonly string[] Usual = ["Approve", "Send back", "Refuse"];

    public static void Show(JsonNode? root)
    {
        foreach (var activity in ActivityTree.All(root).Where(a => ElsaJson.Text(a["type"]) == Stored).ToList())
        {
            if (Choices(activity) is not { Length: > 0 } choices || choices.ToHashSet().SetEquals(Usual))
                continue;

            activity["type"] = Type;
            activity["choices"] = Wrapped("Object", JsonSerializer.Serialize(choices, ElsaJson.Options));
        }
    }

    public static void Store(JsonNode? root)
    {
        foreach (var activity in ActivityTree.All(root).Where(a => ElsaJson.Text(a["type"]) == Type).ToList())
        {
            activity["type"] = Stored;
            if (DrawnPorts.Listed(activity["choices"]) is not { Count: > 0 } choices)
                continue;
            activity["choices"] = Wrapped("Literal", string.Join(", ", choices.Select(c => c.Trim()).Where(c => c.Length > 0)));
        }
    }

    private static string[]? Choices(JsonObject activity) =>
        activity["choices"] is JsonObject input && input["expression"] is JsonObject expression && ElsaJson.Text(expression["type"]) == "Literal" && ElsaJson.Text(expression["value"]) is { } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;

    private static JsonObject Wrapped(string type, string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
