using System.Security.Claims;

namespace ProductionOffice.Server.Security;

/// <summary>What a signed-in identity carries, and nothing more: roles are read from the directory each time.</summary>
internal static class OfficeClaims
{
    /// <summary>Scheme of a browser's session.</summary>
    public const string Session = "session";

    /// <summary>Scheme of the owner's token.</summary>
    public const string Owner = "owner-token";

    /// <summary>Scheme of a front desk's token.</summary>
    public const string Kiosk = "kiosk-token";

    /// <summary>Who signed in: an account, or the owner.</summary>
    public const string Name = "office.name";

    /// <summary>The account that counts.</summary>
    public const string As = "office.as";

    /// <summary><c>yes</c> for the owner.</summary>
    public const string IsOwner = "office.owner";

    public const string Stamp = "office.stamp";

    /// <summary>Random id of one session, so that signing out ends this one and no other.</summary>
    public const string SessionId = "office.session";

    /// <summary>When the session began, UTC ticks.</summary>
    public const string Began = "office.began";

    public static ClaimsPrincipal Make(string scheme, params ReadOnlySpan<(string Type, string Value)> claims)
    {
        var identity = new ClaimsIdentity(scheme, Name, null);
        foreach (var (type, value) in claims)
            identity.AddClaim(new Claim(type, value));
        return new ClaimsPrincipal(identity);
    }
}
