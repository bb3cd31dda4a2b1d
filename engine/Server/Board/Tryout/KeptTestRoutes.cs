using System.Text;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;
using JsonText = ProductionOffice.Server.Commands.JsonText;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>The kept tests of a workflow: run on a version, renamed, deleted, saved as files.</summary>
internal static class KeptTestRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/{definitionId}/tests", ShowAsync);
        routes.MapPost("/workflows/{definitionId}/tests/{id}", ChangeAsync);
        routes.MapGet("/workflows/{definitionId}/tests/{id}/file", DownloadAsync);
    }

    private static async Task<IResult> ShowAsync(string definitionId, HttpContext context, BoardPages pages, TryoutParts parts, KeptTests tests, CancellationToken cancellationToken)
    {
        TryoutDesk.Need(context);
        return pages.Show<KeptTestsPage>(context, await ViewAsync(definitionId, context.Request.Query, parts, tests, null, "", null, cancellationToken));
    }

    private static async Task<IResult> ChangeAsync(
        string definitionId, string id, HttpContext context, BoardPages pages, TryoutParts parts, KeptTests tests, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        try
        {
            var test = await tests.FindAsync(definitionId, id, cancellationToken);
            using var deed = audit.Begin(caller, sent["do"] == "delete" ? "delete-test" : "rename-test", definitionId, test.Name);
            if (sent["do"] == "delete")
                await tests.DeleteAsync(definitionId, id, cancellationToken);
            else
                await tests.RenameAsync(definitionId, id, sent["name"].ToString(), cancellationToken);
        }
        catch (OfficeProblem problem)
        {
            return pages.Show<KeptTestsPage>(context, await ViewAsync(definitionId, context.Request.Query, parts, tests, id, sent["name"].ToString(), ProblemView.Of(problem), cancellationToken), problem.Status);
        }

        return Results.LocalRedirect(Query.With($"/workflows/{Uri.EscapeDataString(definitionId)}/tests", ("done", sent["do"] == "delete" ? "deleted" : "renamed")));
    }

    private static async Task<IResult> DownloadAsync(string definitionId, string id, HttpContext context, TryoutParts parts, KeptTests tests, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        if (!caller.MaySeeRates(null))
            throw OfficeProblem.NotAllowed($"A kept test holds the terms of those it is about, which are not open to {caller.Account.DisplayName}.", "Ask the UPM for the file.");
        var test = await tests.FindAsync(definitionId, id, cancellationToken);
        var definition = await parts.Desk.FindAsync(definitionId, context.Request.Query.Text("version"), cancellationToken);
        var file = await tests.ExportAsync(test, definition.Json, cancellationToken);
        return Results.File(Encoding.UTF8.GetBytes(JsonText.Indented(file)), "application/json", DocumentRoutes.SafeName($"{definitionId} - {test.Name}.json"));
    }

    private static async Task<KeptTestsView> ViewAsync(
        string definitionId, IQueryCollection q, TryoutParts parts, KeptTests tests, string? changed, string typed, ProblemView? problem, CancellationToken cancellationToken)
    {
        var definition = await parts.Desk.FindAsync(definitionId, q.Text("version"), cancellationToken);
        var report = q.Flag("run") ? await tests.RunAsync(definition.Json, cancellationToken) : null;
        var rows = await tests.ListAsync(definitionId, cancellationToken);
        return new KeptTestsView(
            await parts.Query.WorkflowAsync(definition, cancellationToken),
            [.. rows.Select(r => new KeptTestLine(
                r.Id, r.Name, r.KeptAt, parts.Directory.Current.Account(r.KeptBy)?.DisplayName ?? r.KeptBy, Words(r, definition.Json), report?.Results.FirstOrDefault(t => t.Id == r.Id)?.Breaks, changed == r.Id ? typed : r.Name))],
            report is not null, q.Text("done") switch { "deleted" => "Deleted.", "renamed" => "Renamed.", _ => null }, problem);
    }

    private static string Words(KeptTestRow row, string definition) =>
        string.Join(", then ", OfficeCase.ReadPlan(KeptTests.Read(row)).Steps.Select(s => StepWords.Of(s, definition))) is { Length: > 0 } words ? words : "only the start";
}
