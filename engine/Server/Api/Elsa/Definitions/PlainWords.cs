using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Problems of a definition in the words of whoever draws it: steps by their labels, nothing of ids and types.</summary>
internal static partial class PlainWords
{
    public static IReadOnlyList<string> Of(IEnumerable<DefinitionProblem> problems, JsonObject definition)
    {
        var labels = ActivityTree.All(definition["root"]).GroupBy(a => ElsaJson.Text(a["id"]) ?? "").ToDictionary(g => g.Key, g => ActivityTree.Label(g.First()));
        return [.. problems.Where(p => p.IsError).Select(p => Of(p, labels)).Distinct()];
    }

    private static string Of(DefinitionProblem problem, Dictionary<string, string> labels)
    {
        var step = $"Step \"{problem.ActivityName ?? problem.ActivityId}\"";
        return problem.Code switch
        {
            "MissingInput" => $"{step} needs \"{Quoted().Matches(problem.Message).Select(m => m.Groups[1].Value).LastOrDefault()}\". Select the step and fill it in.",
            "UnknownActivity" => $"{step} is of a kind that this office does not have ({problem.Value}). Remove it, or ask whoever looks after the office.",
            "NoRoot" => "There is nothing in this workflow yet. Draw its first step.",
            _ => $"{Name(problem.Message, labels)} {Name(problem.Remedy, labels)}".Trim(),
        };
    }

    /// <summary>Ids become labels, type names in brackets go, "activity" becomes "step".</summary>
    private static string Name(string sentence, Dictionary<string, string> labels)
    {
        var named = Quoted().Replace(sentence, m => labels.TryGetValue(m.Groups[1].Value, out var label) ? $"\"{label}\"" : $"\"{m.Groups[1].Value}\"");
        return ActivityWord().Replace(TypeName().Replace(named, ""), m => m.Value switch { "activities" => "steps", "An activity" => "A step", "an activity" => "a step", _ => "step" });
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@" \([A-Za-z]+(\.[A-Za-z]+)+\)")]
    private static partial Regex TypeName();

    [GeneratedRegex("[Aa]n activity|activities|activity")]
    private static partial Regex ActivityWord();
}
