using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>Sends a web request of a workflow and brings its answer back.</summary>
/// <remarks>
/// The same effect again carries the same <c>Idempotency-Key</c>. Who is not reached is an answer too when the workflow has a way for it;
/// otherwise the request is tried again later and later, like every effect.
/// </remarks>
internal sealed class WebRequestEffect : IEffect, IDisposable
{
    public const string KeyHeader = "Idempotency-Key";
    private const int LargestAnswer = 1 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Headers that belong to the connection, not to the workflow.</summary>
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private readonly WebGuard _guard;
    private readonly Destinations _destinations;
    private readonly WebhookSecrets _secrets;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebRequestEffect(WebGuard guard, Destinations destinations, WebhookSecrets secrets, TimeProvider clock)
    {
        (_guard, _destinations, _secrets, _clock) = (guard, destinations, secrets, clock);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = guard.ConnectAsync,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // What happens inside the office is not told to others.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public string Kind => "http";

    public async Task<EffectResult> PerformAsync(OutboxMessage message, Value payload, CancellationToken cancellationToken)
    {
        var uri = _guard.Check(payload["url"].IsNullish ? "" : payload["url"].ToString());
        if (!_destinations.MayTry(uri.Authority))
            return Unreached(payload, "Failed to connect", $"{uri.Authority} did not answer lately and is left alone for a while.");

        var secret = await _secrets.FindAsync(WebhookSecrets.Outgoing, cancellationToken);
        using var request = Request(message, payload, uri, secret);
        using var limit = new CancellationTokenSource(Longest, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response, uri, either.Token);
            _destinations.Answered(uri.Authority);
            return new EffectResult(static _ => { }, Answer(response, body));
        }
        catch (HttpRequestException e) when (e.InnerException is EffectFailedException refused)
        {
            throw refused;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _destinations.Failed(uri.Authority);
            return Unreached(payload, "Timeout", $"{uri.Authority} did not answer within {Longest.TotalSeconds:0} seconds.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            _destinations.Failed(uri.Authority);
            return Unreached(payload, "Failed to connect", $"{uri.Authority} cannot be reached: {e.Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(OutboxMessage message, Value payload, Uri uri, string? secret)
    {
        var request = new HttpRequestMessage(Method(payload["method"]), uri);
        var contentType = payload["contentType"].IsNullish ? null : payload["contentType"].ToString();
        var (body, type) = WebContent.Write(payload["content"], contentType);
        if (!payload["content"].IsNullish)
        {
            request.Content = new ByteArrayContent(body);
            Add(request, "Content-Type", type);
        }

        if (!payload["authorization"].IsNullish)
            Add(request, "Authorization", payload["authorization"].ToString());
        if (payload["headers"] is { Kind: ValueKind.Object } headers)
        {
            foreach (var (name, value) in headers.AsObject())
                Add(request, name, value.Kind == ValueKind.List ? string.Join(", ", value.AsList().Select(v => v.ToString())) : value.ToString());
        }

        if (!request.Headers.Contains(KeyHeader))
            Add(request, KeyHeader, message.EffectKey);
        if (secret is not null)
            Add(request, WebSignature.Header, WebSignature.Make(secret, _clock.GetUtcNow(), body));
        return request;
    }

    private static HttpMethod Method(Value method)
    {
        var name = method.IsNullish ? "GET" : method.ToString().Trim().ToUpperInvariant();
        return name is "GET" or "POST" or "PUT" or "HEAD" or "OPTIONS" or "PATCH" or "DELETE"
            ? new HttpMethod(name)
            : throw new EffectFailedException($"'{name}' is no method of a web request that workflows may send. Correct it in the workflow.");
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        // A line break in a value would add a header, or a whole request, of somebody else's choosing.
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new EffectFailedException($"The header {name} of the request to {request.RequestUri!.Host} holds a line break. Correct it in the workflow.");
        if (OfTheConnection.Contains(name))
            throw new EffectFailedException($"The header {name} is set by the office itself. Take it out of the workflow's request to {request.RequestUri!.Host}.");

        try
        {
            if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content?.Headers.TryAddWithoutValidation(name, value) != true)
                throw new EffectFailedException($"The header {name} needs a body, and the request to {request.RequestUri!.Host} has none. Correct it in the workflow.");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new EffectFailedException($"'{name}' is no name of a header. Correct it in the workflow.");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri uri, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var part = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(part, cancellationToken)) > 0;)
        {
            buffer.Write(part, 0, read);
            if (buffer.Length > LargestAnswer)
                throw new EffectFailedException($"{uri.Authority} answers with more than {LargestAnswer >> 20} MB, which a workflow does not take. Ask for less, or cancel the workflow.");
        }

        return buffer.ToArray();
    }

    private static Value Answer(HttpResponseMessage response, byte[] body)
    {
        var headers = new ObjectValue();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers.Set(name, Value.From(new ListValue(values.Select(v => Value.From(v)))));

        var answer = new ObjectValue();
        answer.Set("statusCode", Value.From((double)(int)response.StatusCode));
        answer.Set("content", Content(response, body));
        answer.Set("headers", Value.From(headers));
        return Value.From(answer);
    }

    private static Value Content(HttpResponseMessage response, byte[] body)
    {
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null;
        try
        {
            return WebContent.Read(body, type);
        }
        catch (JsonException)
        {
            // It said JSON and meant text: the workflow sees what came.
            return WebContent.Read(body, "text/plain");
        }
    }

    private static EffectResult Unreached(Value payload, string outcome, string reason)
    {
        var isHandled = payload["handles"] is { Kind: ValueKind.List } handles && handles.AsList().Any(h => h.Equals(Value.From(outcome)));
        if (!isHandled)
            throw new DestinationFailedException($"{reason} Nothing in the workflow leads on from '{outcome}', so it is tried again; connect that outcome to go another way.");

        var answer = new ObjectValue();
        answer.Set("error", Value.From(outcome));
        answer.Set("reason", Value.From(reason));
        return new EffectResult(static _ => { }, Value.From(answer));
    }
}

/// <summary>Another program could not be reached; trying later may help.</summary>
internal sealed class DestinationFailedException(string message) : Exception(message);
