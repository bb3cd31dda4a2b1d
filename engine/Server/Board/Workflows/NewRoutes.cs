using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>A new workflow: out of the gallery, or as a copy of another.</summary>
internal static class NewRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/new", (HttpContext context, BoardPages pages, Gallery gallery) =>
        {
            context.Designer();
            return pages.Show<GalleryPage>(context, new GalleryView(gallery.Lines));
        });
        routes.MapGet("/workflows/new/{from}", (string from, HttpContext context, BoardPages pages, Gallery gallery) =>
        {
            context.Designer();
            var line = gallery.Find(from).Line;
            return pages.Show<NewWorkflowPage>(context, new NewWorkflowView(line, false, line.Name, null));
        });
        routes.MapGet("/workflows/{id}/copy", async (string id, HttpContext context, BoardPages pages, WorkflowKeeping keeping, CancellationToken cancellationToken) =>
        {
            context.Designer();
            var newest = (await keeping.VersionsAsync(id, cancellationToken))[0];
            return pages.Show<NewWorkflowPage>(context, new NewWorkflowView(Gallery.LineOf(id, newest.Json), true, $"{newest.Name} (copy)", null));
        });
        routes.MapPost("/workflows/new/{from}", (string from, HttpContext context, BoardPages pages, Gallery gallery, WorkflowKeeping keeping, CancellationToken cancellationToken) =>
        {
            context.Designer();
            var (line, json) = gallery.Find(from);
            return MakeAsync(context, pages, keeping, line, json, isCopy: false, cancellationToken);
        });
        routes.MapPost("/workflows/{id}/copy", async (string id, HttpContext context, BoardPages pages, WorkflowKeeping keeping, CancellationToken cancellationToken) =>
        {
            context.Designer();
            var newest = (await keeping.VersionsAsync(id, cancellationToken))[0];
            return await MakeAsync(context, pages, keeping, Gallery.LineOf(id, newest.Json), newest.Json, isCopy: true, cancellationToken);
        });
    }

    private static async Task<IResult> MakeAsync(HttpContext context, BoardPages pages, WorkflowKeeping keeping, GalleryLine from, string json, bool isCopy, CancellationToken cancellationToken)
    {
        var name = string.Join(' ', (await context.Request.ReadFormAsync(cancellationToken))["name"].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (await keeping.WhyNotAsync(name, cancellationToken) is { } problem)
            return pages.Show<NewWorkflowPage>(context, new NewWorkflowView(from, isCopy, name, problem), 422);

        var draft = await keeping.NewAsync(json, name, (isCopy ? "workflow " : "gallery ") + from.Id, context.Designer(), cancellationToken);
        return Results.LocalRedirect($"/studio/workflows/{Uri.EscapeDataString(draft.DefinitionId)}");
    }
}
