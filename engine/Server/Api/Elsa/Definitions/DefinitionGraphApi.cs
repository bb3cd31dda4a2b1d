using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary><c>/workflow-definitions/subgraph</c>: steps inside of steps, for a Studio that looks into one.</summary>
internal static class DefinitionGraphApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{id}", SubgraphAsync);
        api.MapGet("/workflow-definitions/subgraph/segments/{id}", SegmentsAsync);
    }

    /// <summary>A step and all below it; the whole workflow when none is named.</summary>
    private static async Task<IResult> SubgraphAsync(string id, HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        var workflow = await ReadAsync(id, http, store, registry, cancellationToken);
        var path = ElsaQuery.Text(http, "parentNodeId") is { } nodeId ? Path(workflow, nodeId) : null;
        return ElsaJson.Answer((path?[^1] ?? workflow).ToJson());
    }

    /// <summary>The way from the workflow down to a step.</summary>
    private static async Task<IResult> SegmentsAsync(string id, HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        var workflow = await ReadAsync(id, http, store, registry, cancellationToken);
        var child = ElsaQuery.Text(http, "childNodeId") ?? "";
        var path = Path(workflow, child) ?? throw OfficeProblem.NotFound("step", child, "Give the node id of a step of this version.");
        var containers = path.SkipLast(1).ToList();
        return ElsaJson.Answer(new
        {
            ChildNode = path[^1].ToJson(),
            Container = (containers.Count > 0 ? containers[^1] : path[^1]).ToJson(),
            PathSegments = containers.Select((node, i) => (Node: node, path[i + 1].Port))
                .Where(s => ElsaJson.Text(s.Node.Activity["type"]) is not ("Elsa.Workflow" or "Elsa.Flowchart"))
                .Select(s => new
                {
                    ActivityNodeId = s.Node.NodeId,
                    ActivityId = ElsaJson.Text(s.Node.Activity["id"]),
                    ActivityType = ElsaJson.Text(s.Node.Activity["type"]),
                    PortName = s.Port ?? "Root",
                    ActivityName = ActivityTree.Label(s.Node.Activity),
                }),
        });
    }

    private static async Task<Node> ReadAsync(string id, HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        var stored = await store.FindDefinitionVersionAsync(id, cancellationToken) ?? throw OfficeProblem.NotFound("version of a workflow", id, "Look under Workflows.");
        var definition = StudioForm.Of(stored, registry, http.Caller().MayDraw());
        var root = definition["root"] as JsonObject;
        var nodeId = ElsaJson.Text(root?["nodeId"])?.Split(':')[0] ?? "Workflow1";
        return new Node(nodeId, null, new JsonObject { ["id"] = nodeId, ["nodeId"] = nodeId, ["type"] = "Elsa.Workflow", ["version"] = 1, ["name"] = ElsaJson.Text(definition["name"]) }, root is null ? [] : [Of("Root", root)]);
    }

    private static Node Of(string port, JsonObject activity) =>
        new(ElsaJson.Text(activity["nodeId"]) ?? "", port, activity, [.. ActivityTree.Children(activity).Select(c => Of(char.ToUpperInvariant(c.Port[0]) + c.Port[1..], c.Activity))]);

    private static List<Node>? Path(Node node, string nodeId)
    {
        if (node.NodeId == nodeId)
            return [node];
        return node.Children.Select(c => Path(c, nodeId)).FirstOrDefault(p => p is not null) is { } below ? [node, .. below] : null;
    }

    private sealed record Node(string NodeId, string? Port, JsonObject Activity, IReadOnlyList<Node> Children)
    {
        public JsonObject ToJson() => new()
        {
            ["nodeId"] = NodeId,
            ["port"] = Port,
            ["activity"] = Activity.DeepClone(),
            ["children"] = new JsonArray([.. Children.Select(c => (JsonNode)c.ToJson())]),
        };
    }
}
