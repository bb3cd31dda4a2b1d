using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

/// <summary>A request's idempotency key with the hash of what was asked, so that asking again is told from asking something else.</summary>
internal readonly record struct CommandKey(string? Key, string Route, string BodyHash)
{
    public static CommandKey Of(StartRequest request) => request.IdempotencyKey is null
        ? default
        : New(request.IdempotencyKey, $"start {request.DefinitionId}", request.RequestHash, Json(request.VersionId, request.Input is null ? Value.Null : Value.From(request.Input), request.CorrelationId, request.Name, request.TriggerActivityId, request.TriggerInput, request.InstanceId));

    public static CommandKey Of(ResumeRequest request) => request.IdempotencyKey is null
        ? default
        : New(request.IdempotencyKey, $"resume {request.BookmarkId}", request.RequestHash, Json(null, request.Input, null, null, null, Value.Null, null));

    public static CommandKey Of(Stimulus stimulus) => stimulus.IdempotencyKey is null
        ? default
        : New(stimulus.IdempotencyKey, $"stimulus {stimulus.Name}", null, Json(stimulus.InstanceId, stimulus.Payload, stimulus.CorrelationId, null, null, stimulus.Input, null));

    /// <summary>The answer given before; null when the key is new or there is none.</summary>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another request.</exception>
    public async ValueTask<T?> FindAsync<T>(IWorkflowStore store, CancellationToken cancellationToken) where T : class
    {
        if (Key is null || await store.FindCommandAsync(Key, cancellationToken) is not { } stored)
            return null;
        if (stored.Route != Route || stored.BodyHash != BodyHash)
            throw new IdempotencyKeyReusedException(Key);
        return JsonSerializer.Deserialize<T>(stored.Response);
    }

    public StoredCommand? Answer<T>(T answer, DateTimeOffset now) => Key is null ? null : new StoredCommand(Key, Route, BodyHash, JsonSerializer.Serialize(answer), now);

    private static CommandKey New(string key, string route, string? hash, string body) => new(key, route, hash ?? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body))));

    private static string Json(string? a, Value b, string? c, string? d, string? e, Value f, string? g)
    {
        var parts = new ListValue([Value.From(a), b, Value.From(c), Value.From(d), Value.From(e), f.Kind == ValueKind.Undefined ? Value.Null : f, Value.From(g)]);
        return Value.From(parts).ToJson();
    }
}
