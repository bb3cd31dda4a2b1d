using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Whether an answer has the shape of a recorded one: every field is there and of the same kind; further fields are welcome.</summary>
internal static class JsonShape
{
    /// <summary>Fields named by whoever draws or runs a workflow, not by the format.</summary>
    private static readonly HashSet<string> Free = ["activityState", "customProperties", "constructionProperties", "input", "output", "outputs", "properties", "payload", "uiSpecifications", "errors", "defaultValue", "value"];

    /// <summary>What the answer lacks, by its place.</summary>
    public static IEnumerable<string> Differences(JsonNode? recorded, JsonNode? answer, string place = "$")
    {
        if (recorded is null || answer is null)
            yield break;

        if (Kind(recorded) != Kind(answer))
        {
            yield return $"{place} was {Kind(recorded)} and is {Kind(answer)}: {answer.ToJsonString()}";
            yield break;
        }

        if (recorded is JsonObject fields)
        {
            foreach (var (name, value) in fields)
            {
                // The stub's own number of a revision.
                if (name == "_rev")
                    continue;
                if (!((JsonObject)answer).ContainsKey(name))
                    yield return $"{place}.{name} is missing";
                else if (!Free.Contains(name))
                {
                    foreach (var difference in Differences(value, answer[name], $"{place}.{name}"))
                        yield return difference;
                }
            }
        }
        else if (recorded is JsonArray items)
        {
            var answered = (JsonArray)answer;
            foreach (var (item, index) in items.Select((item, index) => (item, index)))
            {
                // A step by its id, a kind of step by its type, a link by what it is for; of other lists any item stands for all.
                var same = answered.FirstOrDefault(a => Name(a) is { } name && name == Name(item)) ?? (Name(item) is null ? answered.FirstOrDefault() : null);
                foreach (var difference in Differences(item, same, $"{place}[{Name(item) ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture)}]"))
                    yield return difference;
            }
        }
    }

    private static string? Name(JsonNode? item) => item is JsonObject json ? (string?)(json["activityId"] ?? json["typeName"] ?? json["rel"] ?? (json["nodeId"] is null ? null : json["id"])) : null;

    private static JsonValueKind Kind(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : node.GetValueKind();
}
