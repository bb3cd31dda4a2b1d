using System.Text.Json.Nodes;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>A small workflow to draw on: it begins and notes a line.</summary>
internal static class Sketch
{
    /// <summary>The same as a program writes it: nobody has said where its steps stand.</summary>
    public static string WithoutPlaces(string id)
    {
        var sketch = JsonNode.Parse(Json(id))!;
        foreach (var step in sketch["root"]!["activities"]!.AsArray())
            ((JsonObject)step!["metadata"]!).Remove("designer");
        return sketch.ToJsonString();
    }

    public static string Json(string id) => new JsonObject
    {
        ["definitionId"] = id,
        ["name"] = $"Sketch {id}",
        ["description"] = "As it was",
        ["toolVersion"] = "3.8.0.0",
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(Step("begin", "Elsa.Start", "Begin here", 40), Step("note", "Elsa.WriteLine", "Note it", 400)),
            ["connections"] = new JsonArray(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = "begin", ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = "note", ["port"] = "In" },
            }),
        },
    }.ToJsonString();

    private static JsonObject Step(string id, string type, string text, int x) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["displayText"] = text,
            ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = 120 }, ["size"] = new JsonObject { ["width"] = 180, ["height"] = 50 } },
        },
    };
}
