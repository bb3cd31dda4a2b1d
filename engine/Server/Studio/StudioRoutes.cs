using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Api;
using ProductionOffice.Server.Api.Elsa;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Studio;

/// <summary><c>/studio</c>: a workflow drawn in Elsa Studio, and a running one shown on its drawing.</summary>
internal static class StudioRoutes
{
    public static void MapStudio(this WebApplication app)
    {
        // The addresses of the assets are known before the first page is asked for.
        _ = StudioAssets.Scripts;
        var studio = app.MapGroup("/studio");
        studio.MapGet("", (HttpContext context, StudioFiles files, BoardPages pages) =>
            files.AreThere ? Results.LocalRedirect("/workflows") : Missing(context, pages));
        studio.MapGet("/workflows/{definitionId}", ShowWorkflowAsync);
        studio.MapGet("/instances/{instanceId}", ShowInstanceAsync);
        studio.MapGet("/session", Session);

        // Where the designer believes its own pages to be: a reload, or an address that somebody kept.
        studio.MapGet("/workflows/definitions/{definitionId}/edit", (string definitionId) => Results.LocalRedirect($"/studio/workflows/{Uri.EscapeDataString(definitionId)}"));
        studio.MapGet("/workflows/instances/{instanceId}/view", (string instanceId) => Results.LocalRedirect($"/studio/instances/{Uri.EscapeDataString(instanceId)}"));

        // The designer asks for settings; the page gives it all it needs.
        studio.MapGet("/appsettings.json", () => Results.Json(new object())).AllowAnonymous();
        studio.MapMethods("/{**path:file}", [HttpMethods.Get, HttpMethods.Head], (string path, HttpContext context, StudioFiles files) => files.SendAsync(path, context)).AllowAnonymous();
    }

    private static async Task<IResult> ShowWorkflowAsync(string definitionId, HttpContext context, BoardPages pages, StudioFiles files, IWorkflowStore store, CancellationToken cancellationToken)
    {
        // The designer shows an empty page for a workflow that is not there.
        var definition = await store.FindDefinitionAsync(definitionId, published: false, cancellationToken)
            ?? throw OfficeProblem.NotFound("workflow", definitionId, "Look under Workflows.");
        return Show(context, pages, files, new StudioView("workflow", definitionId, definition.Name ?? definitionId, context.Caller().MayDraw(), "/workflows", "Workflows"));
    }

    private static async Task<IResult> ShowInstanceAsync(string instanceId, HttpContext context, BoardPages pages, StudioFiles files, WorkflowDesk desk, CancellationToken cancellationToken)
    {
        var instance = await desk.FindAsync(instanceId, cancellationToken);
        var page = $"/i/{Uri.EscapeDataString(instanceId)}";
        return Show(context, pages, files, new StudioView("instance", instanceId, instance.Name ?? instance.DefinitionId, false, page, "Steps and timeline"));
    }

    private static IResult Show(HttpContext context, BoardPages pages, StudioFiles files, StudioView view)
    {
        if (!files.AreThere)
            return Missing(context, pages);

        context.Response.Headers.ContentSecurityPolicy = StudioPolicy.Text;
        return pages.Show<StudioPage>(context, view);
    }

    private static IResult Missing(HttpContext context, BoardPages pages) => pages.Show<StudioMissingPage>(context, status: 503);

    /// <summary>Who is signed in now: a page outlives the session it was opened in.</summary>
    private static IResult Session(HttpContext context)
    {
        var caller = context.Caller();
        return OfficeApi.Answer(new { account = caller.Account.Name, mayDesign = caller.MayDraw() });
    }
}
