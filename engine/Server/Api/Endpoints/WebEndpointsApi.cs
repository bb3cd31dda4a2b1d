using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects.Web;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary><c>/workflows/{path}</c>: requests that start a workflow, or wake one that waits for them.</summary>
/// <remarks>
/// The endpoint's author decides who may call: an account's token is needed unless <c>authorize</c> is false, and a valid signature when the
/// path has a secret. A session's cookie never counts here, so no other site can call for somebody. With GET an author lets links act.
/// </remarks>
internal static class WebEndpointsApi
{
    private const int LongestKey = 200;

    public static void MapWebEndpoints(this WebApplication app) =>
        app.Map("/workflows/{**path}", AnswerAsync).AllowAnonymous().DisableAntiforgery().AddEndpointFilter(ApiProblem.CatchAsync);

    private static async Task<IResult> AnswerAsync(
        string path, HttpContext http, EndpointFinder finder, WorkflowRuntime runtime, WorkflowStore store, WebhookSecrets secrets, ReceivedFiles files, RequestThrottle throttle,
        DirectoryCache directory, TimeProvider clock)
    {
        path = path.Trim('/');
        var request = http.Request;
        var by = await CallerAsync(http);
        if (by is null && throttle.Try(http.Connection.RemoteIpAddress?.ToString() ?? "") is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            throw new OfficeProblem(429, "too-many-requests", "Too many requests without an account come from this address.", $"Wait {Math.Ceiling(wait.TotalSeconds)} seconds.");
        }

        var secret = await secrets.FindForAsync(path, http.RequestAborted);
        var key = Key(http, by, path);
        if (key is not null && await store.FindCommandAsync(key, http.RequestAborted) is { } known)
            return await ReplayAsync(http, known, path, secret, store, clock);

        var found = await finder.FindAsync(request.Method, path, Text(http, "workflowInstanceId", "X-Workflow-Instance-Id"), Text(http, "correlationId", "X-Correlation-Id"), http.RequestAborted);
        Admit(found.Rules, by, isSigned: secret is not null);

        using var limit = new CancellationTokenSource(found.Rules.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.RequestAborted);
        try
        {
            var reader = new EndpointRequest(found.Rules, files);
            var body = await reader.BytesAsync(request, either.Token);
            if (secret is not null)
                await CheckSignatureAsync(request, path, secret, body, store, clock, either.Token);
            var input = await reader.ReadAsync(request, path, found.RouteData, body, either.Token);
            var (instanceId, subStatus, response) = await RunAsync(runtime, found, input, by, key, Hash(body, request), Text(http, "correlationId", "X-Correlation-Id"), either.Token);
            await directory.RefreshAsync(CancellationToken.None);
            await files.ListAsync(input["files"], instanceId, clock.GetUtcNow(), CancellationToken.None);
            return Answer(instanceId, subStatus, response);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new OfficeProblem(408, "request-timeout", $"This took longer than {found.Rules.Timeout.TotalSeconds:0} seconds.", "Send it again with the same Idempotency-Key.");
        }
        catch (BookmarkGoneException)
        {
            throw new OfficeProblem(410, "gone", "What waited here has gone on meanwhile.", "Nothing was changed.");
        }
    }

    private static async Task<(string InstanceId, WorkflowSubStatus SubStatus, string? Response)> RunAsync(
        WorkflowRuntime runtime, FoundEndpoint found, Value input, Account? by, string? key, string hash, string? correlationId, CancellationToken cancellationToken)
    {
        if (found.BookmarkId is { } bookmark)
        {
            var resumed = await runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark, Input = input, Actor = by?.Name, IdempotencyKey = key, RequestHash = hash }, cancellationToken);
            return (resumed.InstanceId, resumed.SubStatus, resumed.WebResponse);
        }

        var trigger = found.Trigger!;
        var started = await runtime.StartAsync(
            new StartRequest
            {
                DefinitionId = trigger.DefinitionId,
                VersionId = trigger.DefinitionVersionId,
                TriggerActivityId = trigger.ActivityId,
                TriggerInput = input,
                CorrelationId = correlationId,
                Actor = by?.Name,
                IdempotencyKey = key,
                RequestHash = hash,
            },
            cancellationToken);
        return started.CannotStart
            ? throw new OfficeProblem(409, "cannot-start", "This workflow does not start a second time while the first is running.", "Nothing was started.")
            : (started.InstanceId, started.SubStatus, started.WebResponse);
    }

    /// <summary>Who calls, by token alone; null for a stranger.</summary>
    /// <exception cref="OfficeProblem">The token is wrong, or the account it acts for does not exist.</exception>
    private static async Task<Account?> CallerAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count == 0)
            return null;

        var signedIn = await http.AuthenticateAsync(OfficeClaims.Owner);
        if (!signedIn.Succeeded)
            throw new OfficeProblem(401, "not-signed-in", "This token opens nothing here.", "Give a token of this office, or none.");
        http.User = signedIn.Principal;
        return http.Caller().Account;
    }

    private static void Admit(EndpointRules rules, Account? by, bool isSigned)
    {
        if (by is null && rules.Authorize && !(isSigned && rules.Policy is null))
            throw new OfficeProblem(401, "not-signed-in", "This endpoint asks for an account.", "Send a token of this office as 'Authorization: Bearer …'.");
        if (rules.Policy is { } role && by?.Is(role) != true)
            throw OfficeProblem.NotAllowed($"This endpoint is open to {OfficeRoles.Title(role)} alone.", "Nothing was changed.");
    }

    /// <summary>Checks the signature, and that the very same request did not come before.</summary>
    private static async Task CheckSignatureAsync(HttpRequest request, string path, string secret, byte[] body, WorkflowStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (WebSignature.Problem(request.Headers[WebSignature.Header].ToString(), secret, clock.GetUtcNow(), body, out var code) is { } problem)
            throw new OfficeProblem(401, "signature-wrong", problem, "Sign 'SECONDS.' and the body with the secret of this endpoint. Nothing was changed.");

        var seen = new StoredCommand($"signed:{code}", $"signed {path}", "", "{}", clock.GetUtcNow());
        var isNew = false;
        await store.WriteAsync(async context =>
        {
            if (isNew = await context.Commands.FindAsync([seen.Key], cancellationToken) is null)
                context.Commands.Add(seen);
        }, cancellationToken);
        if (!isNew)
            throw new OfficeProblem(409, "replayed", "This very request was received before.", "Nothing was changed. Sign a new request for a new event.");
    }

    /// <summary>A key belongs to who sent it, and to the method and path it was sent to.</summary>
    private static string? Key(HttpContext http, Account? by, string path)
    {
        var given = http.Request.Headers[WebRequestEffect.KeyHeader].ToString();
        if (given.Length > LongestKey)
            throw new OfficeProblem(422, "idempotency-key-unreadable", $"The {WebRequestEffect.KeyHeader} is longer than {LongestKey} characters.", "Send a shorter one, for example a random number.");
        return given.Length == 0 ? null : $"web:{by?.Name}:{http.Request.Method}:{path.ToLowerInvariant()}:{given}";
    }

    /// <summary>What makes a request the same: its query and its body; headers change each time.</summary>
    private static string Hash(byte[] body, HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.QueryString.Value ?? ""));
        hash.AppendData([0]);
        hash.AppendData(body);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task<IResult> ReplayAsync(HttpContext http, StoredCommand known, string path, string? secret, WorkflowStore store, TimeProvider clock)
    {
        var body = await EndpointRequest.BytesAsync(http.Request, EndpointRules.LargestUpload, http.RequestAborted)
            ?? throw ApiBody.TooLarge();
        if (secret is not null)
            await CheckSignatureAsync(http.Request, path, secret, body, store, clock, http.RequestAborted);
        if (known.BodyHash != Hash(body, http.Request))
            throw new OfficeProblem(422, "idempotency-mismatch", "This Idempotency-Key was already used for another request.", "Nothing was changed. Send a new key with a new request.");

        var answer = System.Text.Json.JsonSerializer.Deserialize<ResumeResult>(known.Response)!;
        return Answer(answer.InstanceId, answer.SubStatus, answer.WebResponse);
    }

    private static IResult Answer(string instanceId, WorkflowSubStatus subStatus, string? response)
    {
        if (response is not null)
            return new WorkflowAnswer(Value.ParseJson(response));
        if (subStatus == WorkflowSubStatus.Faulted)
            throw new OfficeProblem(500, "workflow-failed", $"The workflow {instanceId} failed.", "The coordinator sees it under Workflows and can let it try again.");
        return Results.Text(new JsonObject { ["instanceId"] = instanceId, ["status"] = subStatus.ToString() }.ToJsonString(), "application/json", Encoding.UTF8, StatusCodes.Status202Accepted);
    }

    private static string? Text(HttpContext http, string query, string header) =>
        http.Request.Query[query].ToString() is { Length: > 0 } asked ? asked : http.Request.Headers[header].ToString() is { Length: > 0 } named ? named : null;
}
