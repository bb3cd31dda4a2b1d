using Microsoft.AspNetCore.Antiforgery;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Security;

/// <summary>Refuses what another site made a browser send: wrong origin, or no token of our own form.</summary>
/// <remarks>Calls with a bearer token are exempt, since no browser adds that header by itself.</remarks>
internal sealed class FormGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        NulGuard.Check(request.QueryString);
        if (!IsSafe(request.Method) && context.GetEndpoint() is { } endpoint && !ComesWithToken(context) && !ReadsNoCookie(endpoint))
        {
            if (!IsOwnOrigin(request))
                throw new OfficeProblem(400, "foreign-origin", "This request came from another site and was refused.", "Open the page in this office and try again.");
            if (request.HasFormContentType)
                await NulGuard.CheckFormAsync(request);
            if (endpoint.Metadata.GetMetadata<OwnPagesOnly>() is not null)
            {
                if (!ProvesOrigin(request))
                    throw new OfficeProblem(400, "foreign-origin", "This request does not say which page it comes from and was refused.", "Send it from a page of this office, or with the owner's token.");
            }
            else if (!await antiforgery.IsRequestValidAsync(context))
                throw new OfficeProblem(400, "form-expired", "This form is no longer valid: it is too old, or you signed in or out since it was opened.", "Go back, reload the page and send it again. Nothing was changed.");
        }

        await next(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool ComesWithToken(HttpContext context) =>
        context.User.Identity?.AuthenticationType is OfficeClaims.Owner or OfficeClaims.Kiosk || context.Request.Path.StartsWithSegments("/kiosk/v1");

    /// <summary>Whether who asks counts there by token or signature alone, so that a browser's cookie opens nothing.</summary>
    private static bool ReadsNoCookie(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false };

    /// <summary>Browsers send one of these with every change a script asks for; over plain http in a house only the second.</summary>
    private static bool ProvesOrigin(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() == "same-origin" || request.Headers.Origin.ToString().Length > 0;

    private static bool IsOwnOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none"))
            return false;

        // The port counts, the scheme does not: a proxy may have taken the encryption off.
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, new UriBuilder(uri.Scheme, request.Host.Host, request.Host.Port ?? -1).Uri.Authority, StringComparison.OrdinalIgnoreCase));
    }
}
