using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>What may be done with a definition; the Studio shows one without <c>publish</c> read-only.</summary>
internal static class DefinitionLinks
{
    public static JsonArray Of(string definitionId, bool mayDraw)
    {
        var path = $"/workflow-definitions/{definitionId}";
        var links = new JsonArray(Link(path, "self", "GET"), Link($"{path}/export", "export", "GET"));
        if (mayDraw)
        {
            links.Add(Link($"{path}/publish", "publish", "POST"));
            links.Add(Link($"{path}/retract", "retract", "POST"));
            links.Add(Link(path, "delete", "DELETE"));
            links.Add(Link($"{path}/import", "import", "PUT"));
            links.Add(Link($"{path}/update-references", "update-references", "POST"));
            links.Add(Link($"{path}/execute", "execute", "POST"));
            links.Add(Link($"{path}/dispatch", "dispatch", "POST"));
        }

        return links;
    }

    /// <summary>What may be done with many at once.</summary>
    public static JsonArray OfList(bool mayDraw)
    {
        var links = new JsonArray(Link("/workflow-definitions", "self", "GET"));
        if (mayDraw)
        {
            links.Add(Link("/workflow-definitions", "create", "POST"));
            links.Add(Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"));
            links.Add(Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"));
            links.Add(Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete", "POST"));
        }

        return links;
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
