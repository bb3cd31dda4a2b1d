using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/sign-in-links</c>: links that sign in once, made by the machine's owner.</summary>
internal static class SignInLinksApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/sign-in-links", MakeAsync);

    /// <summary>The link is a secret: no answer is kept, a repeated call makes another.</summary>
    private static async Task<IResult> MakeAsync(HttpContext http, SignInLinks links, DirectoryCache cache, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        if (!caller.IsOwner)
            throw OfficeProblem.NotAllowed("Only the owner of the machine makes sign-in links.", "Run 'office sign-in-link' on the machine of the office.");

        var name = (await ApiBody.ReadAsync<MakeLink>(http)).Account ?? caller.Account.Name;
        var account = cache.Current.Account(name)
            ?? throw OfficeProblem.NotFound("account", name, $"Accounts are {string.Join(", ", cache.Current.Accounts.Select(a => a.Name))}.");
        var expires = clock.GetUtcNow() + SignInLinks.Life;
        var token = await links.NewOwnerAsync(account.Name, cancellationToken);
        await audit.AddAsync(Caller.OwnerName, account.Name, "make-sign-in-link", account.Name, null, CancellationToken.None);
        return OfficeApi.Answer(new SignInLinkJson($"{http.Request.Scheme}://{http.Request.Host}/sign-in/link/{token}", account.Name, expires));
    }
}
