using System.Text.Json.Nodes;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Engine.Definitions;

/// <summary>References to a definition that is used as an activity.</summary>
internal static class ChildPins
{
    /// <summary>Pins a new version at every place that names an older one; false when there is none.</summary>
    public static bool Update(JsonNode? json, StoredDefinition child)
    {
        var changed = false;
        switch (json)
        {
            case JsonObject fields:
                if (DefinitionJson.Text(fields["workflowDefinitionId"]) == child.DefinitionId && DefinitionJson.Text(fields["workflowDefinitionVersionId"]) is { } pinned && pinned != child.VersionId)
                {
                    fields["workflowDefinitionVersionId"] = child.VersionId;
                    fields["version"] = child.Version;
                    changed = true;
                }

                foreach (var (_, field) in fields)
                    changed |= Update(field, child);
                break;
            case JsonArray list:
                foreach (var item in list)
                    changed |= Update(item, child);
                break;
        }

        return changed;
    }
}
