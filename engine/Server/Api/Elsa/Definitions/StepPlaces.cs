using System.Text.Json.Nodes;
using ProductionOffice.Server.Drawings;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Places on the paper for steps that have none, which the Studio would put on one spot: definitions written by code, and old exports.</summary>
/// <remarks>They are shown, not stored; whoever saves the drawing saves them with it.</remarks>
internal static class StepPlaces
{
    // As far apart as the Studio's own steps need, which grow with their text.
    private const int Across = 350;
    private const int Down = 120;
    private const int Left = 40;
    private const int Top = 80;

    public static void Give(JsonNode? root)
    {
        foreach (var flowchart in ActivityTree.All(root).Where(a => ElsaJson.Text(a["type"]) == "Elsa.Flowchart" && a["activities"] is JsonArray).ToList())
        {
            var map = FlowMap.Of(flowchart);
            var isHeap = map.Steps.Count > 1 && map.Steps.DistinctBy(s => (s.X, s.Y)).Count() == 1;
            var missing = map.Steps.Where(s => isHeap || s.X is null || s.Y is null).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
            if (missing.Count == 0)
                continue;

            // Below what somebody has placed already.
            var top = map.Steps.Where(s => !missing.Contains(s.Id)).Select(s => (int)s.Y!.Value + Down).DefaultIfEmpty(Top).Max();
            var layout = FlowLayout.Of(map);
            foreach (var step in ElsaJson.Items(flowchart["activities"]).OfType<JsonObject>().Where(s => missing.Contains(ElsaJson.Text(s["id"]) ?? "")))
            {
                var (column, row) = layout[ElsaJson.Text(step["id"])!];
                var designer = Part(Part(step, "metadata"), "designer");
                designer["position"] = new JsonObject { ["x"] = Left + (column * Across), ["y"] = top + (row * Down) };
                designer["size"] ??= new JsonObject { ["width"] = 180, ["height"] = 50 };
            }
        }
    }

    private static JsonObject Part(JsonObject json, string name)
    {
        if (json[name] is not JsonObject part)
            json[name] = part = [];
        return part;
    }
}
