using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary><c>/workflow-definitions</c>: lists, single versions, and what the editor saves.</summary>
internal static class DefinitionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions", ListAsync);
        api.MapGet("/workflow-definitions/query/count", CountAsync);
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", FindAsync);
        api.MapGet("/workflow-definitions/by-id/{id}", FindVersionAsync);
        api.MapGet("/workflow-definitions/many-by-id", FindManyAsync);
        api.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUniqueAsync);
        var changes = api.MapGroup("/workflow-definitions").AddEndpointFilter(ElsaRefusal.CatchAsync);
        changes.MapPost("", SaveAsync);
        changes.MapPost("/{definitionId}/publish", PublishAsync);
        changes.MapPost("/{definitionId}/retract", RetractAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, WorkflowStore store, DefinitionDigests digests, CancellationToken cancellationToken)
    {
        var mayDraw = http.Caller().MayDraw();
        var (skip, take) = ElsaQuery.Page(ElsaQuery.Number(http, "page"), ElsaQuery.Number(http, "pageSize"));
        var filter = new DefinitionFilter(
            ElsaQuery.Text(http, "versionOptions"), ElsaQuery.Texts(http, "definitionIds"), ElsaQuery.Texts(http, "ids"), ElsaQuery.Text(http, "searchTerm"), ElsaQuery.Flag(http, "isSystem"),
            ElsaQuery.Text(http, "orderBy"), string.Equals(ElsaQuery.Text(http, "orderDirection"), "Descending", StringComparison.OrdinalIgnoreCase), skip, take);
        var (items, total) = await store.PageAsync(digests, filter, mayDraw, cancellationToken);
        return ElsaJson.Answer(new { Items = items, TotalCount = total, Links = DefinitionLinks.OfList(mayDraw) });
    }

    private static async Task<IResult> CountAsync(WorkflowStore store, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return ElsaJson.Answer(new { Count = await context.Definitions.CountAsync(d => d.IsLatest, cancellationToken) });
    }

    private static async Task<IResult> FindAsync(string definitionId, HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken) =>
        Show(await store.FindAsync(definitionId, ElsaQuery.Text(http, "versionOptions") ?? "Latest", cancellationToken), registry, http);

    private static async Task<IResult> FindVersionAsync(string id, HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken) =>
        Show(await store.FindDefinitionVersionAsync(id, cancellationToken) ?? throw OfficeProblem.NotFound("version of a workflow", id, "Look under Workflows."), registry, http);

    private static async Task<IResult> FindManyAsync(HttpContext http, WorkflowStore store, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        var mayDraw = http.Caller().MayDraw();
        var found = await store.FindManyAsync(ElsaQuery.Texts(http, "ids"), cancellationToken);
        return ElsaJson.List(found.Select(d => StudioForm.Of(d, registry, mayDraw)).ToList());
    }

    private static async Task<IResult> IsNameUniqueAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken)
    {
        var (name, own) = (ElsaQuery.Text(http, "name")?.Trim() ?? "", ElsaQuery.Text(http, "definitionId"));
        await using var context = await store.ReadAsync(cancellationToken);
        var same = await context.Definitions.Where(d => d.IsLatest && d.DefinitionId != own && EF.Functions.Like(d.Name ?? "", name)).Select(d => d.Name).ToListAsync(cancellationToken);
        return ElsaJson.Answer(new { IsUnique = !same.Exists(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) });
    }

    private static async Task<IResult> SaveAsync(HttpContext http, DefinitionDesk desk, DefinitionDigests digests, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        http.Drawer();
        var body = await ElsaBody.ReadAsync(http);
        if (body["model"] is not JsonObject model)
            throw new OfficeProblem(400, "model-missing", "No workflow was sent.", "Give model, as it was read. Nothing was changed.");

        body.Remove("model");
        return await AnswerAsync(await desk.SaveAsync(model, ElsaJson.IsTrue(body["publish"]), http, cancellationToken), digests, registry, http, cancellationToken);
    }

    private static async Task<IResult> PublishAsync(string definitionId, HttpContext http, DefinitionDesk desk, DefinitionDigests digests, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        http.Drawer();
        return await AnswerAsync(await desk.PublishAsync(definitionId, http, cancellationToken), digests, registry, http, cancellationToken);
    }

    private static async Task<IResult> RetractAsync(string definitionId, HttpContext http, DefinitionDesk desk, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        http.Drawer();
        return Show(await desk.RetractAsync(definitionId, http, cancellationToken), registry, http);
    }

    private static async Task<IResult> AnswerAsync(Saved saved, DefinitionDigests digests, ActivityRegistry registry, HttpContext http, CancellationToken cancellationToken) => ElsaJson.Answer(new
    {
        WorkflowDefinition = StudioForm.Of(saved.Definition, registry, http.Caller().MayDraw()),
        saved.AlreadyPublished,
        ConsumingWorkflowCount = (await digests.AllAsync(cancellationToken)).Values.Count(d => d.IsLatest && d.Uses.Values.Contains(saved.Definition.DefinitionId)),
        ValidationErrors = Array.Empty<object>(),
    });

    private static IResult Show(StoredDefinition stored, ActivityRegistry registry, HttpContext http) => ElsaJson.Answer(StudioForm.Of(stored, registry, http.Caller().MayDraw()));
}
