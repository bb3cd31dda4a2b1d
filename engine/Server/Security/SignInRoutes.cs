using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security.Pages;

namespace ProductionOffice.Server.Security;

/// <summary>Signing in and out, one's own account, and the owner's choice of whom to act for.</summary>
internal static class SignInRoutes
{
    private const string WrongPair = "This name and password do not belong together.";

    public static void MapSignIn(this WebApplication app)
    {
        var open = app.MapGroup("/sign-in").AllowAnonymous();
        open.MapGet("", ShowSignIn);
        open.MapPost("", SignInAsync);
        open.MapGet("/link/{token}", ShowLinkAsync);
        open.MapPost("/link/{token}", TakeLinkAsync);

        app.MapPost("/sign-out", SignOutAsync);
        app.MapGet("/account", ShowAccountAsync);
        app.MapPost("/account/password", ChoosePasswordAsync);
        app.MapPost("/account/sign-out-everywhere", SignOutEverywhereAsync);
        app.MapPost("/account/act-as", ActAsAsync);
    }

    private static IResult ShowSignIn(HttpContext context, BoardPages pages) =>
        context.CallerOrNull() is not null
            ? Results.LocalRedirect(LocalAddress.OrHome(context.Request.Query["returnUrl"]))
            : pages.Show<SignInPage>(context, new SignInView("", LocalAddress.OrHome(context.Request.Query["returnUrl"]), null));

    private static async Task<IResult> SignInAsync(
        HttpContext context, BoardPages pages, WorkflowStore store, Passwords passwords, SignInThrottle throttle, Sessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = form["name"].ToString().Trim().ToLowerInvariant();
        var returnUrl = LocalAddress.OrHome(form["returnUrl"]);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (throttle.Try(name, address) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Again(429, $"Too many tries. Wait {Math.Ceiling(wait.TotalSeconds)} seconds, then try again.");
        }

        AccountRow? account;
        await using (var db = await store.ReadAsync(cancellationToken))
            account = await db.Accounts.FirstOrDefaultAsync(a => a.Name == name, cancellationToken);
        if (!passwords.Verify(account, form["password"].ToString()))
            return Again(401, WrongPair);

        throttle.Forget(name, address);
        await sessions.BeginAsync(context, name, isOwner: false, cancellationToken);
        await audit.AddAsync(name, null, "sign-in", name, "password", cancellationToken);
        return Results.LocalRedirect(returnUrl);

        IResult Again(int status, string problem) => pages.Show<SignInPage>(context, new SignInView(name, returnUrl, problem), status);
    }

    /// <summary>Only shows: programs that look at links in mails must not use them up.</summary>
    private static async Task<IResult> ShowLinkAsync(string token, HttpContext context, BoardPages pages, SignInLinks links, DirectoryCache directory, CancellationToken cancellationToken)
    {
        var holder = await links.FindAsync(token, cancellationToken);
        return pages.Show<SignInLinkPage>(context, View(holder, directory), holder is null ? 410 : 200);
    }

    private static async Task<IResult> TakeLinkAsync(
        string token, HttpContext context, BoardPages pages, SignInLinks links, Sessions sessions, AuditTrail audit, DirectoryCache directory, CancellationToken cancellationToken)
    {
        if (await links.TakeAsync(token, cancellationToken) is not { } holder || directory.Current.Account(holder.Account) is null && !holder.IsOwner)
            return pages.Show<SignInLinkPage>(context, View(null, directory), 410);

        var account = directory.Current.Account(holder.Account)?.Name ?? Caller.OwnerName;
        await sessions.BeginAsync(context, account, holder.IsOwner, cancellationToken);
        await audit.AddAsync(holder.IsOwner ? Caller.OwnerName : account, holder.IsOwner ? account : null, "sign-in", account, "link", cancellationToken);
        return Results.LocalRedirect("/");
    }

    private static SignInLinkView View(LinkHolder? holder, DirectoryCache directory) => holder is null
        ? new SignInLinkView(null, "", false)
        : new SignInLinkView(directory.Current.Account(holder.Account) is { } account ? $"{account.DisplayName} ({account.Name})" : holder.Account, holder.Account, holder.IsOwner);

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        RequireSession(context);
        await audit.AddAsync(context.Caller(), "sign-out", context.User.Identity!.Name!, null, cancellationToken);
        await sessions.EndAsync(context, cancellationToken);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> ShowAccountAsync(HttpContext context, BoardPages pages, WorkflowStore store, CancellationToken cancellationToken) =>
        pages.Show<AccountPage>(context, await AccountViewAsync(context, store, null, context.Request.Query["done"] == "password" ? "Your password was changed. All other sessions were signed out." : null, cancellationToken));

    private static async Task<IResult> ChoosePasswordAsync(
        HttpContext context, BoardPages pages, WorkflowStore store, Passwords passwords, SignInThrottle throttle, Sessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        RequireSession(context);
        var caller = context.Caller();
        if (caller.IsOwner)
            throw OfficeProblem.NotAllowed("The owner chooses no password for somebody else.", "Make a sign-in link for them under Settings; they choose their own.");

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = caller.Account.Name;
        var wanted = form["password"].ToString();
        string? hash;
        await using (var db = await store.ReadAsync(cancellationToken))
        {
            var row = await db.Accounts.FirstAsync(a => a.Name == name, cancellationToken);
            hash = row.PasswordHash;
            if (hash is not null && throttle.Try(name, context.Connection.RemoteIpAddress?.ToString() ?? "") is not null)
                return await AgainAsync(429, "Too many tries. Wait a minute, then try again.");
            if (hash is not null && !passwords.Verify(row, form["current"].ToString()))
                return await AgainAsync(422, "The current password is not right.");
        }

        if (Passwords.WhyNot(wanted, caller.Account) is { } problem)
            return await AgainAsync(422, problem);
        if (wanted != form["again"].ToString())
            return await AgainAsync(422, "The two new passwords differ.");

        var made = passwords.Hash(name, wanted);
        using (audit.Begin(caller, "password", name, hash is null ? "chosen" : "changed"))
        {
            await store.WriteAsync(async db =>
            {
                var row = await db.Accounts.FirstAsync(a => a.Name == name, cancellationToken);
                row.PasswordHash = made;
                row.Stamp = Secrets.NewToken();
            }, cancellationToken);
        }

        await sessions.BeginAsync(context, name, isOwner: false, cancellationToken);
        return Results.LocalRedirect("/account?done=password");

        async Task<IResult> AgainAsync(int status, string text) => pages.Show<AccountPage>(context, await AccountViewAsync(context, store, text, null, cancellationToken), status);
    }

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext context, Sessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        RequireSession(context);
        var name = context.User.Identity!.Name!;
        await audit.AddAsync(context.Caller(), "sign-out-everywhere", name, null, cancellationToken);
        await sessions.EndAllAsync(name, cancellationToken);
        await sessions.EndAsync(context, cancellationToken);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> ActAsAsync(HttpContext context, DirectoryCache directory, AuditTrail audit, CancellationToken cancellationToken)
    {
        RequireSession(context);
        if (!context.Caller().IsOwner)
            throw OfficeProblem.NotAllowed("Only the owner of this machine acts for others.", "Sign in with your own account.");

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = form["account"].ToString().Trim();
        var account = directory.Current.Account(name) ?? throw OfficeProblem.NotFound("account", name, "Choose one from the list.");
        await Sessions.ActAsAsync(context, account.Name);
        await audit.AddAsync(Caller.OwnerName, account.Name, "act-as", account.Name, null, cancellationToken);
        return Results.LocalRedirect(LocalAddress.OrHome(form["returnUrl"]));
    }

    private static async Task<AccountView> AccountViewAsync(HttpContext context, WorkflowStore store, string? problem, string? done, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        await using var db = await store.ReadAsync(cancellationToken);
        var hasPassword = await db.Accounts.AnyAsync(a => a.Name == caller.Account.Name && a.PasswordHash != null, cancellationToken);
        return new AccountView(caller.Account.Name, hasPassword, caller.IsOwner, problem, done);
    }

    private static void RequireSession(HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType != OfficeClaims.Session)
            throw new OfficeProblem(409, "no-session", "This is for sessions in a browser; a token has none.", "Nothing was changed.");
    }
}
