using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Fields of a definition, its options, variables, inputs and outputs that the Studio does not know and would lose.</summary>
internal static class Heirlooms
{
    public static void Keep(JsonObject model, JsonObject before)
    {
        Missing(model, before);
        if (model["options"] is JsonObject options && before["options"] is JsonObject known)
            Missing(options, known);
        foreach (var (list, key) in (ReadOnlySpan<(string, string)>)[("variables", "id"), ("inputs", "name"), ("outputs", "name")])
        {
            foreach (var item in ElsaJson.Items(model[list]).OfType<JsonObject>())
            {
                if (ElsaJson.Text(item[key]) is { } name && ElsaJson.Items(before[list]).OfType<JsonObject>().FirstOrDefault(o => ElsaJson.Text(o[key]) == name) is { } old)
                    Missing(item, old);
            }
        }
    }

    private static void Missing(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (!into.ContainsKey(name))
                into[name] = value?.DeepClone();
        }
    }
}
