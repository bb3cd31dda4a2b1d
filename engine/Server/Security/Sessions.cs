using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Browser sessions: begun on signing in, checked on every request, ended here or everywhere.</summary>
internal sealed class Sessions(WorkflowStore store, TimeProvider clock)
{
    /// <summary>A session ends after this, however busy it is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>A session ends after this without a request.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(60);

    private const string OwnerStamp = "owner.stamp";
    private const string EndedPrefix = "session.ended:";

    /// <summary>Begins a session with a new id.</summary>
    public async Task BeginAsync(HttpContext context, string account, bool isOwner, CancellationToken cancellationToken)
    {
        var name = isOwner ? Caller.OwnerName : account;
        var principal = OfficeClaims.Make(OfficeClaims.Session,
            (OfficeClaims.Name, name),
            (OfficeClaims.As, account),
            (OfficeClaims.IsOwner, isOwner ? "yes" : "no"),
            (OfficeClaims.Stamp, await StampAsync(name, cancellationToken)),
            (OfficeClaims.SessionId, Secrets.NewToken()),
            (OfficeClaims.Began, clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture)));
        await context.SignInAsync(OfficeClaims.Session, principal);
    }

    /// <summary>Lets the owner act for another account in the same session.</summary>
    public static Task ActAsAsync(HttpContext context, string account)
    {
        var claims = context.User.Claims.Where(c => c.Type != OfficeClaims.As).Select(c => (c.Type, c.Value)).Append((OfficeClaims.As, account)).ToArray();
        return context.SignInAsync(OfficeClaims.Session, OfficeClaims.Make(OfficeClaims.Session, claims));
    }

    /// <summary>Ends this session: its cookie no longer counts, also when somebody kept a copy.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var id = context.User.FindFirstValue(OfficeClaims.SessionId) ?? "";
        var now = clock.GetUtcNow();
        await store.WriteAsync(async db =>
        {
            foreach (var old in await db.Settings.Where(s => s.Key.StartsWith(EndedPrefix)).ToListAsync(cancellationToken))
            {
                if (old.Key == EndedPrefix + id || long.Parse(old.Value, CultureInfo.InvariantCulture) < (now - Longest).UtcTicks)
                    db.Settings.Remove(old);
            }

            await db.SaveChangesAsync(cancellationToken);
            db.Settings.Add(new SettingRow { Key = EndedPrefix + id, Value = now.UtcTicks.ToString(CultureInfo.InvariantCulture) });
        }, cancellationToken);
        await context.SignOutAsync(OfficeClaims.Session);
    }

    /// <summary>Ends all sessions of an account, or of the owner.</summary>
    public Task EndAllAsync(string name, CancellationToken cancellationToken) => store.WriteAsync(async db =>
    {
        if (name == Caller.OwnerName)
            await SetOwnerStampAsync(db, cancellationToken);
        else if (await db.Accounts.FindAsync([name], cancellationToken) is { } account)
            account.Stamp = Secrets.NewToken();
    }, cancellationToken);

    /// <summary>Refuses a session that was ended, is too old, or whose account is gone.</summary>
    public static async Task CheckAsync(CookieValidatePrincipalContext cookie)
    {
        var services = cookie.HttpContext.RequestServices;
        if (cookie.Principal is { } principal && await services.GetRequiredService<Sessions>().IsAliveAsync(principal, cookie.HttpContext.RequestAborted))
            return;

        cookie.RejectPrincipal();
        await cookie.HttpContext.SignOutAsync(OfficeClaims.Session);
    }

    private async Task<bool> IsAliveAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (!long.TryParse(principal.FindFirstValue(OfficeClaims.Began), CultureInfo.InvariantCulture, out var began)
            || clock.GetUtcNow().UtcTicks - began > Longest.Ticks
            || principal.FindFirstValue(OfficeClaims.Name) is not { } name
            || principal.FindFirstValue(OfficeClaims.Stamp) is not { } stamp)
            return false;

        var ended = EndedPrefix + principal.FindFirstValue(OfficeClaims.SessionId);
        await using var db = await store.ReadAsync(cancellationToken);
        var settings = await db.Settings.Where(s => s.Key == ended || s.Key == OwnerStamp).ToListAsync(cancellationToken);
        if (settings.Any(s => s.Key == ended))
            return false;

        var current = name == Caller.OwnerName
            ? settings.FirstOrDefault(s => s.Key == OwnerStamp)?.Value
            : await db.Accounts.Where(a => a.Name == name).Select(a => a.Stamp).FirstOrDefaultAsync(cancellationToken);
        return current is not null && Secrets.Same(current, stamp);
    }

    private async Task<string> StampAsync(string name, CancellationToken cancellationToken)
    {
        await using (var db = await store.ReadAsync(cancellationToken))
        {
            var stamp = name == Caller.OwnerName
                ? await db.Settings.Where(s => s.Key == OwnerStamp).Select(s => s.Value).FirstOrDefaultAsync(cancellationToken)
                : await db.Accounts.Where(a => a.Name == name).Select(a => a.Stamp).FirstAsync(cancellationToken);
            if (stamp is not null)
                return stamp;
        }

        var made = "";
        await store.WriteAsync(async db => made = await SetOwnerStampAsync(db, cancellationToken), cancellationToken);
        return made;
    }

    private static async Task<string> SetOwnerStampAsync(OfficeDbContext db, CancellationToken cancellationToken)
    {
        var stamp = Secrets.NewToken();
        if (await db.Settings.FindAsync([OwnerStamp], cancellationToken) is { } setting)
            setting.Value = stamp;
        else
            db.Settings.Add(new SettingRow { Key = OwnerStamp, Value = stamp });
        return stamp;
    }
}
