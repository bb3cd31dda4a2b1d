using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Documents;

/// <summary>The library and the files.</summary>
internal static class DocumentRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/documents", async (HttpContext context, BoardPages pages, DocumentQuery query, CancellationToken cancellationToken) =>
        {
            var q = context.Request.Query;
            return pages.Show<DocumentListPage>(context, await query.ListAsync(q.Text("kind"), q.Text("state"), q.Text("q"), context.Caller(), cancellationToken));
        });
        routes.MapGet("/documents/{documentId}/file", DownloadAsync);
    }

    private static async Task<IResult> DownloadAsync(string documentId, HttpContext context, DocumentQuery query, DocumentFiles files, AuditTrail audit, CancellationToken cancellationToken)
    {
        var row = await query.FindAsync(documentId, context.Caller(), cancellationToken);
        Stream file;
        try
        {
            file = files.Open(row.Sha256);
        }
        catch (IOException)
        {
            throw new OfficeProblem(404, "file-missing", $"The file of {row.Name} is missing from the documents folder.", "Restore it from the backup.");
        }

        if (row.HasDealTerms)
            await audit.AddAsync(context.Caller(), "document", row.Id, row.Name, cancellationToken);
        return Results.Stream(file, row.ContentType, SafeName(row.Name));
    }

    /// <summary>A file name that every system takes, without parts of a path or control characters.</summary>
    internal static string SafeName(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '-' : c)).Trim('.', ' ');
        return safe.Length > 0 ? safe : "document";
    }
}
