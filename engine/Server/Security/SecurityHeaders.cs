namespace ProductionOffice.Server.Security;

/// <summary>Headers of every answer, errors included.</summary>
internal static class SecurityHeaders
{
    /// <summary>No script, no inline style, no other host, no frame.</summary>
    public const string PagePolicy =
        "default-src 'self'; script-src 'none'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", PagePolicy);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            // What says that it may be kept is no paper of the office: files of the program.
            if (headers.CacheControl.ToString() is not { Length: > 0 } cache || !(cache.Contains("immutable", StringComparison.Ordinal) || (cache == "no-cache" && headers.ETag.Count > 0)))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
