using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Runtime;

/// <summary>The only door to the engine: starts, wakes and cancels instances, one transaction for each burst.</summary>
/// <remarks>May be called from several threads at once, and from several processes over one store.</remarks>
public sealed partial class WorkflowRuntime
{
    private readonly IWorkflowStore _store;
    private readonly TimeProvider _clock;
    private readonly WorkflowRuntimeOptions _options;
    private readonly DefinitionCache _definitions;
    private readonly SemaphoreSlim[] _instanceGates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Makes a runtime over a store.</summary>
    /// <param name="store">Where everything is kept.</param>
    /// <param name="registry">The activity types definitions can use.</param>
    /// <param name="clock">Time.</param>
    /// <param name="options">Null for the defaults.</param>
    public WorkflowRuntime(IWorkflowStore store, ActivityRegistry registry, TimeProvider clock, WorkflowRuntimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(clock);
        _store = store;
        _clock = clock;
        _options = options ?? new WorkflowRuntimeOptions();
        Registry = registry;
        _definitions = new DefinitionCache(store, registry);
    }

    /// <summary>The activity types definitions can use.</summary>
    public ActivityRegistry Registry { get; }

    /// <summary>Starts an instance and runs it until it rests.</summary>
    /// <exception cref="WorkflowNotFoundException">There is no such definition, or it is not published.</exception>
    /// <exception cref="DefinitionFormatException">The definition cannot be read.</exception>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another request.</exception>
    public Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return StartAsync(request, null, cancellationToken);
    }

    /// <summary>Wakes one bookmark and runs its instance until it rests.</summary>
    /// <exception cref="BookmarkGoneException">It is not open any more.</exception>
    /// <exception cref="InstanceEndedException">The instance has faulted or been cancelled.</exception>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another request.</exception>
    public Task<ResumeResult> ResumeAsync(ResumeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ResumeAsync(request, null, cancellationToken);
    }

    /// <summary>Starts what has this stimulus as a trigger and wakes what waits for it, one after the other.</summary>
    public Task<StimulusResult> SendAsync(Stimulus stimulus, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stimulus);
        return SendAsync(stimulus, null, cancellationToken);
    }

    /// <summary>Cancels an instance; one that has ended stays as it is.</summary>
    /// <exception cref="WorkflowNotFoundException">There is no such instance.</exception>
    public Task CancelAsync(string instanceId, string? actor = null, string? reason = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(instanceId, BurstCause.Cancel, actor, reason, null, cancellationToken);

    /// <summary>Runs failed activities of an instance again; what went wrong stays in the journal.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="activityInstanceId">The failed execution; null for all.</param>
    /// <param name="actor">Account that asks; null for the system.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such instance.</exception>
    public Task RetryAsync(string instanceId, string? activityInstanceId = null, string? actor = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(instanceId, BurstCause.Retry, actor, activityInstanceId, null, cancellationToken);

    /// <summary>Changes one instance by hand: retries, skips or cancels activities, sets variables. All of it or nothing; the journal says who and why.</summary>
    /// <exception cref="WorkflowNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceEndedException">It has ended other than by an incident.</exception>
    /// <exception cref="Alterations.AlterationException">An alteration does not fit where the instance stands.</exception>
    public Task AlterAsync(string instanceId, IReadOnlyList<Alterations.Alteration> alterations, string? actor = null, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alterations);
        return ChangeAsync(instanceId, BurstCause.Alter, actor, reason, null, cancellationToken, alterations);
    }

    /// <summary>What a published trigger says to the host about itself, for a web endpoint its path as written, who may call and how much may be sent; Undefined when nothing or when it is gone.</summary>
    public async ValueTask<Value> DescribeTriggerAsync(Trigger trigger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        var graph = await _definitions.GetVersionAsync(trigger.DefinitionVersionId, cancellationToken);
        return graph.Nodes.FirstOrDefault(n => n.Id == trigger.ActivityId && n.Composite == graph.Root)?.DescribeTrigger(new TriggerContext()) ?? Value.Undefined;
    }

    /// <summary>The first answer a burst wrote: a request gets one.</summary>
    private static string? WebResponse(BurstOutcome outcome) =>
        outcome.Children.Prepend(outcome.Result).SelectMany(r => r.Outbox).FirstOrDefault(o => o.Kind == WriteHttpResponse.EffectKind)?.Payload;

    private DateTimeOffset Now => _clock.GetUtcNow();

    private async Task<StartResult> StartAsync(StartRequest request, WorkClaim? claim, CancellationToken cancellationToken)
    {
        var command = CommandKey.Of(request);
        if (await command.FindAsync<StartResult>(_store, cancellationToken) is { } before)
            return before;

        var stored = request.VersionId is { } versionId
            ? await _store.FindDefinitionVersionAsync(versionId, cancellationToken) ?? throw new WorkflowNotFoundException("version", versionId)
            : await _store.FindDefinitionAsync(request.DefinitionId, published: true, cancellationToken) ?? throw new WorkflowNotFoundException("definition", request.DefinitionId);
        var graph = await _definitions.GetAsync(stored, cancellationToken);
        if (!request.IgnoreActivation && !await MayStartAsync(graph.Definition, request.CorrelationId, cancellationToken))
            return new StartResult("", WorkflowStatus.Finished, WorkflowSubStatus.Cancelled, CannotStart: true);

        var instanceId = request.InstanceId ?? _options.NewInstanceId();
        try
        {
            var outcome = await RunAsync(children => NewInstance(graph, instanceId, request, children), cancellationToken);
            var answer = new StartResult(instanceId, outcome.Result.Instance.Status, outcome.Result.Instance.SubStatus) { WebResponse = WebResponse(outcome) };
            await CommitAsync(outcome, new Commit { Bursts = [], Command = command.Answer(answer, Now), ConsumedWork = claim?.Item.Id, Claim = claim }, cancellationToken);
            return answer;
        }
        catch (ConcurrencyException) when (request.IdempotencyKey is not null)
        {
            if (await command.FindAsync<StartResult>(_store, cancellationToken) is { } meanwhile)
                return meanwhile;
            throw;
        }
    }

    /// <param name="request">What is asked.</param>
    /// <param name="claim">The work that asks it; null for none.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <param name="planned">Work nobody has claimed yet that this makes needless.</param>
    private async Task<ResumeResult> ResumeAsync(ResumeRequest request, WorkClaim? claim, CancellationToken cancellationToken, string? planned = null)
    {
        var command = CommandKey.Of(request);
        for (var attempt = 0; ; attempt++)
        {
            if (await command.FindAsync<ResumeResult>(_store, cancellationToken) is { } before)
                return before;

            var bookmark = await _store.FindBookmarkAsync(request.BookmarkId, cancellationToken) ?? throw new BookmarkGoneException(request.BookmarkId);
            using var turn = await EnterAsync(bookmark.InstanceId, claim, cancellationToken);
            try
            {
                var (instance, graph, bookmarks) = await LoadAsync(bookmark.InstanceId, cancellationToken);
                if (instance.Status == WorkflowStatus.Finished)
                    throw new InstanceEndedException(instance.Id, instance.SubStatus);
                if (!bookmarks.Any(b => b.Id == request.BookmarkId))
                    throw new BookmarkGoneException(request.BookmarkId);

                var outcome = await RunAsync(
                    children => Change(instance, graph, bookmarks, BurstCause.Resume, request.Actor, children) with { BookmarkId = request.BookmarkId, Stimulus = request.Input, WorkflowInput = request.WorkflowInput },
                    cancellationToken);
                var after = outcome.Result.Instance;
                var answer = new ResumeResult(after.Id, after.Status, after.SubStatus) { WebResponse = WebResponse(outcome) };
                await CommitAsync(outcome, new Commit { Bursts = [], ConsumedBookmark = bookmark.AutoBurn ? bookmark.Id : null, ConsumedWork = claim?.Item.Id ?? planned, Claim = claim, Command = command.Answer(answer, Now) }, cancellationToken);
                return answer;
            }
            catch (ConcurrencyException) when (attempt < _options.Retries)
            {
                // Somebody else was faster: again from fresh state.
            }
        }
    }

    private async Task ChangeAsync(string instanceId, BurstCause cause, string? actor, string? reason, WorkClaim? claim, CancellationToken cancellationToken, IReadOnlyList<Alterations.Alteration>? alterations = null)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var turn = await EnterAsync(instanceId, claim, cancellationToken);
            try
            {
                var (instance, graph, bookmarks) = await LoadAsync(instanceId, cancellationToken);
                if (instance.Status == WorkflowStatus.Finished && !(cause is BurstCause.Retry or BurstCause.Alter && instance.SubStatus == WorkflowSubStatus.Faulted))
                {
                    if (cause == BurstCause.Alter)
                        throw new InstanceEndedException(instance.Id, instance.SubStatus);
                    if (claim is not null)
                        await _store.CommitAsync(new Commit { Bursts = [], ConsumedWork = claim.Item.Id, Claim = claim }, cancellationToken);
                    return;
                }

                var outcome = await RunAsync(children => Change(instance, graph, bookmarks, cause, actor, children) with { Reason = reason, Alterations = alterations ?? [] }, cancellationToken);
                await CommitAsync(outcome, new Commit { Bursts = [], ConsumedWork = claim?.Item.Id, Claim = claim }, cancellationToken);
                return;
            }
            catch (ConcurrencyException) when (attempt < _options.Retries)
            {
                // Somebody else was faster: again from fresh state.
            }
        }
    }

    private async ValueTask<(WorkflowInstance Instance, WorkflowGraph Graph, IReadOnlyList<Bookmark> Bookmarks)> LoadAsync(string instanceId, CancellationToken cancellationToken)
    {
        var instance = await _store.FindInstanceAsync(instanceId, cancellationToken) ?? throw new WorkflowNotFoundException("instance", instanceId);
        var graph = await _definitions.GetVersionAsync(instance.DefinitionVersionId, cancellationToken);
        return (instance, graph, await _store.ListBookmarksAsync(instanceId, cancellationToken));
    }

    private BurstRequest NewInstance(WorkflowGraph graph, string instanceId, StartRequest request, Children children) => new()
    {
        Graph = graph,
        InstanceId = instanceId,
        Now = Now,
        Cause = BurstCause.Start,
        Actor = request.Actor,
        Services = _options.Services,
        Input = request.Input is null ? new ObjectValue() : Copies.Of(Value.From(request.Input)).AsObject(),
        CorrelationId = request.CorrelationId,
        Name = request.Name,
        TriggerActivityId = request.TriggerActivityId,
        Stimulus = request.TriggerInput,
        ParentInstanceId = request.ParentInstanceId,
        ParentBookmarkId = request.ParentBookmarkId,
        TokenFlow = _options.TokenFlowcharts,
        Children = children,
        Limits = Limits,
    };

    private BurstRequest Change(WorkflowInstance instance, WorkflowGraph graph, IReadOnlyList<Bookmark> bookmarks, BurstCause cause, string? actor, Children children) => new()
    {
        Graph = graph,
        InstanceId = instance.Id,
        Now = Now,
        Cause = cause,
        Instance = instance,
        Bookmarks = bookmarks,
        Actor = actor,
        Services = _options.Services,
        TokenFlow = _options.TokenFlowcharts,
        Children = children,
        Limits = Limits,
    };

    private BurstLimits Limits => new() { ContinueAfter = _options.ContinueAfter, Activities = _options.MaxActivities };

    /// <summary>Runs a burst; when it asks for a definition that is not loaded, loads it and runs it again from the beginning.</summary>
    private async ValueTask<BurstOutcome> RunAsync(Func<Children, BurstRequest> request, CancellationToken cancellationToken)
    {
        var children = new Children();
        while (true)
        {
            try
            {
                return EngineTelemetry.Run(request(children));
            }
            catch (ChildNeededException needed)
            {
                var stored = await _store.FindDefinitionAsync(needed.DefinitionId, published: true, cancellationToken);
                children.Add(needed.DefinitionId, stored is null ? null : await _definitions.GetAsync(stored, cancellationToken));
            }
        }
    }

    private async ValueTask CommitAsync(BurstOutcome outcome, Commit commit, CancellationToken cancellationToken)
    {
        commit = commit with { Bursts = outcome.Children.Count == 0 ? [outcome.Result] : [outcome.Result, .. outcome.Children] };
        foreach (var burst in commit.Bursts)
        {
            if (burst.Instance.State.Length > _options.MaxStateLength)
                throw new StateTooLargeException(burst.Instance.Name ?? burst.Instance.DefinitionId, burst.Instance.State.Length, _options.MaxStateLength);
        }

        using (EngineTelemetry.StartCommit(outcome))
            await _store.CommitAsync(commit, cancellationToken);
        EngineTelemetry.Committed();
        if (_options.LineWritten is { } written)
        {
            foreach (var line in outcome.Lines)
                written(line);
        }

        await CallKeptAsync(commit, cancellationToken);
        _options.Committed?.Invoke(commit);
    }

    private async ValueTask<bool> MayStartAsync(WorkflowDefinition definition, string? correlationId, CancellationToken cancellationToken)
    {
        var strategy = definition.ActivationStrategy ?? "";
        if (strategy.Contains("CorrelatedSingleton", StringComparison.Ordinal))
            return await _store.CountRunningAsync(definition.DefinitionId, correlationId, cancellationToken) == 0;
        if (strategy.Contains("Singleton", StringComparison.Ordinal))
            return await _store.CountRunningAsync(definition.DefinitionId, null, cancellationToken) == 0;
        if (strategy.Contains("Correlation", StringComparison.Ordinal) && correlationId is not null)
            return await _store.CountRunningAsync(null, correlationId, cancellationToken) == 0;
        return true;
    }

    /// <summary>Commands to one instance take turns here, which saves bursts that would lose; the store decides in the end.</summary>
    /// <remarks>Not under a claim: the store may hold the instance for it, and who waits here for whom the store makes wait stands for ever.</remarks>
    private async ValueTask<Turn> EnterAsync(string instanceId, WorkClaim? claim, CancellationToken cancellationToken)
    {
        if (claim is not null)
            return default;

        var gate = _instanceGates[(uint)string.GetHashCode(instanceId, StringComparison.Ordinal) % _instanceGates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    private readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
