using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/parked</c>: what was set aside for a person, of every kind, and trying it again.</summary>
internal static class ParkedApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/parked", ListAsync);
        api.MapPost("/parked/retry", RetryAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RepairDesk desk, CancellationToken cancellationToken)
    {
        Need(http);
        return OfficeApi.Answer(await desk.ListAsync(cancellationToken));
    }

    private static async Task<IResult> RetryAsync(HttpContext http, RepairDesk desk, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = Need(http);
        var id = (await ApiBody.ReadAsync<Chosen>(http)).Id ?? "";
        using var deed = audit.Begin(caller, "retry", id, null);
        await desk.RetryAsync(id, caller.Account.Name, cancellationToken);
        return OfficeApi.Answer(new { id, retried = true });
    }

    private static Caller Need(HttpContext http)
    {
        var caller = http.Caller();
        return caller.IsPlainOwner() || InstanceQuery.MayRetry(caller) ? caller : throw OfficeProblem.NotAllowed("What was set aside is for the coordinator and the UPM.", "Ask one of them.");
    }

    private sealed record Chosen(string? Id);
}
