using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>Finds endpoints whose address is one of the board's own pages: the page would answer there, and the workflow never.</summary>
internal static class EndpointPathCheck
{
    private static readonly HashSet<string> Pages = new(StringComparer.OrdinalIgnoreCase)
    {
        "copy", "delete", "export", "off", "on", "publish", "published", "revert", "simulate", "simulate.csv", "start", "tests", "try", "versions",
    };

    public static IEnumerable<DefinitionProblem> Check(IReadOnlyList<PlacedActivity> activities, IReadOnlySet<string> variables) =>
        from placed in activities
        where placed.Activity.Type == "Elsa.HttpEndpoint"
        let path = Literal(placed.Activity.Json["path"]?["expression"]?["value"]).Trim('/')
        where IsPage(path.Split('/'))
        select new DefinitionProblem(
            "TakenPath", true, placed.Activity.Id, placed.Path + ".path", path, $"The address /workflows/{path} is a page of the office itself: it would answer there, and '{placed.Activity.Id}' never.",
            $"Give it another path, for example {path}-request.", placed.Activity.DisplayText);

    private static string Literal(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static bool IsPage(string[] parts) =>
        parts is ["import" or "new"] or ["new", _] || (parts.Length > 1 && Pages.Contains(parts[1]) && (parts.Length == 2 || parts[1].Equals("try", StringComparison.OrdinalIgnoreCase) || parts[1].Equals("tests", StringComparison.OrdinalIgnoreCase)));
}
