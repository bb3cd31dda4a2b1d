using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>Publishing with a check list, and the move of what runs.</summary>
internal static class PublishRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/{id}/publish", async (string id, HttpContext context, BoardPages pages, PublishQuery query, CancellationToken cancellationToken) =>
        {
            context.Designer();
            return pages.Show<PublishPage>(context, await query.ReadAsync(id, context.Request.Query.Flag("plan"), false, false, null, cancellationToken));
        });
        routes.MapPost("/workflows/{id}/publish", PublishAsync);
        routes.MapGet("/workflows/{id}/published", async (string id, HttpContext context, BoardPages pages, PublishQuery query, CancellationToken cancellationToken) =>
        {
            context.Designer();
            return pages.Show<PublishedPage>(context, await query.DoneAsync(id, context.Request.Query.Number("moved"), cancellationToken));
        });
    }

    private static async Task<IResult> PublishAsync(
        string id, HttpContext context, BoardPages pages, PublishQuery query, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = context.Designer();
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var (revision, moves, accepts) = (sent["revision"].ToString(), sent["running"].ToString() is "move", sent["accept"].ToString() is "true");
        var list = await query.ReadAsync(id, false, moves, accepts, null, cancellationToken);
        if (WhyNot(list, revision) is { } problem)
            return pages.Show<PublishPage>(context, list with { Problem = ProblemView.Of(problem) }, problem.Status);

        if (!list.IsLive)
        {
            using var publishing = audit.BeginVersion(caller, VersionMark.Published, published: true);
            try
            {
                await runtime.PublishAsync(id, revision, cancellationToken);
            }
            catch (Exception e) when (e is DefinitionConflictException or InvalidDefinitionException)
            {
                var fresh = await query.ReadAsync(id, false, moves, false, ProblemView.Of(Changed(list.Name)), cancellationToken);
                return pages.Show<PublishPage>(context, fresh, 409);
            }
        }

        if (!moves || list.Running.Count == 0)
            return Results.LocalRedirect($"/workflows/{Uri.EscapeDataString(id)}/published");

        // Each moves in a transaction of its own: one that is cut off here moves when it is asked for again.
        using var moving = audit.BeginMigration(caller);
        var done = await runtime.MigrateAsync(id, null, list.Version, caller.Account.Name, cancellationToken);
        var moved = done.Instances.Count(i => i.IsMoved);
        return Results.LocalRedirect($"/workflows/{Uri.EscapeDataString(id)}/published?moved={moved}");
    }

    private static OfficeProblem? WhyNot(PublishView list, string revision) =>
        list.Revision != revision && !list.IsLive ? Changed(list.Name)
        : list.Errors.Count > 0 ? new OfficeProblem(422, "definition-invalid", "It has errors, so it was not published.", "They stand below, each with what to do.")
        : list.NeedsAccepting && !list.Accepts && !list.IsLive ? new OfficeProblem(422, "not-accepted", "There are warnings that nobody has said yes to.", "Read them and tick that you publish it all the same. Nothing was published.")
        : null;

    private static OfficeProblem Changed(string name) =>
        new(409, "changed-meanwhile", $"Somebody saved '{name}' while this page was open, so nothing was published.", "The check list below is made anew, of what is saved now. Look at what differs, then publish.");
}
