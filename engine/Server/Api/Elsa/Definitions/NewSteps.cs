using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Api.Elsa.Descriptors;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>A step that has just been drawn is called by what it does until somebody names it: the designer calls it after its type, "RequestApproval1".</summary>
internal static class NewSteps
{
    /// <param name="root">The drawing as it was sent; changed.</param>
    /// <param name="latest">The version it was drawn from: what stands there keeps the words it has.</param>
    /// <param name="registry">Types that are known.</param>
    public static void Name(JsonNode? root, StoredDefinition latest, ActivityRegistry registry)
    {
        var known = ActivityTree.All(StudioForm.Read(latest.Json)["root"]).GroupBy(Id).ToDictionary(g => g.Key, g => Words(g.First()));
        foreach (var step in ActivityTree.All(root).Where(s => Words(s) is null && IsNameless(s)))
        {
            if (Title(ElsaJson.Text(step["type"]) ?? "", registry) is not { } title || (known.TryGetValue(Id(step), out var words) && words != title))
                continue;

            if (step["metadata"] is not JsonObject metadata)
                step["metadata"] = metadata = [];
            metadata["displayText"] = title;
        }
    }

    private static string? Title(string type, ActivityRegistry registry) =>
        Toolbox.Tools.TryGetValue(type, out var tool) ? tool.Name ?? registry.Find(type)?.DisplayName : null;

    private static bool IsNameless(JsonObject step)
    {
        var (name, stem) = (ElsaJson.Text(step["name"]) ?? "", ActivityTree.ShortName(ElsaJson.Text(step["type"]) ?? ""));
        return name.Length > stem.Length && name.StartsWith(stem, StringComparison.Ordinal) && name[stem.Length..].All(char.IsAsciiDigit);
    }

    private static string? Words(JsonObject step) => step["metadata"] is JsonObject metadata && ElsaJson.Text(metadata["displayText"]) is { Length: > 0 } words ? words : null;

    private static string Id(JsonObject step) => ElsaJson.Text(step["id"]) ?? "";
}
