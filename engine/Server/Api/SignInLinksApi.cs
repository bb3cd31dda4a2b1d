using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/sign-in-links</c>: links that sign in once, made by the machine's owner.</summary>
internal static class SignInLinksApi
{
    /// <summary>Whom the owner acts for at first.</summary>
    private const string OwnersStart = "upm";

    public static void Map(RouteGroupBuilder api) => api.MapPost("/sign-in-links", MakeAsync);

    /// <summary>The link is a secret: no answer is kept, a repeated call makes another.</summary>
    private static async Task<IResult> MakeAsync(HttpContext http, SignInLinks links, DirectoryCache cache, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        if (!caller.IsOwner)
            throw OfficeProblem.NotAllowed("Only the owner of the machine makes sign-in links.", "Run 'office sign-in-link' on the machine of the office.");

        // Without an account the link is the owner's, who may act for anybody; with one it is handed on, and lets in as nobody else.
        var given = (await ApiBody.ReadAsync<MakeLink>(http)).Account ?? (caller.ActingOwner is null ? null : caller.Account.Name);
        var name = given ?? OwnersStart;
        var account = cache.Current.Account(name)
            ?? throw OfficeProblem.NotFound("account", name, $"Accounts are {string.Join(", ", cache.Current.Accounts.Select(a => a.Name))}.");
        var expires = clock.GetUtcNow() + SignInLinks.Life;
        using var deed = audit.Begin(Caller.OwnerName, account.Name, "make-sign-in-link", _ => (account.Name, null));
        var token = given is null ? await links.NewOwnerAsync(account.Name, cancellationToken) : await links.NewAsync(account.Name, cancellationToken);
        return OfficeApi.Answer(new SignInLinkJson($"{http.Request.Scheme}://{http.Request.Host}/sign-in/link/{token}", account.Name, expires));
    }
}
