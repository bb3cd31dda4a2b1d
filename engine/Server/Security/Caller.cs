using System.Security.Claims;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Security;

/// <summary>Who asks, however they came in: with a session or with a token.</summary>
/// <param name="Account">The account that counts: what may be seen and done follows from it.</param>
/// <param name="ActingOwner">The machine's owner when they act for <paramref name="Account"/>; null when it is their own account.</param>
/// <param name="IsOwner">Whether they came with the owner's token or link, and may act for any account.</param>
internal sealed record Caller(Account Account, string? ActingOwner, bool IsOwner)
{
    /// <summary>Name of the owner, who stands in no list of accounts.</summary>
    public const string OwnerName = "owner";

    /// <summary>The owner acting for nobody: no roles, sees no deal terms.</summary>
    public static Account Owner { get; } = new(OwnerName, null, "Owner of this machine", [], null);

    /// <summary>Whether a person's deal terms may be shown.</summary>
    public bool MaySeeRates(string? departmentId) => OfficeRoles.MaySeeRates(Account, departmentId);

    /// <summary>Whether one of the roles is held.</summary>
    public bool IsAny(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (Account.Is(role))
                return true;
        }

        return false;
    }
}

internal static class CallerExtensions
{
    /// <summary>Who asks.</summary>
    /// <exception cref="OfficeProblem">Nobody is signed in, or the owner asks to act for an account that does not exist.</exception>
    public static Caller Caller(this HttpContext context)
    {
        if (context.Items[typeof(Caller)] is Caller known)
            return known;

        var caller = Read(context);
        context.Items[typeof(Caller)] = caller;
        return caller;
    }

    /// <summary>Who asks; null when nobody is signed in.</summary>
    public static Caller? CallerOrNull(this HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: OfficeClaims.Session or OfficeClaims.Owner } ? context.Caller() : null;

    private static Caller Read(HttpContext context)
    {
        var user = context.User;
        if (user.Identity is not { IsAuthenticated: true, AuthenticationType: OfficeClaims.Session or OfficeClaims.Owner })
            throw new OfficeProblem(401, "not-signed-in", "You are not signed in.", "Sign in on the board, or give the owner's token.");

        var directory = context.RequestServices.GetRequiredService<DirectoryCache>().Current;
        var isOwner = user.HasClaim(OfficeClaims.IsOwner, "yes");
        var name = user.FindFirstValue(OfficeClaims.As) ?? Security.Caller.OwnerName;
        if (isOwner && name == Security.Caller.OwnerName)
            return new Caller(Security.Caller.Owner, null, true);

        var account = directory.Account(name)
            ?? throw OfficeProblem.NotAllowed($"There is no account '{name}'.", $"Accounts are {string.Join(", ", directory.Accounts.Select(a => a.Name))}.");
        return new Caller(account, isOwner ? Security.Caller.OwnerName : null, isOwner);
    }
}
