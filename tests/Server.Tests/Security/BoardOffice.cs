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

namespace ProductionOffice.Server.Tests.Security;

/// <summary>The whole program with the demo production, on a free port and a clock that moves when told; started once for all tests of a collection.</summary>
public sealed class BoardOffice : IAsyncLifetime
{
    /// <summary>The owner's token in these tests.</summary>
    public const string OwnerTokenText = "owner-token-of-the-tests";

    private readonly string _path = Path.Combine(Path.GetTempPath(), "po-board-" + Path.GetRandomFileName());
    private DataFolder? _folder;
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public FakeClock Clock { get; } = new("2027-03-09T18:30:00-08:00");

    internal IServiceProvider Services => _app!.Services;

    internal WorkflowStore Store => Services.GetRequiredService<WorkflowStore>();

    internal DirectoryCache Directory => Services.GetRequiredService<DirectoryCache>();

    public async Task InitializeAsync()
    {
        var options = new ServeOptions(_path, "http://127.0.0.1:0", IsEmpty: false, KeepsDates: true) { RunsSchedules = false };
        _folder = DataFolder.Take(_path);
        _app = OfficeHost.Build(options, _folder, Clock);
        await OfficeHost.PrepareAsync(_app, options, CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Store.WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = OwnerToken.Setting, Value = Secrets.Hash(OwnerTokenText) });
            return Task.CompletedTask;
        }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _folder!.Dispose();
        System.IO.Directory.Delete(_path, recursive: true);
    }

    /// <summary>A browser that nobody has signed in with.</summary>
    internal BoardClient Anonymous() => new(Address);

    /// <summary>A browser signed in by a fresh one-time link.</summary>
    internal async Task<BoardClient> SignInAsync(string account)
    {
        var client = Anonymous();
        await client.TakeLinkAsync(await Services.GetRequiredService<SignInLinks>().NewAsync(account, CancellationToken.None));
        return client;
    }

    /// <summary>Starts a hire and gives the id of the instance.</summary>
    internal Task<string> HireAsync(string person, string by) => Services.GetRequiredService<WorkflowDesk>().StartAsync(
        "crew-hire", new System.Text.Json.Nodes.JsonObject { ["person"] = person }, Directory.Current.Account(by)!, null, CancellationToken.None);

    /// <summary>Waits, commit by commit, until something is so.</summary>
    internal async Task<T> UntilAsync<T>(Func<OfficeDbContext, Task<T?>> look) where T : class
    {
        var commits = Services.GetRequiredService<Commits>();
        while (true)
        {
            var next = commits.NextAsync();
            await using (var context = await Store.ReadAsync(CancellationToken.None))
            {
                if (await look(context) is { } found)
                    return found;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Waits until nothing is left to be done now.</summary>
    internal Task SettledAsync() => UntilAsync(async context =>
    {
        var now = Clock.GetUtcNow();
        var isBusy = await context.Work.AnyAsync(w => w.DueAt <= now)
            || await context.Outbox.AnyAsync(o => EF.Property<DateTimeOffset?>(o, OfficeDbContext.Shadow.SentAt) == null && EF.Property<DateTimeOffset?>(o, OfficeDbContext.Shadow.ParkedAt) == null);
        return isBusy ? null : "settled";
    });

    /// <summary>The open task of an instance that offers an outcome, once it is asked for.</summary>
    internal Task<TaskRow> TaskAsync(string instance, string outcome) => UntilAsync(async context =>
        (await context.Tasks.Where(t => t.InstanceId == instance && t.State == "open").ToListAsync()).FirstOrDefault(t => TaskDesk.Read(t).Outcomes.Any(o => o.Name == outcome)));

    /// <summary>Does the open task of an instance that offers an outcome, as the first account that may.</summary>
    internal async Task DoAsync(string instance, string outcome)
    {
        var task = await TaskAsync(instance, outcome);
        var desk = Services.GetRequiredService<TaskDesk>();
        await desk.DoAsync(task.Id, new TaskAnswer(outcome, "because"), desk.FirstAllowed(task)!, null, CancellationToken.None);
    }
}

/// <summary>Tests that share one running office; each signs in anew and hires somebody of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBoardOffice : ICollectionFixture<BoardOffice>
{
    public const string Name = "board";
}
