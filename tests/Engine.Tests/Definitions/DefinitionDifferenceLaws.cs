using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Definitions.Differences;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests.Definitions;

/// <summary>What holds for every definition: nothing is said of what changes nothing, and something of everything else.</summary>
public sealed class DefinitionDifferenceLaws
{
    private static readonly List<string> Definitions =
        [.. Directory.EnumerateFiles(Path.Combine(Tools.Root, "tests/Conformance/elsa"), "*.json").Order(StringComparer.Ordinal).Select(f => JsonNode.Parse(File.ReadAllText(f))!["definition"]!.ToJsonString())];

    [Fact]
    public void A_definition_does_not_differ_from_itself()
    {
        foreach (var definition in Definitions)
            Sentences(definition, definition).ShouldBeEmpty(definition);
    }

    [Fact]
    public void What_the_designer_moves_or_writes_in_another_way_is_no_difference()
    {
        foreach (var definition in Definitions)
            Sentences(definition, Redrawn(definition)).ShouldBeEmpty(definition);
    }

    [Fact]
    public void Every_change_of_what_runs_or_reads_is_told_both_ways()
    {
        var changes = from definition in Gen.Choose(0, Definitions.Count - 1)
                      from kind in Gen.Choose(0, Changes.Length - 1)
                      from place in Gen.Choose(0, 1000)
                      select (definition, kind, place);

        Prop.ForAll(changes.ToArbitrary(), change =>
        {
            var before = Definitions[change.definition];
            var json = JsonNode.Parse(before)!.AsObject();
            if (!Changes[change.kind](json, change.place))
                return true;

            var after = json.ToJsonString();
            return Sentences(before, after).Count > 0 && Sentences(after, before).Count > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static IReadOnlyList<string> Sentences(string before, string after) =>
        [.. DefinitionDifference.Between(DefinitionReader.Read(before), DefinitionReader.Read(after), ActivityRegistry.Standard).Select(c => c.Sentence)];

    /// <summary>Changes of a definition; false when it has no place for one.</summary>
    private static readonly Func<JsonObject, int, bool>[] Changes =
    [
        (d, n) => At(Literals(d), n, e => e["value"] = e["value"]!.GetValueKind() == JsonValueKind.String ? (string?)e["value"] + "x" : "x" + e["value"]!.ToJsonString()),
        (d, n) => At(Literals(d), n, e => (e["type"], e["value"]) = ("JavaScript", "1 + 41")),
        (d, n) => At(Activities(d), n, a => a["metadata"] = new JsonObject { ["displayText"] = "Called otherwise" }),
        (d, n) => At(Activities(d), n, a => a["type"] = "Elsa.Unheard"),
        (d, n) => At(Activities(d), n, a => a["madeUp"] = new JsonObject { ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = 7 } }),
        (d, n) => At(Activities(d), n, a => a["customProperties"] = new JsonObject { ["canStartWorkflow"] = !Starts(a) }),
        (d, n) => At(Lists(d), n, l => l.RemoveAt(n % l.Count)),
        (d, n) => At(Lists(d), n, l => l.Add(new JsonObject { ["id"] = "put-in", ["type"] = "Elsa.WriteLine" })),
        (d, n) => At(Connections(d), n, c => c["target"] = new JsonObject { ["activity"] = "put-elsewhere" }),
        (d, n) => At(Connections(d).Where(c => c["source"] is JsonObject), n, c => c["source"]!["port"] = "Another"),
        (d, n) => At(Connections(d), n, c => c.Parent!.AsArray().Remove(c)),
        (d, n) => At([d], n, w => Items(w, "variables").Add(new JsonObject { ["id"] = "put-in", ["name"] = "put-in", ["typeName"] = "Int32" })),
        (d, n) => At([d], n, w => Items(w, "inputs").Add(new JsonObject { ["name"] = "put-in", ["type"] = "Int32" })),
        (d, n) => At([d], n, w => Items(w, "outputs").Add(new JsonObject { ["name"] = "put-in", ["type"] = "Int32" })),
        (d, n) => At([d], n, w => w["name"] = "Called otherwise"),
        (d, n) => At([d], n, w => w["description"] = "For something else"),
        (d, n) => At([d], n, w => w["options"] = new JsonObject { ["activationStrategyType"] = "Elsa.Workflows.Another" }),
        (d, n) => At(Lists(d).Where(l => l.Count > 1 && (string?)l.Parent!["type"] == "Elsa.Sequence"), n, l => { var first = l[0]!.DeepClone(); l.RemoveAt(0); l.Add(first); }),
    ];

    private static bool At<T>(IEnumerable<T> places, int number, Action<T> change)
    {
        var all = places.ToList();
        if (all.Count == 0)
            return false;

        change(all[number % all.Count]);
        return true;
    }

    private static bool Starts(JsonObject activity) => (bool?)(activity["customProperties"]?["canStartWorkflow"] as JsonValue) == true || (bool?)(activity["canStartWorkflow"] as JsonValue) == true;

    private static JsonArray Items(JsonObject json, string name)
    {
        if (json[name] is not JsonArray list)
            json[name] = list = [];
        return list;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => json switch
    {
        JsonObject fields => fields.SelectMany(f => Objects(f.Value)).Prepend(fields),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<JsonObject> Activities(JsonObject definition) =>
        Objects(definition["root"]).Where(o => o["type"]?.GetValueKind() == JsonValueKind.String && o["id"]?.GetValueKind() == JsonValueKind.String);

    private static IEnumerable<JsonArray> Lists(JsonObject definition) => Activities(definition).Select(a => a["activities"]).OfType<JsonArray>().Where(l => l.Count > 0);

    /// <summary>Those that lead to an activity; the others are not there for the engine, wherever they are drawn to.</summary>
    private static IEnumerable<JsonObject> Connections(JsonObject definition)
    {
        var ids = Activities(definition).Select(a => (string?)a["id"]).ToHashSet();
        return Activities(definition).Select(a => a["connections"]).OfType<JsonArray>().SelectMany(l => l.OfType<JsonObject>())
            .Where(c => c["source"] is not null && c["target"] is { } target && ids.Contains(target is JsonObject end ? (string?)end["activity"] : (string?)target));
    }

    private static IEnumerable<JsonObject> Literals(JsonObject definition) => Activities(definition)
        .SelectMany(a => a).Select(f => f.Value).OfType<JsonObject>().Select(f => f["expression"]).OfType<JsonObject>()
        .Where(e => (string?)e["type"] == "Literal" && e["value"]?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number);

    /// <summary>The definition as a designer gives it back when nothing but the drawing was touched.</summary>
    private static string Redrawn(string definition)
    {
        var json = JsonNode.Parse(definition)!.AsObject();
        (json["id"], json["version"], json["isPublished"], json["isLatest"], json["createdAt"]) = ("another-version", 17, false, true, "2027-03-01T09:00:00Z");
        json["links"] = null;
        foreach (var activity in Activities(json).ToList())
        {
            activity["nodeId"] = "Workflow1:" + (string?)activity["id"];
            var metadata = activity["metadata"] as JsonObject ?? [];
            activity["metadata"] = metadata.DeepClone();
            activity["metadata"]!["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 11, ["y"] = 22 } };
            foreach (var (_, input) in activity.Where(f => f.Value is JsonObject o && o["expression"] is not null).ToList())
            {
                input!["typeName"] = null;
                input["memoryReference"] = null;
            }
        }

        foreach (var flowchart in Activities(json).Where(a => (string?)a["type"] == "Elsa.Flowchart").ToList())
        {
            if (flowchart["connections"] is JsonArray connections)
                flowchart["connections"] = new JsonArray([.. connections.Reverse().Select(c => c!.DeepClone())]);
            foreach (var connection in flowchart["connections"] as JsonArray ?? [])
                connection!["vertices"] = new JsonArray(new JsonObject { ["x"] = 1, ["y"] = 2 });
        }

        return json.ToJsonString();
    }
}
