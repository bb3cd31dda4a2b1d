using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The list of workflows, and what is done to one of them from there.</summary>
internal static class WorkflowRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows", async (HttpContext context, BoardPages pages, WorkflowQuery query, CancellationToken cancellationToken) =>
            pages.Show<WorkflowListPage>(context, await query.ListAsync(context.Caller(), Notice(context.Request.Query.Text("done")), context.Request.Query.Text("about"), cancellationToken)));
        routes.MapGet("/workflows/{id}/export", ExportAsync);
        routes.MapPost("/workflows/{id}/off", SwitchOffAsync);
        routes.MapPost("/workflows/{id}/on", SwitchOnAsync);
        routes.MapGet("/workflows/{id}/delete", async (string id, HttpContext context, BoardPages pages, DeleteQuery query, CancellationToken cancellationToken) =>
        {
            context.Designer();
            return pages.Show<DeletePage>(context, await query.ReadAsync(id, null, cancellationToken));
        });
        routes.MapPost("/workflows/{id}/delete", DeleteAsync);
        StartRoutes.Map(routes);
        NewRoutes.Map(routes);
        ImportRoutes.Map(routes);
        VersionRoutes.Map(routes);
        PublishRoutes.Map(routes);
    }

    private static string? Notice(string done) => done switch
    {
        "off" => "Switched off. Nobody starts it any more; what runs goes on. Switch it on again whenever you like.",
        "on" => "Switched on. It can be started again.",
        "deleted" => "Deleted with all its versions.",
        _ => null,
    };

    private static async Task<IResult> ExportAsync(string id, HttpContext context, WorkflowKeeping keeping, CancellationToken cancellationToken)
    {
        context.Designer();
        var versions = await keeping.VersionsAsync(id, cancellationToken);
        var wanted = context.Request.Query.Number("version");
        var version = wanted is null ? versions.FirstOrDefault(v => v.IsPublished) ?? versions[0]
            : versions.FirstOrDefault(v => v.Version == wanted) ?? throw Desk.OfficeProblem.NotFound("version", $"{wanted}", "Choose one from the list of versions.");
        return Results.File(System.Text.Encoding.UTF8.GetBytes(Engine.Definitions.DefinitionWriter.Write(Engine.Definitions.DefinitionReader.Read(version.Json), indented: true)), "application/json", $"{version.DefinitionId}-v{version.Version}.json");
    }

    private static async Task<IResult> SwitchOffAsync(string id, HttpContext context, WorkflowKeeping keeping, CancellationToken cancellationToken)
    {
        await keeping.SwitchOffAsync(id, context.Designer(), cancellationToken);
        return Results.LocalRedirect(Query.With("/workflows", ("done", "off"), ("about", id)));
    }

    private static async Task<IResult> SwitchOnAsync(string id, HttpContext context, WorkflowKeeping keeping, CancellationToken cancellationToken)
    {
        await keeping.SwitchOnAsync(id, context.Designer(), cancellationToken);
        return Results.LocalRedirect(Query.With("/workflows", ("done", "on"), ("about", id)));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, BoardPages pages, DeleteQuery query, WorkflowKeeping keeping, CancellationToken cancellationToken)
    {
        var caller = context.Designer();
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        try
        {
            if (sent["sure"].ToString() is not "true")
                throw new Desk.OfficeProblem(422, "not-sure", "It was not confirmed, so nothing was deleted.", "Tick that you want it gone, or go back.");
            await keeping.DeleteAsync(id, sent["running"].ToString() is "true", caller, cancellationToken);
        }
        catch (Desk.OfficeProblem problem) when (problem.Status != 404)
        {
            return pages.Show<DeletePage>(context, await query.ReadAsync(id, ProblemView.Of(problem), cancellationToken), problem.Status);
        }

        return Results.LocalRedirect("/workflows?done=deleted");
    }
}
