using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The versions of a workflow and what differs between them.</summary>
internal static class VersionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/{id}/versions", async (string id, HttpContext context, BoardPages pages, VersionQuery query, CancellationToken cancellationToken) =>
        {
            context.Designer();
            var q = context.Request.Query;
            return pages.Show<VersionsPage>(context, await query.ReadAsync(id, q.Number("from"), q.Number("to"), null, Notice(q.Text("done")), cancellationToken));
        });
        routes.MapPost("/workflows/{id}/revert", RevertAsync);
    }

    private static string? Notice(string done) => done switch
    {
        "reverted" => "A draft was made that is the same as that version. What is live stays live until you publish the draft.",
        "imported" => "Taken in as a draft. Look at what differs, open it in Studio, and publish it when it is right.",
        _ => null,
    };

    private static async Task<IResult> RevertAsync(string id, HttpContext context, WorkflowKeeping keeping, CancellationToken cancellationToken)
    {
        var caller = context.Designer();
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        if (!int.TryParse(sent["version"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version))
            throw new OfficeProblem(422, "version-missing", "It is not said which version to go back to.", "Use the button beside a version.");

        await keeping.RevertAsync(id, version, caller, cancellationToken);
        return Results.LocalRedirect($"/workflows/{Uri.EscapeDataString(id)}/versions?done=reverted");
    }
}
