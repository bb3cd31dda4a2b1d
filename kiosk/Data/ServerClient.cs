using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Data;

/// <summary>The three requests a kiosk makes.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;

    public ServerClient(HttpMessageHandler? handler = null, TimeSpan? timeout = null)
    {
        // The server stands in the house: no proxy between.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(5),
        };
    }

    /// <exception cref="ServerRefusedException">The code is wrong or too old.</exception>
    public async Task<PairAnswer> PairAsync(string server, string code, string name, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server + "/kiosk/v1/pair") { Content = Body(new PairRequest(code, name), KioskJson.Default.PairRequest) };
        using var response = await _http.SendAsync(request, cancel);
        return await ReadAsync(response, KioskJson.Default.PairAnswer, cancel);
    }

    /// <exception cref="ServerRefusedException">The server does not take the batch as a whole.</exception>
    public async Task<EventBatchAnswer> SendAsync(StoredStation station, EventBatch batch, CancellationToken cancel)
    {
        using var request = Authorised(HttpMethod.Post, station, "/kiosk/v1/events");
        request.Content = Body(batch, KioskJson.Default.EventBatch);
        using var response = await _http.SendAsync(request, cancel);
        return await ReadAsync(response, KioskJson.Default.EventBatchAnswer, cancel);
    }

    /// <summary>The list, or null when it has not changed.</summary>
    public async Task<ReferenceData?> ReferenceAsync(StoredStation station, string? version, CancellationToken cancel)
    {
        using var request = Authorised(HttpMethod.Get, station, "/kiosk/v1/reference?version=" + Uri.EscapeDataString(version ?? ""));
        using var response = await _http.SendAsync(request, cancel);
        return response.StatusCode == HttpStatusCode.NotModified ? null : await ReadAsync(response, KioskJson.Default.ReferenceData, cancel);
    }

    public void Dispose() => _http.Dispose();

    // Whole, so that its length is said.
    private static ByteArrayContent Body<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static HttpRequestMessage Authorised(HttpMethod method, StoredStation station, string path) =>
        new(method, station.Server + path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", station.Token) } };

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancel) where T : class
    {
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadFromJsonAsync(type, cancel) ?? throw new JsonException("The server answered nothing.");
        if ((int)response.StatusCode is < 400 or >= 500)
            throw new HttpRequestException($"The server answered {(int)response.StatusCode}.");

        throw new ServerRefusedException(response.StatusCode, await ReasonAsync(response, cancel));
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            if ((await response.Content.ReadFromJsonAsync(KioskJson.Default.Refusal, cancel))?.Text is { Length: > 0 } text)
                return text;
        }
        catch (JsonException)
        {
            // No words given.
        }

        return $"The server answered {(int)response.StatusCode}.";
    }
}

/// <summary>The server understood and said no.</summary>
internal sealed class ServerRefusedException(HttpStatusCode status, string reason) : Exception(reason)
{
    public HttpStatusCode Status => status;
}
