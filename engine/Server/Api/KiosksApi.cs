using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/kiosks</c>: the office's side of its front desks.</summary>
internal static class KiosksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/kiosks", ListAsync);
        api.MapPost("/kiosk/pairing-code", PairAsync);
    }

    private static async Task<IResult> ListAsync(WorkflowStore store, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var records = await context.KioskEvents.GroupBy(e => e.Kiosk)
            .Select(g => new { g.Key, Count = g.Count(), Rejected = g.Count(e => e.Result == "rejected") }).ToDictionaryAsync(g => g.Key, cancellationToken);
        var rows = await context.Kiosks.OrderBy(k => k.PairedAt).ToListAsync(cancellationToken);
        return OfficeApi.Answer(rows.Select(k => new KioskJson(
            k.Id, k.Name, k.PairedAt, k.LastSeenAt, k.RevokedAt, records.GetValueOrDefault(k.Id)?.Count ?? 0, records.GetValueOrDefault(k.Id)?.Rejected ?? 0)));
    }

    /// <summary>The code is a secret: no answer is kept, a repeated call makes a new one and the old one ends.</summary>
    private static async Task<IResult> PairAsync(HttpContext http, KioskDesk desk, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        caller.Need("pair a front desk", OfficeRoles.ProductionCoordinator, OfficeRoles.UnitProductionManager);
        var made = clock.GetUtcNow();
        using var deed = audit.Begin(caller, "make-pairing-code", "kiosk", null);
        var code = await desk.NewPairingCodeAsync(cancellationToken);
        return OfficeApi.Answer(new PairingCodeJson(code, made.AddMinutes(10)));
    }
}
