using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/docs</c>: documents the office has made; those with deal terms only for those who may see them.</summary>
internal static class DocumentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/docs", ListAsync);
        api.MapGet("/docs/{id}", ShowAsync);
        api.MapGet("/docs/{id}/content", ContentAsync);
        api.MapGet("/crew-list", (CrewList list) => list.Answer());
    }

    /// <summary>Newest first. <c>instance</c> and <c>person</c> narrow.</summary>
    private static async Task<IResult> ListAsync(HttpContext http, WorkflowStore store, DirectoryCache cache, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        var (instance, person) = (ApiBody.Text(http, "instance"), ApiBody.Text(http, "person"));
        await using var context = await store.ReadAsync(cancellationToken);
        var rows = await context.Documents
            .Where(d => (instance == null || d.InstanceId == instance) && (person == null || d.Subject == person))
            .OrderByDescending(d => d.CreatedAt).ThenBy(d => d.Id).ToListAsync(cancellationToken);
        return OfficeApi.Answer(rows.Where(d => Sees(caller, d, cache)).Select(DocumentJson.Of));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache cache, CancellationToken cancellationToken) =>
        OfficeApi.Answer(DocumentJson.Of(await FindAsync(id, http, store, cache, cancellationToken)));

    private static async Task<IResult> ContentAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache cache, DocumentFiles files, CancellationToken cancellationToken)
    {
        var document = await FindAsync(id, http, store, cache, cancellationToken);
        try
        {
            return Results.File(files.Open(document.Sha256), document.ContentType, document.Name);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OfficeProblem(500, "document-lost", $"The file of '{document.Name}' ({document.Sha256}) is not in the data folder.", "Check with 'office doctor', then bring it back from a backup.");
        }
    }

    private static async Task<DocumentRow> FindAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache cache, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        await using var context = await store.ReadAsync(cancellationToken);
        var row = await context.Documents.FirstOrDefaultAsync(d => d.Id == id, cancellationToken)
            ?? throw OfficeProblem.NotFound("document", id, "List them with 'office doc list'.");
        return Sees(caller, row, cache) ? row
            : throw OfficeProblem.NotAllowed($"This document shows deal terms, which {caller.Account.DisplayName} may not see.", "Ask the coordinator or the UPM.");
    }

    private static bool Sees(Caller caller, DocumentRow document, DirectoryCache cache) =>
        !document.HasDealTerms || caller.SeesTermsOf(document.Subject, cache.Current);
}
