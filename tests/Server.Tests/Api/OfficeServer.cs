using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Hosting;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>The real office with the demo production, on a port and in a folder of its own; started once for the tests of a collection.</summary>
public sealed class OfficeServer : IAsyncLifetime
{
    private DataFolder? _folder;
    private WebApplication? _app;

    public string Data { get; } = Directory.CreateTempSubdirectory("office-").FullName;

    public Uri Address { get; private set; } = null!;

    internal string Token { get; private set; } = "";

    internal IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        var options = new ServeOptions(Data, "http://127.0.0.1:0");
        _folder = DataFolder.Take(Data);
        _app = OfficeHost.Build(options, _folder, TimeProvider.System);
        await OfficeHost.PrepareAsync(_app, options, default);
        await _app.StartAsync();
        await Greeting.WriteAsync(_app, _folder, TextWriter.Null, default);
        var local = LocalAccess.Read(Data)!;
        (Address, Token) = (new Uri(local.Server), local.Token);
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _folder!.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>A client of the machine's owner, acting for an account when one is named.</summary>
    public HttpClient Client(string? actAs = null) => Client(Token, actAs);

    public HttpClient Client(string? token, string? actAs)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (actAs is not null)
            client.DefaultRequestHeaders.Add("X-Office-As", actAs);
        return client;
    }

    /// <summary>Starts a hire and brings it to the deal memo that waits for the UPM.</summary>
    public async Task<(string Instance, string Task)> HireAsync(string person)
    {
        using var office = Client();
        var started = await office.PostJsonAsync("/office/v1/workflows/crew-hire/start", new JsonObject { ["input"] = new JsonObject { ["person"] = person } });
        var instance = (string)started.Json["instanceId"]!;
        var check = await OpenTaskAsync(office, instance);
        (await office.PostJsonAsync($"/office/v1/tasks/{check}", new JsonObject { ["outcome"] = "Checked" })).Status.ShouldBe(200);
        await office.GetJsonAsync($"/office/v1/instances/{instance}?wait=30");
        return (instance, await OpenTaskAsync(office, instance));
    }

    /// <summary>Pairs a front desk.</summary>
    internal async Task<PairAnswer> PairAsync(string name)
    {
        var desk = _app!.Services.GetRequiredService<KioskDesk>();
        return await desk.PairAsync(new PairRequest(await desk.NewPairingCodeAsync(default), name), default);
    }

    private static async Task<string> OpenTaskAsync(HttpClient office, string instance) =>
        (string)(await office.GetJsonAsync($"/office/v1/tasks?instance={instance}")).Json[0]!["id"]!;
}

/// <summary>Tests that share one office; none depends on what another left behind.</summary>
[CollectionDefinition(Name)]
public sealed class OfficeServerTests : ICollectionFixture<OfficeServer>
{
    public const string Name = "office server";
}

/// <summary>An answer: status, text, and the text as JSON when it is some.</summary>
internal sealed record Reply(int Status, string Text, string? ContentType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The stable word of a refusal.</summary>
    public string? Code => (string?)Json["code"];
}

internal static class HttpClientExtensions
{
    public static async Task<Reply> GetJsonAsync(this HttpClient client, string path) => await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative)));

    public static Task<Reply> PostJsonAsync(this HttpClient client, string path, JsonNode body, string? key = null) => client.PostTextAsync(path, body.ToJsonString(), key: key);

    public static async Task<Reply> PostTextAsync(this HttpClient client, string path, string body, string type = "application/json", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await ReadAsync(await client.SendAsync(request));
    }

    private static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
            return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
    }
}
