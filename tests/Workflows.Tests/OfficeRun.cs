using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Templates;
using ProductionOffice.TestKit;
using ProductionOffice.Workflows.Approvals;

namespace ProductionOffice.Workflows.Tests;

/// <summary>A whole office in memory: the shipped definitions and templates, the real engine, a clock that moves when told.</summary>
internal sealed partial class OfficeRun : IServiceProvider
{
    private readonly MemoryWorkflowStore _store = new();
    private readonly WorkflowRuntime _runtime;
    private readonly HashSet<string> _performed = [];
    private int _instances;

    private OfficeRun(string now)
    {
        Clock = new FakeClock(now);
        _runtime = new WorkflowRuntime(_store, OfficeActivities.Registry(), Clock, new WorkflowRuntimeOptions
        {
            Services = this,
            NewInstanceId = () => $"i{++_instances}",
        });
    }

    public FakeClock Clock { get; }

    public OfficeDirectory Directory { get; set; } = Directories.Small;

    /// <summary>Documents made, oldest first.</summary>
    public List<(string Id, string Name, int Version, string Text)> Documents { get; } = [];

    /// <summary>Messages sent, oldest first, as "to: subject".</summary>
    public List<string> Messages { get; } = [];

    public static async Task<OfficeRun> OpenAsync(string now = "2027-02-24T10:00:00-08:00")
    {
        var office = new OfficeRun(now);
        foreach (var file in System.IO.Directory.EnumerateFiles(Path.Combine(Tools.Root, "workflows", "definitions"), "*.json"))
            await office.PublishAsync(file);
        return office;
    }

    /// <summary>An office with a starting point of the gallery published beside the shipped workflows.</summary>
    public static async Task<OfficeRun> OpenWithAsync(string gallery)
    {
        var office = await OpenAsync();
        await office.PublishAsync(Path.Combine(Tools.Root, "workflows", "gallery", gallery + ".json"));
        return office;
    }

    public object? GetService(Type serviceType) => serviceType == typeof(OfficeDirectory) ? Directory : null;

    public Task<string> HireAsync(string input, string by = "head-elc") => StartAsync("crew-hire", input, by);

    public async Task<string> StartAsync(string definitionId, string input, string by)
    {
        var started = await _runtime.StartAsync(new StartRequest { DefinitionId = definitionId, Input = Value.ParseJson(input).AsObject(), Actor = by });
        await SettleAsync();
        return started.InstanceId;
    }

    /// <summary>Sends what a front desk sends and lets everything follow.</summary>
    public async Task SendAsync(string stimulus, Value payload, Value input)
    {
        await _runtime.SendAsync(new Stimulus { Name = stimulus, Payload = payload, Input = input });
        await SettleAsync();
    }

    /// <summary>Does the open task that offers an outcome, as an account.</summary>
    public async Task DoAsync(string instanceId, string outcome, string by, string? comment = null, Dictionary<string, string>? fields = null)
    {
        var (bookmark, _) = (await TasksAsync(instanceId)).Single(t => t.Task.Outcomes.Any(o => o.Name == outcome));
        var account = Directory.Account(by)!;
        var decision = new TaskDecision(outcome, comment, account.Name, account.PersonId, account.DisplayName, Clock.GetUtcNow(), fields);
        await _runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id, Input = decision.ToValue(), Actor = by });
        await SettleAsync();
    }

    /// <summary>Lets days pass; every timer fires at its own moment.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        while (await _store.NextDueAsync(Clock.GetUtcNow(), default) is { } due && due <= end)
        {
            Clock.AdvanceTo(due);
            await SettleAsync();
        }

        Clock.AdvanceTo(end);
    }

    public async Task<WorkflowInstance> InstanceAsync(string id) => (await _store.FindInstanceAsync(id, default))!;

    public IReadOnlyList<WorkflowInstance> Instances => _store.Instances;

    public async Task<IReadOnlyList<(Bookmark Bookmark, OfficeTask Task)>> TasksAsync(string instanceId) =>
        [.. (await _store.ListBookmarksAsync(instanceId, default))
            .Where(b => b.Payload is not null && JsonNode.Parse(b.Payload)!["task"] is not null)
            .Select(b => (b, OfficeValues.To<OfficeTask>(Value.ParseJson(b.Payload!)["task"])!))];

    /// <summary>What is asked of whom: "role: title", what is only offered left out.</summary>
    public async Task<IReadOnlyList<string>> AskedAsync(string instanceId) =>
        [.. (await TasksAsync(instanceId)).Where(t => t.Task.IsOffered).Select(t => $"{t.Task.Role}: {t.Task.Title}")];

    /// <summary>The timeline in plain words.</summary>
    public async Task<IReadOnlyList<string>> TimelineAsync(string instanceId) =>
        [.. (await _store.ListJournalAsync(instanceId, default)).Where(j => j.Message is not null).Select(j => j.Why is null ? j.Message! : $"{j.Message} ({j.Why})")];

    /// <summary>Where a person's deal memo stands on the paperwork page.</summary>
    public PaperworkItem? DealMemoOf(string personId) => PaperworkOf(personId, "dealMemo");

    /// <summary>Where a piece of paperwork of a person stands on the paperwork page.</summary>
    public PaperworkItem? PaperworkOf(string personId, string kind) => _store.Facts
        .Where(f => f.Kind == "paperwork" && f.Key == $"{personId}:{kind}")
        .Select(f => OfficeValues.To<PaperworkItem>(Value.ParseJson(f.Payload))).LastOrDefault();

    public IReadOnlyList<Fact> Facts => _store.Facts;

    private async Task PublishAsync(string file)
    {
        var json = await File.ReadAllTextAsync(file);
        await _runtime.SaveDefinitionAsync(json);
        await _runtime.PublishAsync((string)JsonNode.Parse(json)!["definitionId"]!);
    }

    private async Task SettleAsync()
    {
        do
        {
            while (await _runtime.RunDueWorkAsync(50) > 0)
            {
            }
        }
        while (await PerformAsync());
    }

    private async Task<bool> PerformAsync()
    {
        var fresh = _store.Outbox.Where(o => _performed.Add(o.EffectKey)).ToList();
        foreach (var message in fresh)
        {
            var payload = Value.ParseJson(message.Payload);
            var result = message.Kind == "document" ? Render(payload) : Deliver(payload);
            if (message.BookmarkId is { } bookmark)
            {
                await _store.CommitAsync(new Commit
                {
                    Bursts = [],
                    Work = [new WorkItem(bookmark, "resume", message.InstanceId, bookmark, Clock.GetUtcNow(), result.ToJson())],
                }, default);
            }
        }

        return fresh.Count > 0;
    }

    private Value Deliver(Value payload)
    {
        Messages.Add($"{string.Join(", ", payload["to"].AsList().Select(t => t["name"].ToString()))}: {payload["subject"]}");
        return Value.True;
    }

    private Value Render(Value payload)
    {
        var template = payload["template"].ToString();
        using var output = new MemoryStream();
        Template.Compile(File.ReadAllBytes(Path.Combine(Tools.Root, "templates", "documents", template)), template).Render(
            payload["data"],
            new RenderOptions { Now = DateTimeOffset.Parse(payload["issuedAt"].ToString(), CultureInfo.InvariantCulture), TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles") },
            output);
        var id = $"d{Documents.Count + 1}";
        Documents.Add((id, payload["name"].ToString(), (int)payload["version"].AsNumber(), TextOf(output)));
        return OfficeValues.Fields(("id", Value.From(id)), ("kind", payload["kind"]), ("name", payload["name"]), ("version", payload["version"]));
    }

    private static string TextOf(MemoryStream docx)
    {
        using var zip = new ZipArchive(docx, ZipArchiveMode.Read, leaveOpen: true);
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return Markup().Replace(ParagraphEnd().Replace(reader.ReadToEnd(), "\n"), "").Replace("&amp;", "&", StringComparison.Ordinal);
    }

    [GeneratedRegex("</w:p>")]
    private static partial Regex ParagraphEnd();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Markup();
}
