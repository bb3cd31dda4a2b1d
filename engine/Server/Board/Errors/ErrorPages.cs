using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Errors;

/// <summary>Turns refusals and failures into a page for people or problem+json for programs; nobody sees a bare status or a stack.</summary>
internal sealed class ErrorPages(RequestDelegate next, BoardPages pages, ILogger<ErrorPages> log)
{
    /// <summary>Whether a program asks: by address, or because it takes no page.</summary>
    public static bool IsForPrograms(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/office") || path.StartsWithSegments("/kiosk") || path.StartsWithSegments("/elsa") || path.StartsWithSegments("/health"))
            return true;

        var accept = context.Request.Headers.Accept.ToString();
        return accept.Length > 0 && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) && !accept.Contains("*/*", StringComparison.Ordinal);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
                await WriteAsync(context, Plain(context.Response.StatusCode), null);
        }
        catch (OfficeProblem problem) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, problem, null);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, new OfficeProblem(problem.StatusCode, "request-unreadable", "The request could not be read.", problem.Message), null);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted && DiskFull.Is(e))
        {
            await WriteAsync(context, Plain(507), null);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var reference = Secrets.NewCode(8);
            log.LogError(e, "{Method} {Path} failed, reference {Reference}", context.Request.Method, context.Request.Path, reference);
            await WriteAsync(context, Plain(500), reference);
        }
    }

    private async Task WriteAsync(HttpContext context, OfficeProblem problem, string? reference)
    {
        var challenge = context.Response.Headers.WWWAuthenticate;
        context.Response.Clear();
        if (problem.Status == 401)
            context.Response.Headers.WWWAuthenticate = challenge.Count > 0 ? challenge : "Bearer";

        IResult result = IsForPrograms(context)
            ? TypedResults.Problem(
                title: problem.Problem, detail: $"{problem.Problem} {problem.Remedy}".Trim(), statusCode: problem.Status, type: $"urn:office:{problem.Code}",
                extensions: new Dictionary<string, object?> { ["code"] = problem.Code, ["remedy"] = problem.Remedy, ["reference"] = reference })
            : pages.Show<ProblemPage>(context, new ProblemPageView(problem.Status, problem.Problem, problem.Remedy, reference), problem.Status);

        // A page that failed half-way has used up the renderer of its request: the page that says so gets its own.
        var services = context.RequestServices;
        await using var fresh = services.CreateAsyncScope();
        context.RequestServices = fresh.ServiceProvider;
        try
        {
            await result.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    private static OfficeProblem Plain(int status) => status switch
    {
        401 => new OfficeProblem(401, "not-signed-in", "You are not signed in, or were away for too long.", "Sign in, then do it again."),
        403 => new OfficeProblem(403, "not-allowed", "This is not open to your role.", "Ask the coordinator or the UPM."),
        404 => new OfficeProblem(404, "not-found", "There is no such page.", "Check the address, or begin with Today."),
        405 => new OfficeProblem(405, "method-not-allowed", "This address does not take that kind of request.", "Begin with Today."),
        413 => new OfficeProblem(413, "too-large", "That is too large.", "Send less than 30 MB."),
        415 => new OfficeProblem(415, "content-type", "That kind of content is not taken here.", "Use the form on the page."),
        500 => new OfficeProblem(500, "failed", "Something went wrong in the office's program. What you sent was not done.", "Try it once more. If it fails again, give the reference number to whoever looks after the office."),
        507 => new OfficeProblem(507, "disk-full", "The disk of the office is full. What you sent was not done.", "Have somebody make room on the disk of the data folder, then do it again."),
        _ => new OfficeProblem(status, "status-" + status.ToString(System.Globalization.CultureInfo.InvariantCulture), $"The request was refused (status {status}).", "Begin with Today."),
    };
}

/// <summary>What the page of a refusal shows.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Problem">One sentence.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Reference">Number to give to whoever looks after the office; null when there is nothing to look up.</param>
public sealed record ProblemPageView(int Status, string Problem, string Remedy, string? Reference);
