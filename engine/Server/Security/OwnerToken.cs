using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Lets the machine's owner in by the token that the server wrote into the data directory.</summary>
/// <remarks>The header <c>X-Office-As</c> names the account to act for.</remarks>
internal sealed class OwnerToken(WorkflowStore store, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>Key of the setting that holds the token's hash.</summary>
    public const string Setting = "owner.token";

    /// <summary>Header that names the account to act for.</summary>
    public const string AsHeader = "X-Office-As";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerTokens.Read(Request) is not { } token)
            return AuthenticateResult.NoResult();

        await using var context = await store.ReadAsync(Context.RequestAborted);
        var hashes = await context.Settings.Where(s => s.Key == Setting || s.Key.StartsWith(Setting + ":")).Select(s => s.Value).ToListAsync(Context.RequestAborted);
        var given = Secrets.Hash(token);
        if (!hashes.Any(hash => Secrets.Same(hash, given)))
            return AuthenticateResult.Fail("Not the owner's token.");

        var acting = Request.Headers[AsHeader].ToString().Trim();
        var principal = OfficeClaims.Make(OfficeClaims.Owner,
            (OfficeClaims.Name, Caller.OwnerName), (OfficeClaims.IsOwner, "yes"), (OfficeClaims.As, acting.Length > 0 ? acting.ToLowerInvariant() : Caller.OwnerName));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }
}
