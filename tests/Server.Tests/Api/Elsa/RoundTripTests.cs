using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Api.Elsa.Definitions;
using ProductionOffice.TestKit;
using ProductionOffice.Workflows;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Every definition of other makers and of ours comes back from the Studio as it went out.</summary>
public sealed class RoundTripTests
{
    /// <summary>What the Studio's own classes name at the top of a definition; anything else it loses.</summary>
    private static readonly string[] KnownToStudio =
    [
        "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished",
        "options", "root", "links",
    ];

    private static readonly string[] Folders = ["tests/Conformance/elsa", "tests/Engine.Tests/Conformance/Cases", "workflows/definitions"];
    private static readonly string[] State = ["id", "version", "isLatest", "isPublished", "createdAt", "nodeId"];
    private static readonly ActivityRegistry Registry = OfficeActivities.Registry();

    public static TheoryData<string> Files =>
    [
        .. Folders
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Tools.Root, f), "*.json", SearchOption.AllDirectories)).Select(f => Path.GetRelativePath(Tools.Root, f)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_definition_means_the_same_after_the_Studio(string file)
    {
        foreach (var original in Definitions(JsonNode.Parse(File.ReadAllText(Path.Combine(Tools.Root, file)))))
        {
            original["definitionId"] ??= "x";
            var stored = new StoredDefinition("x-v1", (string)original["definitionId"]!, 1, true, true, null, original.ToJsonString(), DateTimeOffset.UnixEpoch);
            var sent = StudioForm.Of(stored, Registry, mayDraw: true);
            foreach (var lost in sent.Select(f => f.Key).Except(KnownToStudio).ToList())
                sent.Remove(lost);
            var back = JsonNode.Parse(sent.ToJsonString())!.AsObject();

            StoredForm.Of(back, stored, Registry).ShouldBe(stored.Revision);

            Connections.Straighten(original["root"]);
            Lost(original, back, file).ShouldBeEmpty();
            Meaning.IsSame(back, StudioForm.Read(stored.Json)).ShouldBeTrue(file);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Whatever_is_shown_can_be_drawn(string file)
    {
        foreach (var original in Definitions(JsonNode.Parse(File.ReadAllText(Path.Combine(Tools.Root, file)))))
        {
            var sent = StudioForm.Of(new StoredDefinition("x-v1", "x", 1, true, true, null, original.ToJsonString(), DateTimeOffset.UnixEpoch), Registry, mayDraw: true);
            foreach (var activity in ActivityTree.All(sent["root"]))
            {
                var type = (string)activity["type"]!;
                (type is MissingSteps.Type or ChoiceSteps.Type || Registry.Find(type) is not null || activity["workflowDefinitionId"] is not null).ShouldBeTrue($"{file}: {type}");
                ((string?)activity["nodeId"]).ShouldNotBeNullOrEmpty(file);
                foreach (var connection in Connections.Of(activity))
                {
                    ((string?)connection["source"]!["activity"]).ShouldNotBeNull(file);
                    ((string?)connection["target"]!["activity"]).ShouldNotBeNull(file);
                }
            }
        }
    }

    /// <summary>The definition of a file, or of a case with those it uses.</summary>
    private static IEnumerable<JsonObject> Definitions(JsonNode? file)
    {
        if (file?["root"] is JsonObject)
            yield return (JsonObject)file.DeepClone();
        if (file?["definition"] is JsonObject definition)
            yield return (JsonObject)definition.DeepClone();
        foreach (var used in (file?["dependencies"] as JsonArray ?? []).OfType<JsonObject>())
            yield return (JsonObject)used.DeepClone();
    }

    /// <summary>Places of a definition that are not in another one, or not the same; fields may be added, none may be lost.</summary>
    private static IEnumerable<string> Lost(JsonNode? expected, JsonNode? actual, string place)
    {
        if (expected is JsonObject fields)
            return fields.Where(f => !State.Contains(f.Key)).SelectMany(f => Lost(f.Value, (actual as JsonObject)?[f.Key], $"{place}.{f.Key}"));
        if (expected is JsonArray { Count: > 0 } items && place.EndsWith(".connections", StringComparison.Ordinal))
            return items.Where(i => !((actual as JsonArray) ?? []).Any(a => !Lost(i, a, place).Any())).Select(i => $"{place}: {i!.ToJsonString()}").Concat(actual is JsonArray same && same.Count == items.Count ? [] : [$"{place}: count"]);
        if (expected is JsonArray list)
            return actual is JsonArray others && others.Count == list.Count ? list.SelectMany((item, i) => Lost(item, others[i], $"{place}[{i}]")) : list.Count == 0 && actual is null ? [] : [$"{place}: length"];
        return JsonNode.DeepEquals(expected, actual) || (expected is null && actual is JsonArray { Count: 0 } or JsonObject { Count: 0 } or JsonValue) ? [] : [$"{place}: {expected?.ToJsonString()} became {actual?.ToJsonString()}"];
    }
}
