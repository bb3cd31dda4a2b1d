using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Approvals;

/// <summary>My approvals: the list, one with its document, and the answer.</summary>
internal static class ApprovalRoutes
{
    private const string FieldPrefix = "field.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/approvals", ListAsync);
        routes.MapGet("/approvals/{taskId}", ShowAsync);
        routes.MapPost("/approvals/{taskId}", DoAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, BoardPages pages, TaskQuery query, TaskDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var all = await query.ListAsync(context.Caller(), cancellationToken);
        var who = context.Request.Query.Text("who") is "others" or "all" ? context.Request.Query.Text("who") : "mine";
        var older = context.Request.Query.Number("older");
        var before = older is { } days ? clock.GetUtcNow().AddDays(-days) : (DateTimeOffset?)null;
        var shown = all.Where(t => (who == "all" || t.IsMine == (who == "mine")) && (before is null || t.Since < before)).ToList();
        var done = await DoneAsync(context, desk, cancellationToken);
        return pages.Show<ApprovalListPage>(context, new ApprovalListView(shown, who, older, all.Count(t => t.IsMine), all.Count(t => !t.IsMine), done));
    }

    private static async Task<IResult> ShowAsync(
        string taskId, HttpContext context, BoardPages pages, TaskQuery query, TaskDesk desk, DirectoryCache directory, DocumentQuery documents, CancellationToken cancellationToken)
    {
        var row = await desk.FindAsync(taskId, cancellationToken);
        return pages.Show<ApprovalPage>(context, await ViewAsync(context, row, new Typed("", [], NewKey(), null), query, desk, directory, documents, cancellationToken));
    }

    private static async Task<IResult> DoAsync(
        string taskId, HttpContext context, BoardPages pages, TaskQuery query, TaskDesk desk, DirectoryCache directory, DocumentQuery documents, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var outcome = form["outcome"].ToString();
        var comment = form["comment"].ToString();
        var key = form["key"].ToString() is { Length: > 0 and <= 64 } given ? given : NewKey();
        var fields = form.Where(f => f.Key.StartsWith(FieldPrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[FieldPrefix.Length..], f => f.Value.ToString().Trim());
        var row = await desk.FindAsync(taskId, cancellationToken);
        try
        {
            // The key is the caller's own: nobody gets an answer by sending somebody else's.
            using var deed = audit.Begin(caller, "task", taskId, $"{outcome}: {row.Title}");
            await desk.DoAsync(taskId, new TaskAnswer(outcome, comment, fields.Count > 0 ? fields : null), caller.Account, $"board:{caller.Account.Name}:{taskId}:{key}", cancellationToken);
        }
        catch (OfficeProblem problem)
        {
            var now = await desk.FindAsync(taskId, cancellationToken);
            var view = await ViewAsync(context, now, new Typed(comment, fields, key, ProblemView.Of(problem)), query, desk, directory, documents, cancellationToken);
            return pages.Show<ApprovalPage>(context, view, problem.Status);
        }

        var next = (await query.ListAsync(caller, cancellationToken)).FirstOrDefault(t => t.IsMine && t.Id != taskId);
        return Results.LocalRedirect(next is null ? Query.With("/approvals", ("done", taskId)) : Query.With($"/approvals/{Uri.EscapeDataString(next.Id)}", ("done", taskId)));
    }

    private sealed record Typed(string Comment, Dictionary<string, string> Fields, string Key, ProblemView? Problem);

    private static async Task<TaskView> ViewAsync(
        HttpContext context, TaskRow row, Typed typed, TaskQuery query, TaskDesk desk, DirectoryCache directory, DocumentQuery documents, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var people = directory.Current;
        var task = TaskDesk.Read(row);
        var line = TaskQuery.Line(row, caller, people);
        var seesTerms = caller.MaySeeRates(people.Person(task.Subject)?.DepartmentId);
        var visible = task.Detail.Where(d => seesTerms || !d.IsDealTerm).ToList();
        var mine = (await query.ListAsync(caller, cancellationToken)).Where(t => t.IsMine).ToList();
        var (document, note) = await documents.ViewAsync(task.DocumentId, caller, cancellationToken);
        return new TaskView(
            line,
            [.. task.Outcomes.Select(o => new OutcomeView(o.Name, o.NeedsReason))],
            [.. visible.Where(d => !IsChange(d.Label)).Select(d => new DetailLine(d.Label, d.Value))],
            [.. visible.Where(d => IsChange(d.Label)).Select(d => new DetailLine(d.Label[ChangePrefix.Length..].Trim(), d.Value))],
            task.Detail.Count - visible.Count,
            seesTerms ? [.. task.Fields.Select(f => new FieldView(
                f.Name, f.Label, f.Type, typed.Fields.GetValueOrDefault(f.Name, f.Value ?? ""), [.. f.Options.Select(o => new Choice(o, o))]))] : [],
            document, note,
            row.State == "open" ? TaskDesk.WhyNot(row, caller.Account) : null,
            row.State == "open" ? null : new EndedView(row.DoneBy, row.Outcome, seesTerms ? row.Comment : null, row.DoneAt),
            typed.Comment, typed.Key, typed.Problem,
            await DoneAsync(context, desk, cancellationToken),
            mine.FindIndex(t => t.Id == row.Id) + 1, mine.Count);
    }

    private const string ChangePrefix = "Changed:";

    private static bool IsChange(string label) => label.StartsWith(ChangePrefix, StringComparison.Ordinal);

    /// <summary>The task done just before, as the address says; nothing when the address is made up.</summary>
    private static async Task<DoneNote?> DoneAsync(HttpContext context, TaskDesk desk, CancellationToken cancellationToken)
    {
        if (context.Request.Query.Text("done") is not { Length: > 0 } id)
            return null;

        try
        {
            return await desk.FindAsync(id, cancellationToken) is { State: "done", Outcome: { } outcome } row ? new DoneNote(row.Title, outcome, row.InstanceId) : null;
        }
        catch (OfficeProblem)
        {
            return null;
        }
    }

    private static string NewKey() => Secrets.NewToken()[..22];
}
