using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Alterations;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api;

/// <summary>Turns every refusal into <c>application/problem+json</c>: <c>{type,title,status,code,detail,remedy,reference}</c>.</summary>
internal static class ApiProblem
{
    public static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception e)
        {
            return ToResult(http, Translate(http, e));
        }
    }

    public static IResult ToResult(HttpContext http, OfficeProblem problem)
    {
        var json = new JsonObject
        {
            ["type"] = $"urn:office:{problem.Code}",
            ["title"] = Title(problem.Status),
            ["status"] = problem.Status,
            ["code"] = problem.Code,
            ["detail"] = problem.Problem,
            ["remedy"] = problem.Remedy,
            ["reference"] = http.TraceIdentifier,
        };
        return Results.Text(json.ToJsonString(OfficeApi.Json), "application/problem+json", statusCode: problem.Status);
    }

    private static OfficeProblem Translate(HttpContext http, Exception e)
    {
        switch (e)
        {
            case OfficeProblem problem:
                return problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ApiBody.TooLarge();
            case BadHttpRequestException:
            case IOException or OperationCanceledException when http.RequestAborted.IsCancellationRequested:
                // Whoever hung up reads no answer; but one that still listens must not take it for a success.
                return new OfficeProblem(400, "request-torn", "The request ended before it was complete, or is not proper HTTP.", "Send it again. Nothing was changed.");
            case JsonException json:
                return ApiBody.Unreadable(json);
            case IdempotencyKeyReusedException:
                return new OfficeProblem(422, "idempotency-mismatch", "This Idempotency-Key was already used for another request.", "Nothing was changed. Send a new key with a new request.");
            case InstanceEndedException:
                return new OfficeProblem(409, "instance-finished", e.Message, "Nothing was changed. Look at the timeline to see how it ended.");
            case WorkflowNotFoundException:
                return new OfficeProblem(404, "not-found", e.Message, "List what there is with 'office instance list' or 'office workflow list'.");
            case AlterationException:
                return new OfficeProblem(409, "alteration-misfits", e.Message, "Look at 'office instance show ID' and its incidents.");
            case InstanceImportException import:
                return new OfficeProblem(422, "import-refused", import.Problem, import.Remedy);
            case DefinitionConflictException:
                return new OfficeProblem(409, "changed-meanwhile", e.Message, "Nothing was changed.");
            case DefinitionInUseException:
                return new OfficeProblem(409, "workflow-in-use", e.Message, "Nothing was changed.");
            case InvalidDefinitionException invalid:
                return new OfficeProblem(422, "definition-invalid", string.Join(" ", invalid.Problems.Where(p => p.IsError).Select(p => $"{p.Path}: {p.Message}")), "Correct it and publish it again.");
            case StateTooLargeException:
                return new OfficeProblem(413, "workflow-too-large", e.Message, "Nothing was changed.");
            case DamagedInstanceException:
                return new OfficeProblem(500, "instance-damaged", e.Message, "'office doctor' lists what is damaged.");
            case ConcurrencyException:
                return new OfficeProblem(409, "changed-meanwhile", e.Message, "Load it again and repeat.");
            case var _ when DiskFull.Is(e):
                return new OfficeProblem(507, "disk-full", "The disk of the office is full: nothing more can be saved.", "Make room on the disk of the data folder, then send it again with the same Idempotency-Key.");
            case var _ when http.RequestServices.GetRequiredService<OfficeDatabase>().IsTransient(e):
                http.Response.Headers.RetryAfter = "1";
                return new OfficeProblem(503, "store-away", "The store of the office cannot be reached at the moment.", "Send it again in a second with the same Idempotency-Key; nothing is done twice.");
            default:
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiProblem)).LogError(e, "{Method} {Path} failed ({Reference})", http.Request.Method, http.Request.Path, http.TraceIdentifier);
                return new OfficeProblem(500, "unexpected", "The office stumbled over this request.", $"Repeat it with the same Idempotency-Key; if it fails again, look for {http.TraceIdentifier} in the server's log.");
        }
    }

    private static string Title(int status) => status switch
    {
        400 => "The request cannot be read",
        401 => "Not signed in",
        403 => "Not allowed",
        404 => "Not found",
        409 or 410 => "Somebody was first",
        413 => "Too large",
        415 => "Not JSON",
        422 => "Cannot be done with these values",
        429 => "Too many tries",
        503 => "Not at the moment",
        507 => "The disk is full",
        _ => "Failed",
    };
}
