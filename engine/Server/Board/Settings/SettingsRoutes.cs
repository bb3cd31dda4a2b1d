using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Settings;

/// <summary>Front desks, accounts and the audit.</summary>
internal static class SettingsRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/settings", async (HttpContext context, BoardPages pages, SettingsQuery query, CancellationToken cancellationToken) =>
            pages.Show<SettingsPage>(context, await query.ReadAsync(context.Caller(), null, null, null, cancellationToken)));
        routes.MapPost("/settings/pairing-code", NewPairingCodeAsync);
        routes.MapPost("/settings/kiosks/{id}/revoke", RevokeAsync);
        routes.MapPost("/settings/sign-in-links", NewLinkAsync);
    }

    private static async Task<IResult> NewPairingCodeAsync(HttpContext context, BoardPages pages, SettingsQuery query, KioskDesk kiosks, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = RequirePairing(context);
        using var deed = audit.Begin(caller, "pairing-code", "front desk", null);
        var code = await kiosks.NewPairingCodeAsync(cancellationToken);
        return pages.Show<SettingsPage>(context, await query.ReadAsync(caller, code, null, null, cancellationToken));
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, WorkflowStore store, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = RequirePairing(context);
        var found = false;
        using var deed = audit.Begin(caller, "desk-off", id, null);
        await store.WriteAsync(async db =>
        {
            if (await db.Kiosks.FindAsync([id], cancellationToken) is { } kiosk)
            {
                kiosk.RevokedAt ??= clock.GetUtcNow();
                found = true;
            }
        }, cancellationToken);
        if (!found)
            throw OfficeProblem.NotFound("front desk", id, "Reload the settings.");
        return Results.LocalRedirect("/settings");
    }

    private static async Task<IResult> NewLinkAsync(
        HttpContext context, BoardPages pages, SettingsQuery query, SignInLinks links, DirectoryCache directory, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var name = (await context.Request.ReadFormAsync(cancellationToken))["account"].ToString().Trim();
        var account = directory.Current.Account(name) ?? throw OfficeProblem.NotFound("account", name, "Choose one from the list.");
        if (!SettingsQuery.MayLink(caller, account))
            throw OfficeProblem.NotAllowed($"{caller.Account.DisplayName} may not let {account.DisplayName} in.", "The owner of the machine can, and the UPM for accounts below their own.");

        using var deed = audit.Begin(caller, "sign-in-link", account.Name, null);
        var token = await links.NewAsync(account.Name, cancellationToken);
        var address = $"{context.Request.Scheme}://{context.Request.Host}/sign-in/link/{token}";
        return pages.Show<SettingsPage>(context, await query.ReadAsync(caller, null, address, $"{account.DisplayName} ({account.Name})", cancellationToken));
    }

    private static Caller RequirePairing(HttpContext context)
    {
        var caller = context.Caller();
        return SettingsQuery.MayPair(caller) ? caller : throw OfficeProblem.NotAllowed($"{caller.Account.DisplayName} may not pair front desks.", "Ask the coordinator or the UPM.");
    }
}
