using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Documents;

/// <summary>Documents as lists and decisions show them; those with deal terms only for roles that may see them.</summary>
internal sealed class DocumentQuery(WorkflowStore store, DirectoryCache directory, DocumentFiles files)
{
    private const int Most = 500;

    public async Task<DocumentListView> ListAsync(string kind, string state, string search, Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var kinds = await context.Documents.Select(d => d.Kind).Distinct().OrderBy(k => k).ToListAsync(cancellationToken);
        var rows = context.Documents.Where(d => kind == "" || d.Kind == kind);
        rows = state switch
        {
            "all" => rows,
            "" => rows.Where(d => d.State != "superseded" && d.State != "void"),
            _ => rows.Where(d => d.State == state),
        };
        if (search.Length > 0)
        {
            var people = directory.Current.People.Where(p => p.Name.Contains(search, StringComparison.OrdinalIgnoreCase)).Select(p => p.Id).ToList();
            rows = rows.Where(d => EF.Functions.Like(d.Name, $"%{search.Replace("%", "", StringComparison.Ordinal)}%") || (d.Subject != null && people.Contains(d.Subject)));
        }

        var found = await rows.OrderByDescending(d => d.CreatedAt).ThenBy(d => d.Id).Take(Most).ToListAsync(cancellationToken);
        var total = found.Count < Most ? found.Count : await rows.CountAsync(cancellationToken);
        return new DocumentListView(
            [.. found.Select(d => Line(d, caller, directory.Current))], total,
            [.. kinds.Select(k => new Choice(k, PaperworkKind.NameOf(k)))], kind, state, search);
    }

    /// <summary>The document beside a decision, or the reason why none is shown.</summary>
    public async Task<(DocumentView? View, string? Note)> ViewAsync(string? documentId, Caller caller, CancellationToken cancellationToken)
    {
        if (documentId is null)
            return (null, "There is no document yet: it is made when this is decided.");

        await using var context = await store.ReadAsync(cancellationToken);
        if (await context.Documents.FirstOrDefaultAsync(d => d.Id == documentId, cancellationToken) is not { } row)
            return (null, "The document is being made. Reload in a moment.");

        var line = Line(row, caller, directory.Current);
        if (!line.MayOpen)
            return (null, "The document shows deal terms, which are not open to your role.");

        try
        {
            await using var file = files.Open(row.Sha256);
            return (new DocumentView(line, row.Name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase) ? WordText.Read(file) : []), null);
        }
        catch (IOException)
        {
            return (null, $"The file of {row.Name} is missing from the documents folder. Restore it from the backup.");
        }
    }

    /// <summary>The row of a document the caller may open.</summary>
    /// <exception cref="OfficeProblem">There is none, or it shows deal terms and the role may not see them.</exception>
    public async Task<DocumentRow> FindAsync(string documentId, Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var row = await context.Documents.FirstOrDefaultAsync(d => d.Id == documentId, cancellationToken)
            ?? throw OfficeProblem.NotFound("document", documentId, "Look under Documents.");
        return MayOpen(row, caller, directory.Current)
            ? row
            : throw OfficeProblem.NotAllowed($"'{row.Name}' shows deal terms, which are not open to {caller.Account.DisplayName}.", "Ask the coordinator or the UPM.");
    }

    public static DocumentLine Line(DocumentRow row, Caller caller, OfficeDirectory people)
    {
        var person = people.Person(row.Subject);
        return new DocumentLine(
            row.Id, row.Name, PaperworkKind.NameOf(row.Kind), row.Version, Mark(row.State), row.State is not ("superseded" or "void"),
            person?.Id, person?.Name, row.InstanceId, row.CreatedAt, row.Size, MayOpen(row, caller, people));
    }

    private static bool MayOpen(DocumentRow row, Caller caller, OfficeDirectory people) => !row.HasDealTerms || caller.MaySeeRates(people.Person(row.Subject)?.DepartmentId);

    private static StateView Mark(string state) => state switch
    {
        "superseded" => new StateView("–", StateWord(state), "idle"),
        "void" => new StateView("✕", StateWord(state), "idle"),
        "executed" => new StateView("●", StateWord(state), "ok"),
        "issued" => new StateView("◔", StateWord(state), "waiting"),
        _ => StateView.Waiting(StateWord(state)),
    };

    private static string StateWord(string state) => state switch
    {
        "issued" => "Issued",
        "awaitingSignature" => "Out for signature",
        "awaitingCountersignature" => "Waiting: counter-signature",
        "executed" => "Signed and filed",
        "superseded" => "Replaced",
        "void" => "Void",
        _ => PaperworkState.Of(state).Word,
    };
}
