using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>What differs in an activity that stands in both versions.</summary>
internal static class ActivityChanges
{
    /// <summary>Fields that are told in other ways, or say nothing of how it runs.</summary>
    private static readonly HashSet<string> Apart = ["id", "nodeId", "type", "version", "name", "metadata", "customProperties", "variables", "$schema"];

    public static IEnumerable<string> Between(DrawnActivity before, DrawnActivity after, Drawing old, Drawing now, SettingWords words)
    {
        var (was, name) = (before.Label, after.Label);
        if (was != name)
            yield return $"'{was}' is called '{name}' now.";
        if (before.Type != after.Type)
            yield return $"'{name}' is '{after.Kind}' now; it was '{before.Kind}'.";
        else if ((DefinitionJson.Integer(before.Json["version"]) ?? 1) != (DefinitionJson.Integer(after.Json["version"]) ?? 1))
            yield return $"'{name}' ({after.Kind}) is of version {DefinitionJson.Integer(after.Json["version"]) ?? 1} of that step now; it was {DefinitionJson.Integer(before.Json["version"]) ?? 1}.";
        if (was == name && DefinitionJson.Text(before.Json["name"]) is var oldName && DefinitionJson.Text(after.Json["name"]) is var newName && oldName != newName)
            yield return $"'{name}': the name that formulas use {SettingWords.Quote(oldName)} → {SettingWords.Quote(newName)}.";
        if (before.Place != after.Place)
            yield return $"'{name}' stands in {Inside(after, now)} now; it stood in {Inside(before, old)}.";
        foreach (var sentence in Fields(before, after, words))
            yield return $"'{name}': {sentence}";
        foreach (var sentence in Described(before.Json, after.Json, name))
            yield return sentence;
        foreach (var sentence in ValueChanges.Between(before.Json["variables"], after.Json["variables"], ValueChanges.Variable))
            yield return $"'{name}': {sentence}";
        if (after.IsFlowchart && Start(before, old) is var from && Start(after, now) is var to && from != to)
            yield return $"'{name}' begins with '{(to is null ? "nothing" : now.LabelOf(to))}' now; it began with '{(from is null ? "nothing" : old.LabelOf(from))}'.";
        if (!after.IsFlowchart)
        {
            foreach (var sentence in Orders(before, after, now, name))
                yield return sentence;
        }
    }

    private static IEnumerable<string> Fields(DrawnActivity before, DrawnActivity after, SettingWords words)
    {
        var fields = before.Json.Select(f => f.Key).Concat(after.Json.Select(f => f.Key)).Distinct()
            .Where(f => !Apart.Contains(f) && !(after.IsFlowchart && f is "activities" or "connections" or "start")).ToList();
        var known = (after.Descriptor?.Inputs ?? []).ToDictionary(i => ActivityBinder.CamelCase(i.Name), StringComparer.Ordinal);
        foreach (var field in known.Keys.Where(fields.Contains).Concat(fields.Where(f => !known.ContainsKey(f))))
        {
            var input = known.GetValueOrDefault(field);
            var (old, now) = (Setting.Of(before.Json[field], input), Setting.Of(after.Json[field], input));
            if (old == now)
                continue;

            var label = input?.DisplayName ?? after.Descriptor?.Outputs.FirstOrDefault(o => ActivityBinder.CamelCase(o.Name) == field)?.DisplayName ?? SettingWords.Words(field);
            yield return $"{label} {words.Change(old, now, input)}.";
        }
    }

    /// <summary>What the designer keeps beside an activity: its description, and whether it starts the workflow.</summary>
    private static IEnumerable<string> Described(JsonObject before, JsonObject after, string name)
    {
        var (old, now) = (before["metadata"] as JsonObject, after["metadata"] as JsonObject);
        if ((DefinitionJson.Text(old?["description"]) ?? "") != (DefinitionJson.Text(now?["description"]) ?? ""))
            yield return $"'{name}': its description {SettingWords.Quote(DefinitionJson.Text(old?["description"]))} → {SettingWords.Quote(DefinitionJson.Text(now?["description"]))}.";

        var (wasTrigger, isTrigger) = (Starts(before), Starts(after));
        if (wasTrigger != isTrigger)
            yield return isTrigger ? $"'{name}' starts the workflow by itself now." : $"'{name}' does not start the workflow any more.";
        foreach (var sentence in ValueChanges.Properties(before["customProperties"], after["customProperties"], "canStartWorkflow"))
            yield return $"'{name}': {sentence}";
    }

    private static bool Starts(JsonObject json) => (DefinitionJson.Boolean((json["customProperties"] as JsonObject)?["canStartWorkflow"]) ?? DefinitionJson.Boolean(json["canStartWorkflow"])) == true;

    private static string? Start(DrawnActivity flowchart, Drawing drawing)
    {
        var inside = flowchart.Inside.GetValueOrDefault("activities") ?? [];
        var named = DefinitionJson.Text(flowchart.Json["start"]) ?? DefinitionJson.Text((flowchart.Json["start"] as JsonObject)?["id"]);
        if (named is not null && inside.Contains(named))
            return named;

        // As the engine finds it: a Start, what starts by itself, what nothing leads to.
        return inside.Find(key => drawing.Find(key)!.Type == "Elsa.Start")
            ?? inside.Find(key => Starts(drawing.Find(key)!.Json))
            ?? inside.Find(key => !drawing.Connections.Any(c => c.Target == key))
            ?? inside.FirstOrDefault();
    }

    private static IEnumerable<string> Orders(DrawnActivity before, DrawnActivity after, Drawing now, string name)
    {
        foreach (var (port, inside) in after.Inside)
        {
            var earlier = before.Inside.GetValueOrDefault(port) ?? [];
            var common = inside.Where(earlier.Contains).ToList();
            if (!common.SequenceEqual(earlier.Where(inside.Contains), StringComparer.Ordinal))
                yield return $"'{name}': the order is {string.Join(", ", common.Select(k => $"'{now.LabelOf(k)}'"))} now.";
        }
    }

    private static string Inside(DrawnActivity activity, Drawing drawing)
    {
        var dot = activity.Place.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? "the workflow itself" : $"'{drawing.LabelOf(activity.Place[..dot])}' ({SettingWords.Words(activity.Place[(dot + 1)..])})";
    }
}
