using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>Speaks to a running office over HTTP.</summary>
internal sealed class OfficeClient : IDisposable
{
    private const string Root = "office/v1/";
    private readonly HttpClient _http;
    private readonly Uri _server;

    public OfficeClient(Uri server, string? token, string? actAs)
    {
        _server = server;
        // Long enough for the server's own longest wait; a shorter one is the caller's.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (actAs is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation("X-Office-As", actAs);
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => ReadAsync(new HttpRequestMessage(HttpMethod.Get, Root + path), cancellationToken);

    /// <summary>Sends a command; the key makes it safe to send again.</summary>
    public Task<JsonNode> PostAsync(string path, JsonObject body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Root + path) { Content = new StringContent(JsonText.OneLine(body), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        return ReadAsync(request, cancellationToken);
    }

    /// <summary>Copies the bytes of an answer.</summary>
    public async Task DownloadAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        using var response = await SendAsync(request, cancellationToken);
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            try
            {
                return (await JsonNode.ParseAsync(body, cancellationToken: cancellationToken))!;
            }
            catch (JsonException)
            {
                throw new CommandFailure(ExitCode.Failed, "answer-unreadable", $"{_server} answered something that is not from an office.", "Check the address.");
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            var reason = e.InnerException is SocketException socket ? Reason(socket.SocketErrorCode) : e.Message;
            throw new CommandFailure(ExitCode.Unreachable, "office-unreachable", $"The office at {_server} does not answer: {reason}.", "Start it with 'office serve', or name another with --server URL.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure(ExitCode.Unreachable, "office-unreachable", $"The office at {_server} did not answer in time.", "Look whether it is busy or stopped, then repeat the command.");
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw await FailureAsync(response, cancellationToken);
    }

    private async Task<CommandFailure> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonNode.Parse(text) is JsonObject problem)
            {
                var code = (string?)problem["code"] ?? "refused";
                return new CommandFailure(ExitCode.Of(status, code), code, (string?)problem["detail"] ?? (string?)problem["title"] ?? $"The office answered {status}.", (string?)problem["remedy"] ?? "") { Answer = problem };
            }
        }
        catch (JsonException)
        {
            // No problem of ours: the status has to do.
        }

        return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Found
            ? new CommandFailure(ExitCode.NotAllowed, "not-signed-in", $"The office at {_server} does not know who you are.", "Run this on the machine of the office, or give a token with --token-file or OFFICE_TOKEN.")
            : new CommandFailure(ExitCode.Of(status, ""), "refused", $"{_server} answered {status} {response.ReasonPhrase}.", "Check the address.");
    }

    private static string Reason(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound => "no such host",
        SocketError.TimedOut => "timed out",
        var other => other.ToString(),
    };
}
