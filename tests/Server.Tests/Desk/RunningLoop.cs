using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Desk;

/// <summary>The workers and senders of an office over a store, without the rest of the program.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly OfficeLoop _loop;

    public RunningLoop(TestStore test, WorkflowRuntimeOptions? options = null, TimeSpan? longestBurst = null)
    {
        var commits = new Commits();
        Store = new WorkflowStore(test.Database, commits, test.Clock);
        Runtime = new WorkflowRuntime(Store, ActivityRegistry.Standard, test.Clock, options);
        var outbox = new OutboxWorker(Store, test.Database, [], test.Clock, NullLogger<OutboxWorker>.Instance);
        _loop = new OfficeLoop(Runtime, Store, test.Database, outbox, new DirectoryCache(test.Database.Contexts, commits), commits, test.Clock, NullLogger<OfficeLoop>.Instance)
        {
            LongestBurst = longestBurst ?? TimeSpan.FromMinutes(1),
        };
    }

    public WorkflowStore Store { get; }

    public WorkflowRuntime Runtime { get; }

    public Task StartAsync() => _loop.StartAsync(default);

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds();)
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"It never came to be that {what}.");
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(default);
        _loop.Dispose();
    }
}
