using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using ProductionOffice.Server.Board.Errors;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Who comes in, and what every answer carries. Without an explicit "anonymous" a route needs somebody signed in.</summary>
internal static class SecuritySetup
{
    private const string Chosen = "chosen";

    public static IServiceCollection AddOfficeSecurity(this IServiceCollection services, ServeOptions options)
    {
        var keys = options.Keys;
        services.AddDataProtection().SetApplicationName("production-office").PersistKeysToFileSystem(Directory.CreateDirectory(keys));
        // Keys lie in a folder of the owner alone; that they are not encrypted besides is no news at each start.
        services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<Sessions>();
        services.AddSingleton(s => new AuditTrail(s.GetRequiredService<WorkflowStore>(), keys, s.GetRequiredService<TimeProvider>()));

        services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, null, o => o.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, OwnerToken>(OfficeClaims.Owner, null)
            .AddScheme<AuthenticationSchemeOptions, KioskToken>(OfficeClaims.Kiosk, null)
            .AddCookie(OfficeClaims.Session, o =>
            {
                o.Cookie.Name = "po-session";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = Sessions.LongestIdle;
                o.SlidingExpiration = true;
                o.LoginPath = "/sign-in";
                o.ReturnUrlParameter = "returnUrl";
                o.Events.OnValidatePrincipal = Sessions.CheckAsync;
                o.Events.OnRedirectToLogin = Refuse;
                o.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "po-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.FormFieldName = "formToken";
            o.HeaderName = "X-Form-Token";
            o.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    public static WebApplication UseOfficeSecurity(this WebApplication app)
    {
        app.Use(SecurityHeaders.Add);
        app.UseMiddleware<ErrorPages>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<FormGuard>();
        return app;
    }

    /// <summary>A desk's token counts under /kiosk/v1 and nowhere else; a call with a token never reads a cookie.</summary>
    private static string Choose(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/kiosk/v1") ? OfficeClaims.Kiosk
        : context.Request.Headers.Authorization.Count > 0 ? OfficeClaims.Owner
        : OfficeClaims.Session;

    /// <summary>People are shown the sign-in page; programs and forms get 401.</summary>
    private static Task Refuse(RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && !ErrorPages.IsForPrograms(context.HttpContext))
            context.Response.Redirect(context.RedirectUri);
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
