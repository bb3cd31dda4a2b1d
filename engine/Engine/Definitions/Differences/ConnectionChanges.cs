namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>What leads where, and what came or went between.</summary>
internal static class ConnectionChanges
{
    public static string Added(DrawnActivity activity, Drawing now, SettingWords words) => $"{Named(activity, words)} added{(Around(activity, now, "after", "before") is { Length: > 0 } place ? place : "; nothing leads to it yet")}.";

    public static string Removed(DrawnActivity activity, Drawing old, SettingWords words) => $"{Named(activity, words)} removed; it stood{(Around(activity, old, "after", "before") is { Length: > 0 } place ? place : " there by itself")}.";

    /// <summary>Connections of activities that stand in both versions; those of added and removed ones are told with them.</summary>
    public static IEnumerable<DefinitionChange> Between(Drawing old, Drawing now)
    {
        var ways = old.Connections.Concat(now.Connections).Select(c => (c.Source, c.Port)).Distinct();
        foreach (var (source, port) in ways.Where(w => now.Find(w.Source) is not null && old.Find(w.Source) is not null))
        {
            var (before, after) = (old.Targets(source, port), now.Targets(source, port));
            var (lost, won) = (before.Except(after).ToList(), after.Except(before).ToList());
            var from = $"'{now.LabelOf(source)}'{By(port)}";
            if (lost is [var one] && won is [var other])
            {
                var isReplaced = old.Find(other) is null && now.Find(one) is null;
                if (!isReplaced && !IsBetween(now, old, one, other))
                    yield return new DefinitionChange(source, $"The connection from {from} goes to '{now.LabelOf(other)}' now instead of '{old.LabelOf(one)}'.");
                continue;
            }

            foreach (var target in won.Where(t => old.Find(t) is not null || now.Find(t) is null))
                yield return new DefinitionChange(source, before.Count == 0 ? $"{from} goes on to '{now.LabelOf(target)}' now; nothing followed before." : $"{from} goes to '{now.LabelOf(target)}' now as well.");
            foreach (var target in lost.Where(t => now.Find(t) is not null || old.Find(t) is null))
                yield return new DefinitionChange(source, after.Count == 0 ? $"Nothing follows {from} any more; '{old.LabelOf(target)}' did." : $"{from} does not go to '{old.LabelOf(target)}' any more.");
        }
    }

    /// <summary>Whether the new target is a step put in before the old one, or the old one a step taken out before the new.</summary>
    private static bool IsBetween(Drawing now, Drawing old, string lost, string won) =>
        old.Find(won) is null && now.Connections.Any(c => c.Source == won && c.Target == lost)
        || now.Find(lost) is null && old.Connections.Any(c => c.Source == lost && c.Target == won);

    private static string Around(DrawnActivity activity, Drawing drawing, string after, string before)
    {
        var from = drawing.Connections.Where(c => c.Target == activity.Key).Select(c => $"'{drawing.LabelOf(c.Source)}'{By(c.Port)}").Distinct().ToList();
        var to = drawing.Connections.Where(c => c.Source == activity.Key).Select(c => $"'{drawing.LabelOf(c.Target)}'{By(c.Port)}").Distinct().ToList();
        if (from.Count == 0 && to.Count == 0 && activity.Place.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && drawing.Find(activity.Place[..dot]) is { IsFlowchart: false } around)
            return $" in '{around.Label}'";
        return (from.Count == 0 ? "" : $" {after} {And(from)}") + (to.Count == 0 ? "" : $"{(from.Count == 0 ? "" : ",")} {before} {And(to)}");
    }

    /// <summary>With the role, template or state that is chosen in it: what tells one approval from another.</summary>
    private static string Named(DrawnActivity activity, SettingWords words)
    {
        var chosen = (activity.Descriptor?.Inputs ?? [])
            .Where(i => i.Options is not null).Select(i => (Input: i, Setting: Setting.Of(activity.Json[Activities.ActivityBinder.CamelCase(i.Name)], i)))
            .Where(c => c.Setting.Kind == "Literal").Select(c => words.Say(c.Setting, c.Input)).ToList();
        return $"'{activity.Label}' ({string.Join(", ", chosen.Prepend(activity.Kind))})";
    }

    private static string By(string port) => port switch { "Done" => "", "True" => " (Yes)", "False" => " (No)", _ => $" ({port})" };

    private static string And(List<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
