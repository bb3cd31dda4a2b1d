using System.Text.Json.Nodes;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>What differs in the workflow as a whole.</summary>
internal static class WorkflowChanges
{
    /// <summary>What names or dates the version, or is made anew when it is read.</summary>
    private static readonly string[] Apart =
    [
        "id", "definitionId", "version", "toolVersion", "createdAt", "isLatest", "isPublished", "isReadonly", "isSystem", "links", "$schema", "tenantId", "providerName", "materializerName",
        "name", "description", "variables", "inputs", "outputs", "customProperties", "options", "root",
    ];

    public static IEnumerable<DefinitionChange> Between(JsonObject before, JsonObject after) => Sentences(before, after).Select(sentence => new DefinitionChange(null, sentence));

    private static IEnumerable<string> Sentences(JsonObject before, JsonObject after)
    {
        if ((DefinitionJson.Text(before["name"]) ?? "") != (DefinitionJson.Text(after["name"]) ?? ""))
            yield return $"The workflow is called {SettingWords.Quote(DefinitionJson.Text(after["name"]))} now; it was {SettingWords.Quote(DefinitionJson.Text(before["name"]))}.";
        if ((DefinitionJson.Text(before["description"]) ?? "") != (DefinitionJson.Text(after["description"]) ?? ""))
            yield return $"Its purpose {SettingWords.Quote(DefinitionJson.Text(before["description"]))} → {SettingWords.Quote(DefinitionJson.Text(after["description"]))}.";
        foreach (var (field, kind) in new[] { ("inputs", ValueChanges.Input), ("variables", ValueChanges.Variable), ("outputs", ValueChanges.Output) })
        {
            foreach (var sentence in ValueChanges.Between(before[field], after[field], kind))
                yield return $"The workflow: {sentence}";
        }

        // The revision and the owner say who keeps it, not what it does.
        foreach (var sentence in ValueChanges.Properties(before["options"], after["options"])
            .Concat(ValueChanges.Properties(before["customProperties"], after["customProperties"], "revision", "Office:Owner"))
            .Concat(ValueChanges.Properties(before, after, Apart)))
        {
            yield return $"The workflow: {sentence}";
        }
    }
}
