using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Instances;

/// <summary>Workflows that run or ran: the list, one with its timeline, withdrawing and retrying.</summary>
internal static class InstanceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/instances", async (HttpContext context, BoardPages pages, InstanceListQuery query, CancellationToken cancellationToken) =>
        {
            var q = context.Request.Query;
            return pages.Show<InstanceListPage>(context, await query.ListAsync(q.Text("workflow"), q.Text("state"), q.Text("q"), cancellationToken));
        });
        routes.MapGet("/i/{id}", async (string id, HttpContext context, BoardPages pages, InstanceQuery query, CancellationToken cancellationToken) =>
            pages.Show<InstancePage>(context, await query.ReadAsync(id, context.Caller(), "", null, Notice(context.Request.Query.Text("done")), cancellationToken)));
        routes.MapPost("/i/{id}/withdraw", WithdrawAsync);
        routes.MapPost("/i/{id}/retry", RetryAsync);
    }

    private static string? Notice(string done) => done switch
    {
        "started" => "Started. What happens next stands below.",
        "withdrawn" => "Withdrawn. Those who were asked are told.",
        "retried" => "It is trying again. Reload in a moment.",
        _ => null,
    };

    private static async Task<IResult> WithdrawAsync(string id, HttpContext context, BoardPages pages, InstanceQuery query, WorkflowDesk desk, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var reason = (await context.Request.ReadFormAsync(cancellationToken))["reason"].ToString().Trim();
        try
        {
            if (reason.Length == 0)
                throw new OfficeProblem(422, "reason-missing", "Withdrawing needs a reason.", "Say why in a few words; who asked will read them.");
            using var deed = audit.Begin(caller, "withdraw", id, reason);
            await desk.WithdrawAsync(id, caller.Account, reason, cancellationToken);
        }
        catch (OfficeProblem problem) when (problem.Status != 404)
        {
            return pages.Show<InstancePage>(context, await query.ReadAsync(id, caller, reason, ProblemView.Of(problem), null, cancellationToken), problem.Status);
        }

        return Results.LocalRedirect($"/i/{Uri.EscapeDataString(id)}?done=withdrawn");
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, WorkflowDesk desk, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        if (!InstanceQuery.MayRetry(caller))
            throw OfficeProblem.NotAllowed($"{caller.Account.DisplayName} may not retry this.", "Ask the coordinator or the UPM.");

        using var deed = audit.Begin(caller, "retry", id, null);
        await desk.RetryAsync(id, caller.Account, cancellationToken);
        return Results.LocalRedirect($"/i/{Uri.EscapeDataString(id)}?done=retried");
    }
}
