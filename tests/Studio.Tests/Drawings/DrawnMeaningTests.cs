using System.Text.Json.Nodes;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>Which texts of a workflow mean the same, and which do not.</summary>
public sealed class DrawnMeaningTests
{
    private const string Drawn = """
        {
          "variables": [{ "id": "v", "name": "Crew", "typeName": "String", "isArray": false, "value": "" }],
          "options": { "activationStrategyType": null, "usableAsActivity": false },
          "root": {
            "id": "flow", "nodeId": "Workflow1:flow", "type": "Elsa.Flowchart", "variables": [], "customProperties": {},
            "activities": [
              { "id": "a", "type": "Elsa.Start", "metadata": { "designer": { "position": { "x": 1, "y": 2 } } } },
              { "id": "b", "type": "Elsa.WriteLine", "text": { "typeName": null, "expression": { "type": "Literal", "value": false }, "memoryReference": null } }
            ],
            "connections": [
              { "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" }, "vertices": [{ "x": 1, "y": 1 }] },
              { "source": { "activity": "b", "port": "Done" }, "target": { "activity": "a", "port": "In" } }
            ]
          }
        }
        """;

    [Theory]
    [InlineData("""{ "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" }, "vertices": [{ "x": 1, "y": 1 }] }""", """{ "source": "a", "sourcePort": "Done", "target": "b", "targetPort": "In" }""")]
    [InlineData("""{ "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" }, "vertices": [{ "x": 1, "y": 1 }] }""", """{ "source": "a", "target": "b" }""")]
    [InlineData("""{ "activity": "b", "port": "Done" }""", """{ "activity": "b" }""")]
    [InlineData("""{ "activity": "a", "port": "In" } }""", """{ "activity": "a", "port": null }, "vertices": [] }""")]
    [InlineData("""{ "activationStrategyType": null, "usableAsActivity": false }""", "{}")]
    [InlineData("\"options\": { \"activationStrategyType\": null, \"usableAsActivity\": false },", "")]
    [InlineData("\"variables\": [], \"customProperties\": {},", "")]
    [InlineData("\"isArray\": false, ", "")]
    [InlineData("\"x\": 1, \"y\": 2", "\"x\": 7, \"y\": 2")]
    [InlineData("\"nodeId\": \"Workflow1:flow\", ", "")]
    public void It_is_the_same(string before, string after) => Differences(before, after).ShouldBeEmpty();

    [Fact]
    public void Arrows_in_another_order_and_lists_of_a_serialiser_are_the_same()
    {
        var other = (JsonObject)JsonNode.Parse(Drawn)!;
        var arrows = other["root"]!["connections"]!.AsArray();
        other["root"]!["connections"] = new JsonObject { ["$id"] = "4", ["$values"] = new JsonArray([.. arrows.Reverse().Select(a => a!.DeepClone())]) };

        DrawnMeaning.Differences((JsonObject)JsonNode.Parse(Drawn)!, other).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"activity\": \"b\", \"port\": \"Done\"", "\"activity\": \"b\", \"port\": \"Out\"")]
    [InlineData("""{ "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" }""", """{ "source": "a", "sourcePort": "True", "target": "b" """)]
    [InlineData("""{ "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" }""", """{ "source": "b", "target": "a" """)]
    [InlineData(""", "port": "In" } }""", """, "port": "Other" } }""")]
    [InlineData("\"usableAsActivity\": false", "\"usableAsActivity\": true")]
    [InlineData("\"activationStrategyType\": null", "\"activationStrategyType\": \"Singleton\"")]
    [InlineData("\"isArray\": false", "\"isArray\": true")]
    [InlineData(", \"value\": \"\"", "")]
    [InlineData("\"value\": false", "\"value\": null")]
    [InlineData("\"value\": false", "\"value\": []")]
    [InlineData("\"value\": false", "\"value\": \"False\"")]
    [InlineData("\"id\": \"flow\"", "\"id\": \"flow\", \"start\": \"b\"")]
    [InlineData("\"Elsa.Start\"", "\"Elsa.Start\", \"runAsynchronously\": false")]
    [InlineData("\"customProperties\": {}", "\"customProperties\": { \"canStartWorkflow\": false }")]
    public void It_is_another(string before, string after) => Differences(before, after).Count.ShouldBe(1);

    [Fact]
    public void A_step_that_is_lost_is_a_difference()
    {
        var other = (JsonObject)JsonNode.Parse(Drawn)!;
        other["root"]!["activities"]!.AsArray().RemoveAt(1);

        DrawnMeaning.Differences((JsonObject)JsonNode.Parse(Drawn)!, other).Single().ShouldStartWith("root was");
    }

    private static List<string> Differences(string before, string after)
    {
        var other = Drawn.Replace(before, after, StringComparison.Ordinal);
        other.ShouldNotBe(Drawn);
        return [.. DrawnMeaning.Differences((JsonObject)JsonNode.Parse(Drawn)!, (JsonObject)JsonNode.Parse(other)!)];
    }
}
