using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Lets a paired front desk in by its device token; asked only under <c>/kiosk/v1</c>, so that a stolen desk reads nothing else.</summary>
internal sealed class KioskToken(KioskDesk kiosks, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerTokens.Read(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await kiosks.FindByTokenAsync(token, Context.RequestAborted) is not { } kiosk)
            return AuthenticateResult.Fail("Not the token of a paired desk.");

        Context.Items[typeof(KioskRow)] = kiosk;
        return AuthenticateResult.Success(new AuthenticationTicket(OfficeClaims.Make(OfficeClaims.Kiosk, (OfficeClaims.Name, kiosk.Id)), Scheme.Name));
    }
}

/// <summary>The <c>Authorization: Bearer</c> header.</summary>
internal static class BearerTokens
{
    private const string Prefix = "Bearer ";

    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && header[Prefix.Length..].Trim() is { Length: > 0 } token
            ? token : null;

    /// <summary>The desk whose token came with the request.</summary>
    public static KioskRow Kiosk(this HttpContext context) => context.Items[typeof(KioskRow)] as KioskRow
        ?? throw new OfficeProblem(401, "desk-unknown", "This desk is not paired with the office, or was taken off.", "Pair it again with a new code from Settings.");
}
