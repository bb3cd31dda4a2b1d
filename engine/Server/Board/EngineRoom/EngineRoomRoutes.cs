using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.EngineRoom;

/// <summary>The machinery, for those who run the office.</summary>
internal static class EngineRoomRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/engine-room", async (HttpContext context, BoardPages pages, EngineRoomQuery query, CancellationToken cancellationToken) =>
        {
            Need(context);
            return pages.Show<EngineRoomPage>(context, await query.ReadAsync(context.Request.Query.Text("done") == "retried" ? "It is trying again. Reload in a moment." : null, cancellationToken));
        });
        routes.MapPost("/engine-room/retry", async (HttpContext context, RepairDesk desk, AuditTrail audit, CancellationToken cancellationToken) =>
        {
            var caller = Need(context);
            var id = (await context.Request.ReadFormAsync(cancellationToken))["id"].ToString();
            using var deed = audit.Begin(caller, "retry", id, null);
            await desk.RetryAsync(id, caller.Account.Name, cancellationToken);
            return Results.LocalRedirect("/engine-room?done=retried");
        });
    }

    private static Caller Need(HttpContext context)
    {
        var caller = context.Caller();
        return caller.IsOwner || InstanceQuery.MayRetry(caller) ? caller : throw OfficeProblem.NotAllowed("The engine room is for the coordinator and the UPM.", "Ask one of them.");
    }
}
