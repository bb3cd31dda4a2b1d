using System.Text.Json.Nodes;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/webhooks</c>: secrets shared with other programs. An empty path stands for what the office sends.</summary>
internal static class WebhooksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/webhooks", ListAsync);
        api.MapPost("/webhooks/secret", NewAsync);
        api.MapPost("/webhooks/forget", ForgetAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, WebhookSecrets secrets, CancellationToken cancellationToken)
    {
        Need(http);
        return OfficeApi.Answer((await secrets.ListAsync(cancellationToken)).Select(Json));
    }

    /// <summary>The secret is in this one answer and no other: a repeated call makes a new one and the old one counts no more.</summary>
    private static async Task<IResult> NewAsync(HttpContext http, WebhookSecrets secrets, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = Need(http);
        var path = (await ApiBody.ReadAsync<Named>(http)).Path ?? "";
        using var deed = audit.Begin(caller, "make-webhook-secret", path, null);
        var secret = await secrets.NewAsync(path, cancellationToken);
        var answer = Json(path.Trim('/').ToLowerInvariant());
        answer["secret"] = secret;
        return OfficeApi.Answer(answer);
    }

    private static async Task<IResult> ForgetAsync(HttpContext http, WebhookSecrets secrets, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = Need(http);
        var path = (await ApiBody.ReadAsync<Named>(http)).Path ?? "";
        using var deed = audit.Begin(caller, "forget-webhook-secret", path, null);
        if (!await secrets.ForgetAsync(path, cancellationToken))
            throw OfficeProblem.NotFound("webhook secret for", path, "List them with 'office webhook list'.");
        return OfficeApi.Answer(Json(path));
    }

    private static JsonObject Json(string path) => new() { ["path"] = path, ["for"] = path.Length == 0 ? "what the office sends" : $"requests to /workflows/{path}" };

    private static Caller Need(HttpContext http)
    {
        var caller = http.Caller();
        if (!caller.IsPlainOwner())
            caller.Need("handle the secrets of webhooks", OfficeRoles.UnitProductionManager);
        return caller;
    }

    private sealed record Named(string? Path);
}
