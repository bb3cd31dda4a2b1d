using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>The program in this process, started on a folder that another process left behind.</summary>
internal sealed class RecoveredOffice : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly WebApplication _app;

    private RecoveredOffice(DataFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    public HttpClient Client { get; private init; } = new();

    public static async Task<RecoveredOffice> StartAsync(string data)
    {
        var options = new ServeOptions(data, "http://127.0.0.1:0", IsEmpty: true);
        var folder = DataFolder.Take(data);
        var app = OfficeHost.Build(options, folder, TimeProvider.System);
        await OfficeHost.PrepareAsync(app, options, default);
        await app.StartAsync();
        await Greeting.WriteAsync(app, folder, TextWriter.Null, default);
        var access = LocalAccess.Read(data)!;
        return new RecoveredOffice(folder, app)
        {
            Client = new HttpClient { BaseAddress = new Uri(access.Server), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", access.Token) } },
        };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
        TestStore.Release(Path.Combine(_folder.Root, "office.db"));
    }
}
