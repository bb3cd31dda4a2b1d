using System.Threading.RateLimiting;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/kiosk/v1</c>: what the front desks speak; wire records in <see cref="KioskEvent"/> and its neighbours.</summary>
/// <remarks>Takes a desk's own token and nothing else; that token opens nothing else.</remarks>
internal static class KioskApi
{
    private const int MostEvents = 100;

    public static void MapKioskApi(this WebApplication app)
    {
        var kiosk = app.MapGroup("/kiosk/v1").AllowAnonymous().AddEndpointFilter(ApiProblem.CatchAsync);
        kiosk.MapPost("/pair", PairAsync).AddEndpointFilter(new PairingBrake().CheckAsync);
        kiosk.MapPost("/events", TakeAsync);
        kiosk.MapGet("/reference", ReferenceAsync);
    }

    private static async Task<IResult> PairAsync(HttpContext http, KioskDesk desk, CancellationToken cancellationToken)
    {
        var request = await ApiBody.ReadLenientAsync<PairRequest>(http);
        if (request.Code is null)
            throw new OfficeProblem(422, "code-missing", "The request holds no pairing code.", "Make one with 'office kiosk pair' and type it at the desk.");
        return OfficeApi.Answer(await desk.PairAsync(request with { Name = request.Name ?? "" }, cancellationToken));
    }

    /// <summary>Answered when every record is durable; a record sent again is a duplicate and changes nothing.</summary>
    private static async Task<IResult> TakeAsync(HttpContext http, KioskDesk desk, CancellationToken cancellationToken)
    {
        var kiosk = http.Kiosk();
        var batch = await ApiBody.ReadLenientAsync<EventBatch>(http);
        if (batch.Events is null or { Count: > MostEvents } || batch.Events.Any(e => e?.Id is null || e.Type is null))
            throw new OfficeProblem(422, "batch-unreadable", $"A batch holds 'events', at most {MostEvents}, each with id and type.", "Send fewer at once, in order. Nothing was changed.");
        if (batch.Events.FirstOrDefault(e => e.Kiosk != kiosk.Id) is { } foreign)
            throw new OfficeProblem(422, "kiosk-mismatch", $"Record {foreign.Seq} is of desk '{foreign.Kiosk}', but the token is that of '{kiosk.Id}'.", "Was the desk's data copied from another? Pair this desk anew.");

        return OfficeApi.Answer(await desk.TakeAsync(kiosk, batch, cancellationToken));
    }

    /// <summary>304 when the desk already has this version.</summary>
    private static async Task<IResult> ReferenceAsync(HttpContext http, KioskDesk desk, CancellationToken cancellationToken)
    {
        _ = http.Kiosk();
        var data = await desk.ReferenceAsync(cancellationToken);
        return ApiBody.Text(http, "version") == data.Version ? Results.StatusCode(StatusCodes.Status304NotModified) : OfficeApi.Answer(data);
    }

    /// <summary>Ten tries a minute from one address: a code has five, and guessing must not wear the office out.</summary>
    private sealed class PairingBrake
    {
        private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));

        public async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            using var permit = _limiter.AttemptAcquire(context.HttpContext);
            return permit.IsAcquired
                ? await next(context)
                : throw new OfficeProblem(429, "too-many-tries", "Too many pairings were tried from here.", "Wait a minute, then type a new code.");
        }
    }
}
