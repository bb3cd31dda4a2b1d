using System.Globalization;
using System.Text.Json;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Tryout;

/// <summary>An office that lasts as long as a try-out: the real engine and templates on a store in memory and a clock of its own. Nothing leaves it.</summary>
internal sealed class TryoutStage : IServiceProvider
{
    private readonly MemoryWorkflowStore _store = new();
    private readonly WorkflowRuntime _runtime;
    private readonly TryoutEffects _effects;
    private readonly Queue<OutboxMessage> _due = new();
    private int _instances;

    /// <param name="directory">Who is who; people the workflow takes on are added to a copy.</param>
    /// <param name="registry">The activity types.</param>
    /// <param name="startsAt">First moment.</param>
    /// <param name="templates">What documents are made of; null makes none, only their names.</param>
    public TryoutStage(OfficeDirectory directory, ActivityRegistry registry, DateTimeOffset startsAt, TemplateShelf? templates)
    {
        Directory = directory;
        Clock = new TryoutClock(startsAt);
        _effects = new TryoutEffects(templates, Clock);
        _runtime = new WorkflowRuntime(_store, registry, Clock, new WorkflowRuntimeOptions
        {
            Services = this,
            NewInstanceId = () => string.Create(CultureInfo.InvariantCulture, $"t{++_instances}"),
            PlansTimers = false,
            LineWritten = Lines.Add,
            Committed = Take,
        });
    }

    public TryoutClock Clock { get; }

    public OfficeDirectory Directory { get; private set; }

    public MemoryWorkflowStore Store => _store;

    public TryoutEffects Effects => _effects;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public TimeZoneInfo Zone => Directory.Production?.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>What the workflow wrote with WriteLine.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>All journals, in the order things happened.</summary>
    public List<JournalEntry> Journal { get; } = [];

    /// <summary>Where paperwork stands, by person and kind.</summary>
    public SortedDictionary<string, PaperworkItem> Paperwork { get; } = new(StringComparer.Ordinal);

    /// <summary>Told of each burst that was kept; null when nobody listens.</summary>
    public Action<BurstResult>? Kept { get; set; }

    public object? GetService(Type serviceType) =>
        serviceType == typeof(OfficeDirectory) ? Directory : serviceType == typeof(TimeZoneInfo) ? Zone : null;

    /// <summary>Takes a definition as the published one, and others beside it for what it starts.</summary>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    public async Task OpenAsync(string definition, IEnumerable<StoredDefinition> others, CancellationToken cancellationToken)
    {
        foreach (var other in others)
            await _store.SaveDefinitionAsync(other, [], null, cancellationToken);
        var mine = DefinitionReader.Read(definition);
        (mine.IsPublished, mine.IsLatest) = (true, true);
        await _runtime.ImportDefinitionAsync(DefinitionWriter.Write(mine), cancellationToken);
    }

    /// <summary>Starts an instance and lets all follow that follows at once.</summary>
    public async Task<string> StartAsync(StartRequest request, CancellationToken cancellationToken)
    {
        var started = await _runtime.StartAsync(request with { IgnoreActivation = true }, cancellationToken);
        await SettleAsync(cancellationToken);
        return started.InstanceId;
    }

    public async Task ResumeAsync(string bookmarkId, Value input, string? actor, CancellationToken cancellationToken)
    {
        await _runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmarkId, Input = input, Actor = actor }, cancellationToken);
        await SettleAsync(cancellationToken);
    }

    public async Task SendAsync(Stimulus stimulus, CancellationToken cancellationToken)
    {
        await _runtime.SendAsync(stimulus, cancellationToken);
        await SettleAsync(cancellationToken);
    }

    public async Task CancelAsync(string instanceId, string? actor, string? reason, CancellationToken cancellationToken)
    {
        await _runtime.CancelAsync(instanceId, actor, reason, cancellationToken);
        await SettleAsync(cancellationToken);
    }

    /// <summary>Lets time pass; every timer wakes at its own moment.</summary>
    public async Task PassAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (await _store.NextDueAsync(Now, cancellationToken) is { } due && due <= until)
        {
            Clock.MoveTo(due);
            await SettleAsync(cancellationToken);
        }

        Clock.MoveTo(until);
    }

    /// <summary>The same hour so many days later by the production's clock.</summary>
    public DateTimeOffset After(int days)
    {
        var local = TimeZoneInfo.ConvertTime(Now, Zone).DateTime.AddDays(days);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Wakes what waits for an effect with its result.</summary>
    public ValueTask WakeAsync(OutboxMessage message, Value result, CancellationToken cancellationToken) => message.BookmarkId is not { } bookmark
        ? ValueTask.CompletedTask
        : _store.CommitAsync(new Commit { Bursts = [], Work = [new WorkItem(bookmark, "resume", message.InstanceId, bookmark, Now, result.ToJson())] }, cancellationToken);

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (await _runtime.RunDueWorkAsync(100, cancellationToken) > 0)
            {
            }
        }
        while (await PerformAsync(cancellationToken));
    }

    private async Task<bool> PerformAsync(CancellationToken cancellationToken)
    {
        var any = _due.Count > 0;
        while (_due.TryDequeue(out var message))
        {
            // As on the real desk: an effect nobody waits for any more is not performed.
            if (message.BookmarkId is { } bookmark && await _store.FindBookmarkAsync(bookmark, cancellationToken) is null)
                continue;
            if (_effects.Perform(message) is { } result)
                await WakeAsync(message, result, cancellationToken);
        }

        return any;
    }

    private void Take(Commit commit)
    {
        foreach (var burst in commit.Bursts)
        {
            Journal.AddRange(burst.Journal);
            foreach (var fact in burst.Facts)
                Take(fact);
            foreach (var message in burst.Outbox)
                _due.Enqueue(message);
            Kept?.Invoke(burst);
        }
    }

    private void Take(Fact fact)
    {
        switch (fact.Kind)
        {
            case "paperwork":
                var item = JsonSerializer.Deserialize<PaperworkItem>(fact.Payload, FactWriter.Json)!;
                Paperwork[fact.Key] = item with { DocumentId = item.DocumentId ?? Paperwork.GetValueOrDefault(fact.Key)?.DocumentId };
                break;
            case "document":
                _effects.SetState(fact.Key, Value.ParseJson(fact.Payload)["state"].ToString());
                break;
            case "person":
                var person = JsonSerializer.Deserialize<Person>(fact.Payload, FactWriter.Json)!;
                Directory = new OfficeDirectory(
                    Directory.Production, Directory.Departments, [.. Directory.People.Where(p => p.Id != person.Id), person], Directory.Accounts, Directory.Budget);
                break;
        }
    }
}
