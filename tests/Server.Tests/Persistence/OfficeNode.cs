using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>The whole program as one of the nodes on a PostgreSQL, in this process.</summary>
internal sealed class OfficeNode : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly WebApplication _app;

    private OfficeNode(DataFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    public WorkflowRuntime Runtime => _app.Services.GetRequiredService<WorkflowRuntime>();

    public Uri Address => new(_app.Urls.First());

    public WorkflowStore Store => _app.Services.GetRequiredService<WorkflowStore>();

    public static async Task<OfficeNode> StartAsync(string connection, string shared)
    {
        var path = Directory.CreateTempSubdirectory("office-node-").FullName;
        var options = new ServeOptions(path, "http://127.0.0.1:0", IsEmpty: true, Store: connection, SharedFolder: shared) { RunsSchedules = false };
        var folder = DataFolder.Take(path, shared);
        var app = OfficeHost.Build(options, folder, TimeProvider.System);
        await OfficeHost.PrepareAsync(app, options, default);
        await app.StartAsync();
        return new OfficeNode(folder, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_folder.Root, recursive: true);
    }
}
