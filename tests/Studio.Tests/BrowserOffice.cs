using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Studio.Tests.Drawings;
using ProductionOffice.TestKit;

namespace ProductionOffice.Studio.Tests;

/// <summary>Tests that share one office and one browser, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserOffice>
{
    public const string Name = "browser";
}

/// <summary>The whole program with the demo production and a real browser before it; started when the first test asks for a page.</summary>
public sealed class BrowserOffice : IAsyncLifetime
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "po-browser-" + Path.GetRandomFileName());
    private DataFolder? _folder;
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private (string Account, IPage Page, List<string> Complaints)? _designer;

    public string Address { get; private set; } = "";

    internal IServiceProvider Services => _app!.Services;

    // Where there is no browser every test is skipped: nothing is started for them.
    public async Task InitializeAsync()
    {
        if (Tools.Find("chromium") is not { } chromium)
            return;

        var options = new ServeOptions(_path, "http://127.0.0.1:0", IsEmpty: false, KeepsDates: true) { RunsSchedules = false, StudioFolder = StudioFactAttribute.Folder };
        _folder = DataFolder.Take(_path);
        _app = OfficeHost.Build(options, _folder, new FakeClock("2027-03-09T18:30:00-08:00"));
        await OfficeHost.PrepareAsync(_app, options, CancellationToken.None);
        await _app.StartAsync();
        Address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _playwright = await Playwright.CreateAsync();
        // What comes late on a busy machine still comes; only what never comes is a failure.
        Assertions.SetDefaultExpectTimeout(DrawingBoard.Patience);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _folder!.Dispose();
            Directory.Delete(_path, recursive: true);
        }
    }

    /// <summary>A page of somebody who has just signed in by a one-time link; what the browser complains about is gathered.</summary>
    internal async Task<(IPage Page, List<string> Complaints)> SignInAsync(string account, bool script, int width = 1400)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            JavaScriptEnabled = script,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(DrawingBoard.Patience);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:" + Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                complaints.Add($"asks another host: {request.Url}");
        };
        var link = await Services.GetRequiredService<SignInLinks>().NewAsync(account, CancellationToken.None);
        await page.GotoAsync($"/sign-in/link/{link}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return (page, complaints);
    }

    /// <summary>A page of somebody whose browser has the designer's files already, where an earlier test fetched them.</summary>
    internal async Task<(IPage Page, List<string> Complaints)> DesignerAsync(string account)
    {
        if (_designer is { } known && known.Account != account)
        {
            await known.Page.Context.CloseAsync();
            _designer = null;
        }

        if (_designer is null)
        {
            var (page, complaints) = await SignInAsync(account, script: true, width: 1440);
            _designer = (account, page, complaints);
        }

        // A test that failed may have left it without a network.
        await _designer.Value.Page.Context.SetOfflineAsync(false);
        _designer.Value.Complaints.Clear();
        return (_designer.Value.Page, _designer.Value.Complaints);
    }

    /// <summary>Waits until the newest version of a workflow holds a text that was drawn or typed.</summary>
    internal async Task HasAsync(string definitionId, string text)
    {
        var runtime = Services.GetRequiredService<WorkflowRuntime>();
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            var json = (await runtime.ListVersionsAsync(definitionId)).Single(v => v.IsLatest).Json;
            if (json.Contains(text, StringComparison.Ordinal))
                return;
            if (patience.ElapsedMilliseconds > DrawingBoard.Patience)
                json.ShouldContain(text);
        }
    }

    /// <summary>Waits, commit by commit, until a task with an outcome is asked for.</summary>
    internal async Task<TaskRow> TaskAsync(string instance, string outcome)
    {
        var (commits, tasks) = (Services.GetRequiredService<Commits>(), Services.GetRequiredService<TaskDesk>());
        while (true)
        {
            var next = commits.NextAsync();
            if ((await tasks.ListOpenAsync(instance, includeOffered: false, CancellationToken.None)).FirstOrDefault(t => TaskDesk.Read(t).Outcomes.Any(o => o.Name == outcome)) is { } task)
                return task;

            await next.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
