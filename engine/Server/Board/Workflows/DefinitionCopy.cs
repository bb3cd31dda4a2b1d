using System.Text;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>Makes a definition of its own out of another one.</summary>
internal static class DefinitionCopy
{
    /// <summary>Custom property that names the account that keeps the workflow.</summary>
    private const string OwnerProperty = "Office:Owner";

    /// <summary>The account that keeps it; null when it names none.</summary>
    public static string? OwnerOf(string json) => JsonNode.Parse(json)?["customProperties"] is JsonObject properties && properties[OwnerProperty] is JsonValue owner && owner.TryGetValue(out string? name) ? name : null;

    /// <summary>The same drawing under another id and name, as a first draft.</summary>
    public static string Of(string json, string definitionId, string name, string owner)
    {
        var definition = DefinitionReader.Read(json);
        (definition.DefinitionId, definition.Id, definition.Name, definition.Version) = (definitionId, $"{definitionId}-v1", name, 1);
        (definition.IsLatest, definition.IsPublished) = (true, false);
        if (definition.Json["customProperties"] is not JsonObject properties)
            definition.Json["customProperties"] = properties = [];
        properties.Remove("revision");
        properties[OwnerProperty] = owner;
        return DefinitionWriter.Write(definition);
    }

    /// <summary>An id out of a name that none of the known ones has: <c>Crew hire (Stage 4)</c> → <c>crew-hire-stage-4</c>.</summary>
    public static string NewId(string name, IEnumerable<string> known)
    {
        var id = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                id.Append(c);
            else if (char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark && id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }

        var stem = id.ToString().Trim('-') is { Length: > 0 } text ? text[..Math.Min(text.Length, 60)].Trim('-') : "workflow";
        var taken = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
        taken.UnionWith(Routes);
        var candidate = stem;
        for (var n = 2; taken.Contains(candidate); n++)
            candidate = $"{stem}-{n}";
        return candidate;
    }

    /// <summary>What stands at the place of an id in addresses of pages.</summary>
    private static readonly string[] Routes = ["new", "import"];
}
