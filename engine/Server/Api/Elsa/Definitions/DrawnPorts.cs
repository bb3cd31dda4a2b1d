using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Server.Api.Elsa.Descriptors;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>The outcomes the Studio draws at a step, by its own rules.</summary>
internal static class DrawnPorts
{
    /// <summary>Names of the ports; null when the Studio finds them by rules of its own.</summary>
    public static IReadOnlySet<string>? Of(JsonObject activity, ActivityRegistry registry)
    {
        var type = ElsaJson.Text(activity["type"]) ?? "";
        if (type == MissingSteps.Type)
            return new HashSet<string> { "Done" };
        if (ElsaJson.Text(activity["workflowDefinitionId"]) is not null || type is "Elsa.FlowSwitch" or "Elsa.FlowSendHttpRequest" or "Elsa.SendHttpRequest")
            return null;
        if (Toolbox.OutcomesInput(type) is { } input)
            return Listed(activity[input]) is { } listed ? listed.Concat(Toolbox.FixedOutcomes(type)).ToHashSet(StringComparer.Ordinal) : null;

        var ports = registry.Find(type)?.Ports.Where(p => !p.IsEmbedded).Select(p => p.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        return ports.Count > 0 ? ports : new HashSet<string> { "Done" };
    }

    /// <summary>Whether the Studio can read the outcomes of a step; it stumbles over any that are no list of texts.</summary>
    public static bool CanBeRead(JsonObject activity, string type) => Toolbox.OutcomesInput(type) is not { } input || activity[input] is null || Listed(activity[input]) is not null;

    /// <summary>The texts of an input that lists outcomes; null when it is no such list.</summary>
    public static IReadOnlyList<string>? Listed(JsonNode? input)
    {
        if (input is null)
            return [];
        var value = (input as JsonObject)?["expression"] is JsonObject expression ? expression["value"] : input;
        if (value is null)
            return [];

        try
        {
            var list = ElsaJson.Text(value) is { } text ? JsonNode.Parse(text) : value;
            return list is JsonArray items && items.All(i => ElsaJson.Text(i) is not null) ? [.. items.Select(i => ElsaJson.Text(i)!)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
