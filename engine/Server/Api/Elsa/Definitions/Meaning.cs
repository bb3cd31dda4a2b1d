using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Whether two texts of a definition say the same, their number and state apart: who only looks makes no new version.</summary>
internal static class Meaning
{
    private static readonly string[] State = ["id", "version", "isLatest", "isPublished", "createdAt", "links"];

    public static bool IsSame(JsonObject one, JsonObject other) => JsonNode.DeepEquals(Bare(one), Bare(other));

    private static JsonObject Bare(JsonObject definition)
    {
        var bare = (JsonObject)definition.DeepClone();
        foreach (var field in State)
            bare.Remove(field);
        StudioForm.Fill(bare);
        bare["name"] ??= bare["definitionId"]?.DeepClone();
        foreach (var empty in bare.Where(f => f.Value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }).Select(f => f.Key).ToList())
            bare.Remove(empty);
        Connections.Straighten(bare["root"]);
        ActivityTree.Place(bare);
        StepPlaces.Give(bare["root"]);
        foreach (var flowchart in ActivityTree.All(bare["root"]).Where(a => a["connections"] is JsonArray).ToList())
            flowchart["connections"] = new JsonArray([.. Connections.Of(flowchart).Select(c => c.DeepClone()).OrderBy(c => c.ToJsonString(), StringComparer.Ordinal)]);
        return bare;
    }
}
