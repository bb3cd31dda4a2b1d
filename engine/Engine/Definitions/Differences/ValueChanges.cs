using System.Text.Json.Nodes;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>Differences of lists of named things (variables, inputs, outputs) and of loose properties.</summary>
internal static class ValueChanges
{
    /// <summary>How a thing of a list is spoken of.</summary>
    /// <param name="Added">Begins the sentence when it is new.</param>
    /// <param name="Removed">Begins the sentence when it is gone.</param>
    /// <param name="Kept">Begins the sentence when it differs.</param>
    public sealed record Kind(string Added, string Removed, string Kept);

    public static Kind Variable { get; } = new("keeps a new value", "does not keep the value any more:", "the value");

    public static Kind Input { get; } = new("asks for something new when it starts:", "does not ask any more for", "what it asks for as");

    public static Kind Output { get; } = new("gives a new result:", "does not give the result any more:", "the result");

    public static IEnumerable<string> Between(JsonNode? before, JsonNode? after, Kind kind)
    {
        var (old, now) = (Named(before), Named(after));
        foreach (var (key, json) in now)
        {
            if (!old.TryGetValue(key, out var known))
            {
                yield return $"{kind.Added} '{Label(json)}'.";
                continue;
            }

            foreach (var field in known.Select(f => f.Key).Concat(json.Select(f => f.Key)).Distinct())
            {
                var (was, is_) = (Plain(known[field]), Plain(json[field]));
                if (was != is_ && field == "value")
                    yield return $"{kind.Kept} '{Label(json)}' {SettingWords.Plain(was)} → {SettingWords.Plain(is_)}.";
                else if (was != is_)
                    yield return $"{kind.Kept} '{Label(json)}': {SettingWords.Words(field).ToLowerInvariant()} {SettingWords.Quote(was)} → {SettingWords.Quote(is_)}.";
            }
        }

        foreach (var (key, json) in old.Where(o => !now.ContainsKey(o.Key)))
            yield return $"{kind.Removed} '{Label(json)}'.";
        if (old.Count == now.Count && old.Keys.All(now.ContainsKey) && !old.Keys.SequenceEqual(now.Keys, StringComparer.Ordinal) && kind != Variable)
            yield return $"the order of {kind.Kept} is {string.Join(", ", now.Values.Select(v => $"'{Label(v)}'"))} now.";
    }

    /// <summary>Properties that differ, those named apart left out.</summary>
    public static IEnumerable<string> Properties(JsonNode? before, JsonNode? after, params string[] apart)
    {
        var (old, now) = (before as JsonObject ?? [], after as JsonObject ?? []);
        foreach (var field in old.Select(f => f.Key).Concat(now.Select(f => f.Key)).Distinct().Where(f => !apart.Contains(f)))
        {
            var (was, is_) = (Plain(old[field]), Plain(now[field]));
            if (was != is_)
                yield return $"{SettingWords.Words(field[(field.LastIndexOf(':') + 1)..]).ToLowerInvariant()} {SettingWords.Quote(was)} → {SettingWords.Quote(is_)}.";
        }
    }

    private static Dictionary<string, JsonObject> Named(JsonNode? list)
    {
        var named = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var json in DefinitionJson.Objects(list))
            named.TryAdd(DefinitionJson.Text(json["id"]) ?? DefinitionJson.Text(json["name"]) ?? "", json);
        return named;
    }

    private static string Label(JsonObject json) => DefinitionJson.Text(json["displayName"]) is { Length: > 0 } label ? label : DefinitionJson.Text(json["name"]) ?? "";

    private static string? Plain(JsonNode? json) => DefinitionJson.Text(json) is { Length: > 0 } text ? text : Setting.Canonical(json) is { Length: > 0 } other and not "\"\"" ? other : null;
}
