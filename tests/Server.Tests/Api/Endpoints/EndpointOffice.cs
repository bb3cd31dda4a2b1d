using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Api.Endpoints;

/// <summary>A new office without a demo, on a clock that moves when told, for workflows that listen to the web.</summary>
public sealed class EndpointOffice : IAsyncLifetime
{
    private const string Token = "owner-token-of-the-tests";

    private readonly string _path = Path.Combine(Path.GetTempPath(), "po-endpoints-" + Path.GetRandomFileName());
    private DataFolder? _folder;
    private WebApplication? _app;

    public FakeClock Clock { get; } = new("2027-03-09T18:30:00-08:00");

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    internal IServiceProvider Services => _app!.Services;

    internal WorkflowStore Store => Services.GetRequiredService<WorkflowStore>();

    public async Task InitializeAsync()
    {
        var options = new ServeOptions(_path, "http://127.0.0.1:0", IsEmpty: true) { RunsSchedules = false };
        _folder = DataFolder.Take(_path);
        _app = OfficeHost.Build(options, _folder, Clock);
        await OfficeHost.PrepareAsync(_app, options, default);
        await _app.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Store.WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = OwnerToken.Setting, Value = Secrets.Hash(Token) });
            return Task.CompletedTask;
        }, default);
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _folder!.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    /// <summary>Sends a request; with the owner's token when an account is named.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content = null, string? actAs = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (actAs is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            request.Headers.Add("X-Office-As", actAs);
        }

        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>Publishes a sequence of activities.</summary>
    internal Task PublishAsync(string id, params JsonNode[] activities) => PublishAsync(id, new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(activities) });

    internal Task PublishAsync(string id, JsonObject root) => Services.GetRequiredService<WorkflowDesk>().PublishAsync(new JsonObject
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["variables"] = new JsonArray(Variable("Body"), Variable("Route"), Variable("Query"), Variable("Headers"), Variable("Files")),
        ["root"] = root,
    }.ToJsonString(), default);

    /// <summary>An endpoint whose outputs go to the variables Body, Route, Query, Headers and Files.</summary>
    internal static JsonObject Endpoint(string path, bool? authorize = false, bool starts = true, params (string Name, JsonNode Value)[] inputs)
    {
        var endpoint = new JsonObject
        {
            ["id"] = "endpoint" + path.Length,
            ["type"] = "Elsa.HttpEndpoint",
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = starts },
            ["path"] = Literal(path),
            ["supportedMethods"] = Literal(new JsonArray("POST", "PUT")),
            ["parsedContent"] = Output("Body"),
            ["routeData"] = Output("Route"),
            ["queryStringData"] = Output("Query"),
            ["headers"] = Output("Headers"),
            ["files"] = Output("Files"),
        };
        if (authorize is { } asked)
            endpoint["authorize"] = Literal(asked);
        foreach (var (name, value) in inputs)
            endpoint[name] = Literal(value);
        return endpoint;
    }

    /// <summary>An answer with what a script gives.</summary>
    internal static JsonObject Answer(string script, int status = 200) => new()
    {
        ["id"] = "answer" + status,
        ["type"] = "Elsa.WriteHttpResponse",
        ["statusCode"] = Literal(status),
        ["content"] = Script(script),
        ["responseHeaders"] = Literal(new JsonObject { ["X-Permit"] = "7", ["Set-Cookie"] = "po-session=stolen" }),
    };

    internal static JsonObject Literal(JsonNode value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = value is JsonValue ? "Literal" : "Object", ["value"] = value is JsonValue ? value : value.ToJsonString() } };

    internal static JsonObject Script(string source) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = source } };

    internal Task<int> CountAsync(string definition) => ReadAsync(context => context.Instances.CountAsync(i => i.DefinitionId == definition));

    internal async Task<T> ReadAsync<T>(Func<OfficeDbContext, Task<T>> read)
    {
        await using var context = await Store.ReadAsync(default);
        return await read(context);
    }

    private static JsonObject Variable(string name) => new() { ["id"] = name, ["name"] = name, ["typeName"] = "Object" };

    private static JsonObject Output(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = variable } };
}
