using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects.Web;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>What WriteHttpResponse wrote, as an answer.</summary>
/// <param name="answer">Status code, content, content type and headers.</param>
internal sealed class WorkflowAnswer(Value answer) : IResult
{
    /// <summary>Headers that belong to the connection or keep this office's pages safe.</summary>
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cache-Control", "Clear-Site-Data", "Connection", "Content-Length", "Content-Security-Policy", "Date", "Keep-Alive", "Referrer-Policy", "Server", "Service-Worker-Allowed", "Set-Cookie",
        "Strict-Transport-Security", "Transfer-Encoding", "Upgrade", "WWW-Authenticate", "X-Content-Type-Options", "X-Frame-Options",
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var status = answer["statusCode"].IsNullish ? 200 : (int)answer["statusCode"].AsNumber();
        response.StatusCode = status is >= 200 and <= 599 ? status : 500;
        if (answer["headers"] is { Kind: ValueKind.Object } headers)
        {
            foreach (var (name, value) in headers.AsObject())
            {
                var text = value.Kind == ValueKind.List ? string.Join(", ", value.AsList().Select(v => v.ToString())) : value.ToString();
                if (!Ours.Contains(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !text.Any(c => char.IsControl(c) || !char.IsAscii(c)))
                    response.Headers[name] = text;
            }
        }

        var (body, type) = WebContent.Write(answer["content"], answer["contentType"].IsNullish ? null : answer["contentType"].ToString());
        if (body.Length == 0 || response.StatusCode is 204 or 304)
            return;

        response.ContentType = type.Any(char.IsControl) ? "text/plain; charset=utf-8" : type;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
