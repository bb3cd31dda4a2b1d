using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Engine.Conformance;

/// <summary>Says in words where a state is not the one expected.</summary>
public static class StateComparison
{
    /// <summary>The differences in words; empty when there are none.</summary>
    /// <param name="expected">What the case gives.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="case">The case, for the order of lines.</param>
    /// <param name="when">For the words.</param>
    /// <param name="onlyGiven">Whether fields that the case leaves out may be anything.</param>
    public static IReadOnlyList<string> Differences(JsonObject expected, JsonObject actual, JsonObject @case, string when, bool onlyGiven = false)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(@case);
        var differences = new List<string>();
        foreach (var field in new[] { "status", "subStatus", "correlationId", "name", "instanceCount", "cannotStart" })
        {
            if (expected.ContainsKey(field) && !Same(expected[field], actual[field]))
                differences.Add(Say(when, field, expected[field], actual[field]));
        }

        if (!onlyGiven && !expected.ContainsKey("cannotStart") && actual.ContainsKey("cannotStart"))
            differences.Add(Say(when, "cannotStart", null, actual["cannotStart"]));
        if (expected["lines"] is JsonArray lines && !SameLines(lines, (JsonArray)actual["lines"]!, DefinitionJson.Text(@case["linesUnordered"])))
            differences.Add(Say(when, "lines", lines, actual["lines"]));
        if (expected["bookmarks"] is JsonArray bookmarks && !Sorted(bookmarks).SequenceEqual(Sorted((JsonArray)actual["bookmarks"]!), StringComparer.Ordinal))
            differences.Add(Say(when, "bookmarks", bookmarks, actual["bookmarks"]));
        if (expected["incidents"] is JsonArray incidents)
            Incidents(incidents, (JsonArray)actual["incidents"]!, when, differences);
        Fields(expected, actual, "variables", when, differences, exact: false);
        Fields(expected, actual, "output", when, differences, exact: !onlyGiven);
        return differences;
    }

    internal static List<string> JournalDifferences(JsonObject expected, JsonObject actual, JsonObject @case)
    {
        if (expected["journal"] is not JsonArray journal)
            return [];

        var want = journal.Select(e => DefinitionJson.Text(e) ?? "").ToList();
        var have = DefinitionJson.Items(actual["journal"]).Select(e => DefinitionJson.Text(e) ?? "").ToList();
        if (@case["quirk"] is not null || @case["linesUnordered"] is not null)
        {
            var missing = want.Distinct().Except(have).Select(e => $"journal: '{e}' is missing");
            return [.. missing, .. have.Distinct().Except(want).Select(e => $"journal: '{e}' is too much")];
        }

        for (var i = 0; i < Math.Max(want.Count, have.Count); i++)
        {
            if (want.ElementAtOrDefault(i) != have.ElementAtOrDefault(i))
                return [$"journal: line {i} is '{have.ElementAtOrDefault(i) ?? "(none)"}', expected '{want.ElementAtOrDefault(i) ?? "(none)"}'"];
        }

        return [];
    }

    private static void Fields(JsonObject expected, JsonObject actual, string name, string when, List<string> differences, bool exact)
    {
        var want = expected[name] as JsonObject;
        var have = actual[name] as JsonObject ?? [];
        foreach (var (key, value) in want ?? [])
        {
            if (!have.ContainsKey(key) && value is not null || !Same(value, have[key]))
                differences.Add(Say(when, $"{name} '{key}'", value, have[key]));
        }

        if (!exact)
            return;
        foreach (var (key, value) in have)
        {
            if (want?.ContainsKey(key) != true)
                differences.Add(Say(when, $"{name} '{key}'", null, value));
        }
    }

    private static void Incidents(JsonArray expected, JsonArray actual, string when, List<string> differences)
    {
        if (expected.Count != actual.Count)
        {
            differences.Add(Say(when, "incidents", expected, actual));
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            foreach (var (key, value) in expected[i]!.AsObject())
            {
                if (!Same(value, actual[i]![key]))
                    differences.Add(Say(when, $"incident {i + 1} {key}", value, actual[i]![key]));
            }
        }
    }

    private static bool SameLines(JsonArray expected, JsonArray actual, string? unordered)
    {
        var want = expected.Select(l => DefinitionJson.Text(l) ?? "").ToList();
        var have = actual.Select(l => DefinitionJson.Text(l) ?? "").ToList();
        var free = unordered switch
        {
            "all" => want.Count,
            { } first when first.StartsWith("first:", StringComparison.Ordinal) && int.TryParse(first.AsSpan(6), out var n) => Math.Min(n, want.Count),
            _ => 0,
        };
        return want.Take(free).Order(StringComparer.Ordinal).SequenceEqual(have.Take(free).Order(StringComparer.Ordinal))
            && want.Skip(free).SequenceEqual(have.Skip(free));
    }

    private static IEnumerable<string> Sorted(JsonArray bookmarks) =>
        bookmarks.Select(b => $"{DefinitionJson.Text(b!["activityId"])}|{DefinitionJson.Text(b["name"])}").Order(StringComparer.Ordinal);

    private static bool Same(JsonNode? expected, JsonNode? actual) => JsonNode.DeepEquals(Plain(expected), Plain(actual));

    /// <summary>Numbers as what they are worth: 3 and 3.0 are the same.</summary>
    private static JsonNode? Plain(JsonNode? node) => node is null ? null : JsonNode.Parse(ProductionOffice.Expressions.Value.ParseJson(node.ToJsonString()).ToJson());

    private static string Say(string when, string what, JsonNode? expected, JsonNode? actual) =>
        $"{when}: {what} is {actual?.ToJsonString() ?? "absent"}, expected {expected?.ToJsonString() ?? "absent"}";
}
