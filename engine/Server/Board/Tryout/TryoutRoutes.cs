using System.Globalization;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;
using static ProductionOffice.Server.Board.Tryout.TryoutQuery;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>Trying a workflow on a clock of its own: begin, choose outcomes, let time pass, take back, keep as a test. Nothing is sent or stored but the kept test.</summary>
internal static class TryoutRoutes
{
    private const string FieldPrefix = "field.";
    private const int MostSteps = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/{definitionId}/try", ShowStartAsync);
        routes.MapPost("/workflows/{definitionId}/try", StartAsync);
        routes.MapGet("/workflows/{definitionId}/try/{session}", ShowAsync);
        routes.MapPost("/workflows/{definitionId}/try/{session}", DoAsync);
        routes.MapGet("/workflows/{definitionId}/try/{session}/documents/{number}", DownloadAsync);
    }

    private static async Task<IResult> ShowStartAsync(string definitionId, HttpContext context, BoardPages pages, TryoutParts parts, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        var q = context.Request.Query;
        var definition = await parts.Desk.FindAsync(definitionId, q.Text("version"), cancellationToken);
        var start = parts.Start(definition);
        return pages.Show<TryoutStartPage>(context, await parts.StartViewAsync(
            definition, start, name => q.ContainsKey(name) ? q.Text(name) : q.Flag("sample") ? start.Sample(name) : null, [], TryoutStart.DefaultBy(caller, parts.Directory.Current), "", null, cancellationToken));
    }

    private static async Task<IResult> StartAsync(string definitionId, HttpContext context, BoardPages pages, TryoutParts parts, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var definition = await parts.Desk.FindAsync(definitionId, sent["version"].ToString(), cancellationToken);
        var start = parts.Start(definition);
        var (plan, problems) = start.Parse(name => sent["in." + name].ToString(), sent["by"].ToString(), sent["on"].ToString(), parts.Directory.Zone);
        if (problems.Count > 0)
        {
            var problem = new ProblemView(problems.Count == 1 ? "One box needs a look." : $"{problems.Count} boxes need a look.", "What you typed is still here.");
            return pages.Show<TryoutStartPage>(context, await parts.StartViewAsync(definition, start, name => sent["in." + name].ToString(), problems, sent["by"].ToString(), sent["on"].ToString(), problem, cancellationToken), 422);
        }

        return Go(parts.Sessions.Open(caller.Account.Name, definitionId, definition.Version, plan), null);
    }

    private static async Task<IResult> ShowAsync(string definitionId, string session, HttpContext context, BoardPages pages, TryoutParts parts, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        var found = Find(parts, definitionId, session, caller);
        return await PageAsync(context, pages, parts, caller, found, Typed.Nothing with { Notice = Notice(context.Request.Query.Text("done")) }, 200, cancellationToken);
    }

    private static async Task<IResult> DoAsync(string definitionId, string session, HttpContext context, BoardPages pages, TryoutParts parts, KeptTests tests, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        // The page carries its try-out along: what this office no longer remembers is not lost.
        var found = parts.Sessions.Find(session, caller.Account.Name) ?? parts.Sessions.Unseal(sent["seal"].ToString(), caller.Account.Name);
        if (found is null || found.Id != session || found.DefinitionId != definitionId)
            throw Gone(definitionId);
        var typed = new Typed(
            sent["wait"].ToString(), sent["comment"].ToString(),
            sent.Where(f => f.Key.StartsWith(FieldPrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[FieldPrefix.Length..], f => f.Value.ToString().Trim()), sent["name"].ToString(), null, null);
        try
        {
            if (sent["steps"].ToString() != found.Plan.Steps.Count.ToString(CultureInfo.InvariantCulture))
                throw new OfficeProblem(409, "page-old", "This page was older than the try-out.", "Nothing was done. This is how it stands now; what you typed is still here where the same is asked.");
            switch (sent["do"].ToString())
            {
                case "back":
                    return Go(await BackAsync(parts, found, cancellationToken), "back");
                case "over":
                    return Go(parts.Sessions.Keep(found with { Plan = found.Plan.Before(0), TakenBack = null }), "over");
                case "keep":
                    using (audit.Begin(caller, "keep-test", definitionId, typed.KeepName.Trim()))
                        await tests.KeepAsync(definitionId, found.Plan, await SettingAsync(parts, found, cancellationToken), typed.KeepName, caller.Account.Name, cancellationToken);
                    return Go(found, "kept");
                default:
                    return Go(await StepAsync(parts, found, Read(sent, typed), cancellationToken), null);
            }
        }
        catch (OfficeProblem problem)
        {
            return await PageAsync(context, pages, parts, caller, found, typed with { Problem = ProblemView.Of(problem) }, problem.Status, cancellationToken);
        }
    }

    private static async Task<IResult> DownloadAsync(string definitionId, string session, string number, HttpContext context, TryoutParts parts, CancellationToken cancellationToken)
    {
        var caller = TryoutDesk.Need(context);
        var found = Find(parts, definitionId, session, caller);
        var run = await TryoutRun.PlayAsync(await SettingAsync(parts, found, cancellationToken), found.Plan, null, cancellationToken);
        var row = (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? run.Stage.Effects.Documents.ElementAtOrDefault(n) : null)
            ?? throw OfficeProblem.NotFound("document of this try-out", number, "Steps may have been taken back since: go back to the try-out.");
        if (row.HasDealTerms && !SeesTerms(caller, await run.InstanceAsync(), found, run.Stage.Directory))
            throw OfficeProblem.NotAllowed($"'{row.Name}' shows deal terms, which are not open to {caller.Account.DisplayName}.", "Try with somebody made up.");
        return Results.Stream(run.Stage.Effects.Open(row), row.ContentType, DocumentRoutes.SafeName("Sample - " + row.Name));
    }

    private static TryoutStep Read(IFormCollection sent, Typed typed)
    {
        if (sent["pass"].ToString() is { Length: > 0 } pass)
            return new TryoutStep(TryoutStep.Pass) { Days = int.TryParse(pass, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? Math.Min(days, 366) : 0 };
        if (sent["do"].ToString() == "cancel")
            return new TryoutStep(TryoutStep.Cancel) { Comment = TaskDesk.Trim(typed.Comment) };

        var (index, activity) = typed.Wait?.Split(':', 2) is [var number, var id] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (n, id) : (0, typed.Wait);
        return new TryoutStep(TryoutStep.Answer)
        {
            ActivityId = activity,
            Index = index,
            Choice = sent["choice"].ToString(),
            Comment = TaskDesk.Trim(typed.Comment),
            Fields = typed.Fields.Count > 0 ? typed.Fields : null,
        };
    }

    /// <summary>Adds a step that can be played; one that cannot leaves the try-out as it is.</summary>
    private static async Task<TryoutSession> StepAsync(TryoutParts parts, TryoutSession session, TryoutStep step, CancellationToken cancellationToken)
    {
        if (session.Plan.Steps.Count >= MostSteps)
            throw new OfficeProblem(422, "too-many-steps", $"A try-out has at most {MostSteps} steps.", "Start over, or take some back.");

        var longer = session.Plan.With(step);
        var run = await TryoutRun.PlayAsync(await SettingAsync(parts, session, cancellationToken), longer, null, cancellationToken);
        return run.Problem is { } problem ? throw problem : parts.Sessions.Keep(session with { Plan = longer, TakenBack = null });
    }

    /// <summary>Takes the last step back, or all from the first that can no longer be played.</summary>
    private static async Task<TryoutSession> BackAsync(TryoutParts parts, TryoutSession session, CancellationToken cancellationToken)
    {
        var run = await TryoutRun.PlayAsync(await SettingAsync(parts, session, cancellationToken), session.Plan, null, cancellationToken);
        var keep = run.Problem is null ? Math.Max(0, session.Plan.Steps.Count - 1) : run.Done;
        return parts.Sessions.Keep(session with { Plan = session.Plan.Before(keep), TakenBack = session.Plan.Steps.ElementAtOrDefault(keep) });
    }

    private static async Task<IResult> PageAsync(HttpContext context, BoardPages pages, TryoutParts parts, Caller caller, TryoutSession session, Typed typed, int status, CancellationToken cancellationToken)
    {
        var definition = await DefinitionAsync(parts, session, cancellationToken);
        var run = await TryoutRun.PlayAsync(await parts.Desk.SettingAsync(definition.Json, cancellationToken), session.Plan, null, cancellationToken);
        var view = await ViewAsync(await parts.Query.WorkflowAsync(definition, cancellationToken), session, run, definition.Json, parts.Sessions.Seal(session), caller, typed);
        return pages.Show<TryoutPage>(context, view, status);
    }

    private static async Task<TryoutSetting> SettingAsync(TryoutParts parts, TryoutSession session, CancellationToken cancellationToken) =>
        await parts.Desk.SettingAsync((await DefinitionAsync(parts, session, cancellationToken)).Json, cancellationToken);

    /// <summary>The version that is tried as it stands now: a draft that was changed meanwhile is played again as it is.</summary>
    private static Task<StoredDefinition> DefinitionAsync(TryoutParts parts, TryoutSession session, CancellationToken cancellationToken) =>
        parts.Desk.FindAsync(session.DefinitionId, session.Version.ToString(CultureInfo.InvariantCulture), cancellationToken);

    private static TryoutSession Find(TryoutParts parts, string definitionId, string session, Caller caller) =>
        parts.Sessions.Find(session, caller.Account.Name) is { } found && found.DefinitionId == definitionId ? found : throw Gone(definitionId);

    private static OfficeProblem Gone(string definitionId) =>
        new(404, "tryout-gone", "This try-out is over: it is kept for some hours, and for who began it.", $"Begin a new one under /workflows/{definitionId}/try.");

    private static IResult Go(TryoutSession session, string? done) =>
        Results.LocalRedirect(Query.With($"/workflows/{Uri.EscapeDataString(session.DefinitionId)}/try/{Uri.EscapeDataString(session.Id)}", ("done", done)) + "#here");

    private static string? Notice(string done) => done switch
    {
        "back" => "Taken back. It is as if that step had never been done.",
        "over" => "Started over with the same input.",
        "kept" => "Kept as a test of this workflow.",
        _ => null,
    };
}
