using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProductionOffice.Server.Tests.Effects.Web;

/// <summary>Somebody else's server on this machine, for what workflows send.</summary>
internal sealed class OutsideServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<Seen> _seen = [];

    private OutsideServer(WebApplication app) => _app = app;

    public int Port { get; private init; }

    /// <summary>What has come in, in order.</summary>
    public IReadOnlyList<Seen> Requests
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    /// <param name="answer">How it answers; the request has been noted by then.</param>
    public static async Task<OutsideServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        OutsideServer? server = null;
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (server!._seen)
                server._seen.Add(new Seen(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
            await answer(context);
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server = new OutsideServer(app) { Port = new Uri(address).Port };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal sealed record Seen(string Method, string Path, Dictionary<string, string> Headers, string Body);
}
