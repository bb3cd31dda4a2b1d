using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>A stored version as the Studio must get it: complete, with node ids, revision and links, and places, and with nothing it cannot draw.</summary>
internal static class StudioForm
{
    public static JsonObject Of(StoredDefinition stored, ActivityRegistry registry, bool mayDraw)
    {
        var json = Shown(stored);
        // By all its connections, before some are hidden.
        StepPlaces.Give(json["root"]);
        MissingSteps.Substitute(json["root"], registry);
        Connections.Hide(json["root"], registry);
        Complete(json, stored);
        json["links"] = DefinitionLinks.Of(stored.DefinitionId, mayDraw);
        return json;
    }

    /// <summary>All steps and connections as the Studio sees them, before anything is left out.</summary>
    public static JsonObject Shown(StoredDefinition stored)
    {
        var json = Read(stored.Json);
        Connections.Straighten(json["root"]);
        ActivityTree.Place(json);
        ChoiceSteps.Show(json["root"]);
        return json;
    }

    public static JsonObject Read(string json) =>
        (JsonObject)JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 })!;

    /// <summary>Gives every field the Studio reads a value; what it means stays.</summary>
    public static void Fill(JsonObject json)
    {
        json["toolVersion"] ??= "3.8.0.0";
        json["description"] ??= "";
        json["isReadonly"] ??= false;
        json["isSystem"] ??= false;
        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"])
            json[list] = ElsaJson.Items(json[list]).DeepClone();
        if (json["options"] is not JsonObject)
            json["options"] = new JsonObject { ["activationStrategyType"] = null, ["usableAsActivity"] = null, ["autoUpdateConsumingWorkflows"] = false, ["activityCategory"] = null, ["incidentStrategyType"] = null, ["commitStrategyName"] = null };
        if (json["customProperties"] is not JsonObject)
            json["customProperties"] = new JsonObject();
    }

    private static void Complete(JsonObject json, StoredDefinition stored)
    {
        Fill(json);
        json["id"] = stored.VersionId;
        json["definitionId"] = stored.DefinitionId;
        json["version"] = stored.Version;
        json["isLatest"] = stored.IsLatest;
        json["isPublished"] = stored.IsPublished;
        json["name"] ??= stored.Name ?? stored.DefinitionId;
        if (ElsaJson.Text(json["createdAt"]) is not { } created || !DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, out var at) || at.Year < 2)
            json["createdAt"] = stored.CreatedAt;
        json["customProperties"]![StoredForm.Revision] = stored.Revision;
    }
}
