using System.Text.Json.Nodes;
using ProductionOffice.Engine.Conformance;

namespace ProductionOffice.Server.Tryout.Kept;

/// <summary>Says in words of the office where a run is not as it was.</summary>
internal static class SeenComparison
{
    public static IReadOnlyList<string> Differences(JsonObject expected, JsonObject actual, JsonObject @case, string when)
    {
        var differences = new List<string>();
        Compare("asked", "is not asked for any more", "is asked for and was not");
        Compare("documents", "is not made any more", "is made and was not");
        Compare("messages", "is not sent any more", "is sent and was not");
        Compare("troubles", "does not go wrong any more", "");
        if (expected["subStatus"] is { } before && !JsonNode.DeepEquals(before, actual["subStatus"]))
            differences.Add($"{when}: the workflow {Word(actual["subStatus"]?.ToString())}; it {Word(before.ToString())} when this was kept");

        var rest = (JsonObject)expected.DeepClone();
        foreach (var name in (string[])["status", "subStatus", .. SeenState.OfficeMembers])
            rest.Remove(name);
        differences.AddRange(StateComparison.Differences(rest, actual, @case, when, onlyGiven: true));
        return differences;

        void Compare(string name, string gone, string fresh)
        {
            if (expected[name] is not JsonArray want)
                return;

            var had = want.Select(n => n?.ToString() ?? "").ToList();
            var has = (actual[name] as JsonArray ?? []).Select(n => n?.ToString() ?? "").ToList();
            foreach (var text in Without(had, has))
                differences.Add($"{when}: “{text}” {gone}");
            foreach (var text in Without(has, had))
                differences.Add($"{when}: {(fresh.Length > 0 ? $"“{text}” {fresh}" : text)}");
        }
    }

    private static List<string> Without(List<string> these, List<string> those)
    {
        var left = new List<string>(these);
        foreach (var text in those)
            left.Remove(text);
        return left;
    }

    private static string Word(string? subStatus) => subStatus switch
    {
        "Suspended" => "waits",
        "Finished" => "has ended",
        "Cancelled" => "is cancelled",
        "Faulted" => "has stopped with an error",
        null => "has not started",
        var other => $"is {other}",
    };
}
