using ProductionOffice.Engine.Definitions;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>A workflow out of a file.</summary>
internal static class ImportRoutes
{
    private const int LargestFile = 5 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/import", (HttpContext context, BoardPages pages) =>
        {
            context.Designer();
            return pages.Show<ImportPage>(context, new ImportView("", null, null, [], [], null));
        });
        routes.MapPost("/workflows/import", ImportAsync);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, BoardPages pages, WorkflowKeeping keeping, WorkflowStore store, CancellationToken cancellationToken)
    {
        var caller = context.Designer();
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var json = sent["json"].ToString();
        if (sent.Files["file"] is { Length: > 0 } file)
        {
            if (file.Length > LargestFile)
                return Again("", null, 413, new ProblemView($"'{file.FileName}' has {file.Length / 1024 / 1024} MB; a workflow has at most 5.", "Is it the right file?"));
            using var reader = new StreamReader(file.OpenReadStream());
            json = await reader.ReadToEndAsync(cancellationToken);
        }

        if (string.IsNullOrWhiteSpace(json))
            return Again("", null, 422, new ProblemView("No file was chosen.", "Choose a file that was exported here or from Elsa Studio."));

        WorkflowDefinition definition;
        try
        {
            definition = DefinitionReader.Read(json, "the file");
        }
        catch (DefinitionFormatException e)
        {
            return Again(json, null, 422, new ProblemView($"This cannot be read as a workflow ({e.Path}): {e.Problem}", e.Remedy));
        }

        var (errors, warnings) = await keeping.CheckAsync(definition, cancellationToken);
        var known = await store.FindDefinitionAsync(definition.DefinitionId, published: false, cancellationToken);
        var how = sent["as"].ToString();
        if (errors.Count > 0 && sent["anyway"].ToString() is not "true")
            return Show(new ProblemView(errors.Count == 1 ? "One thing is wrong in it." : $"{errors.Count} things are wrong in it.", "Nothing was taken in. Correct the file, or take it in as a draft and correct it in Studio: it can only be published when all is right."));
        if (known is not null && how is not ("version" or "new"))
            return Show(new ProblemView($"There is a workflow with this id already: '{known.Name}'.", "Say below whether the file is its next version or a workflow of its own."));

        var draft = await keeping.ImportAsync(json, how == "new", caller, cancellationToken);
        return Results.LocalRedirect($"/workflows/{Uri.EscapeDataString(draft.DefinitionId)}/versions?done=imported");

        IResult Show(ProblemView problem) =>
            pages.Show<ImportPage>(context, new ImportView(json, known?.Name, known is { IsPublished: false } ? known.Version : null, errors, warnings, problem), 422);

        IResult Again(string typed, string? existing, int status, ProblemView problem) => pages.Show<ImportPage>(context, new ImportView(typed, existing, null, [], [], problem), status);
    }
}
